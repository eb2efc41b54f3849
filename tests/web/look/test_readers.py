"""The page reads days and amounts exactly as the server does: both get the same texts."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewm.capture.forms.reading import (
    AmbiguousError,
    UnreadableError,
    read_cents,
    read_day,
    written_cents,
    written_day,
)

HERE = Path(__file__).parent
SCRIPTS = Path(__file__).resolve().parents[3] / "src" / "ewm" / "web" / "static" / "ewm"
TODAY = date(2020, 11, 24)
DAYS = (
    "20.4.2020", "20.04.20", "200420", "20042020", "2020-04-20", "20.4.", "20. 4. 2020", "h", "Heute", " today ",
    "31.2.2020", "29.02.2020", "29.02.2021", "13.13.2020", "4/20/2020", "20.4", "", "morgen", "1.1.1899", "1.1.2200",
    "00.01.2020", "32.01.2020", "2020-13-01", "310620",
    "1.1.50", "1.1.51", "1.1.99", "010199", "31.12.50", "32.1.99",
)  # fmt: skip
AMOUNTS = (
    "4300000", "4.300.000", "4 300 000,50", "4,3 Mio", "4,35 Mio.", "85 Tsd", "1,2 mrd", "4.300", "1.234", "4.30",
    "4.3 Mio", "12.345,67 Euro", "12,345", "1,2,3", "-5000", "\N{MINUS SIGN}5.000,00", "€ 5", "5 €", "abc", "",
    "1.23.456", "1.2345", "0", "0,05", "0,055", "10000000000000", "10000000000001", "4'300", "1.234.567,8", "7 Zoll",
    "1234.567", "4.300 Mio", ".5", "5.", "100.5",
    "€ 500", "EUR 500", "500 EUR.", "500,-", "500,-- €", "1.500,– Euro", "500,", "€ € 5", "5 € €", "1,234",
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Any:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    given = json.dumps({"days": DAYS, "amounts": AMOUNTS, "today": TODAY.isoformat()})
    done = subprocess.run(
        [node, "--no-warnings", str(HERE / "readers.mjs"), str(SCRIPTS)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def server_day(text: str) -> str | None:
    try:
        return written_day(read_day(text, TODAY))
    except UnreadableError:
        return None


def server_amount(text: str) -> str | list[str] | None:
    try:
        return written_cents(read_cents(text))
    except AmbiguousError as two:
        return [written_cents(two.thousands), written_cents(two.decimals)]
    except UnreadableError:
        return None


def test_days(page: Any) -> None:
    assert dict(zip(DAYS, page["days"], strict=True)) == {text: server_day(text) for text in DAYS}


def test_amounts(page: Any) -> None:
    assert dict(zip(AMOUNTS, page["amounts"], strict=True)) == {text: server_amount(text) for text in AMOUNTS}


def test_a_month_begins_on_its_weekday_and_steps_stay_in_the_month(page: Any) -> None:
    assert page["february"] == [list(range(1 + week * 7, 8 + week * 7)) for week in range(4)]
    assert page["leap"] == ["29.02.2020", "29.02.2020"]
