"""Commands about records: what is loaded, what is refused and how that is said."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture.tree import ROOT
from tests.support.empty_database import seed

if TYPE_CHECKING:
    from collections.abc import Callable

EWM = Path(sys.executable).parent / "ewm"
RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"

Row = dict[str, str]


def ewm(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EWM_DATA": str(data)}
    return subprocess.run([EWM, *arguments], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def with_programme(loaded_programme: Path, tmp_path: Path) -> Path:
    """A data folder that has the programme and no records."""
    return Path(shutil.copytree(loaded_programme, tmp_path / "var"))


def changed(folder: Path, table: str, change: Callable[[Row], None]) -> Path:
    """Copy the reference records and change the first row of a table."""
    shutil.copytree(RECORDS, folder)
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    change(rows[0])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def before_its_beginning(row: Row) -> None:
    row["support_end"] = "2000-01-01"


def unknown_term(row: Row) -> None:
    row["term"] = "gibt-es-nicht"


@pytest.mark.parametrize(
    ("table", "change", "field"),
    [("projects", before_its_beginning, "support_end"), ("project_assignments", unknown_term, "gibt-es-nicht")],
)
def test_a_refusal_names_record_field_and_rule_and_writes_nothing(
    with_programme: Path, tmp_path: Path, table: str, change: Callable[[Row], None], field: str
) -> None:
    run = ewm(with_programme, "records", "load", str(changed(tmp_path / "records", table, change)))
    assert (run.returncode, run.stdout) == (4, "")
    assert run.stderr.startswith("Fehler: ")
    assert field in run.stderr
    assert "(Regel: " in run.stderr
    assert "Traceback" not in run.stderr
    after = json.loads(ewm(with_programme, "records", "load", str(RECORDS), "--json").stdout)
    assert all(kind["unchanged"] == 0 for kind in after["kinds"])


def test_a_second_load_changes_nothing(with_programme: Path) -> None:
    again = json.loads(ewm(with_programme, "programme", "load", "--json").stdout)
    assert (again["added"], again["changed"], again["ended"]) == ([], [], [])
    assert again["unchanged"] > 300


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["snapshot", "create", "--cut-off", "2020-12-31"], 6, "ewm programme load"),
        (["records", "load", "gibt-es-nicht"], 6, "gibt-es-nicht"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_makes_it(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    run = ewm(seed(tmp_path / "var"), *arguments)
    assert (run.returncode, run.stdout) == (code, ""), run.stderr
    assert said in run.stderr


def test_an_earlier_state_of_knowledge_is_another_snapshot(loaded_records: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(loaded_records, tmp_path / "var"))
    freeze = ("snapshot", "create", "--cut-off", "2020-12-31", "--json")
    now, again = (json.loads(ewm(data, *freeze).stdout) for _ in range(2))
    then: dict[str, Any] = json.loads(ewm(data, *freeze, "--as-of", "2019-12-31T12:00").stdout)
    assert (now["already_there"], again["already_there"]) == (False, True)
    assert now["name"] == again["name"] != then["name"]
    assert 0 < then["rows"]["projects"] < now["rows"]["projects"]
