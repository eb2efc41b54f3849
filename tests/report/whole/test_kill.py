"""Killed at any moment, a build leaves no half file: the former report or the new one stands, the next run succeeds."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.snapshot.home import PARTIAL
from tests.report.whole.desk import BUILD, REPORT, ewm

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = 20
FORMER = "Die frühere Ausgabe."
Content = dict[str, str]


def content(folder: Path) -> Content:
    """Every file of a report with the hash of its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def put_former(home: Path) -> Content:
    """Let another edition stand where the report will be written."""
    target = home / REPORT
    (target / "html").mkdir(parents=True, exist_ok=True)
    for name in ("html/index.html", f"{REPORT}.pdf"):
        (target / name).write_text(FORMER, encoding="utf-8")
    return content(target)


def killed(data: Path, now: Callable[[], bool]) -> None:
    """Start a build and kill it as soon as ``now`` says so."""
    command = [str(Path(sys.executable).with_name("ewm")), *BUILD]
    with subprocess.Popen(
        command, env={**os.environ, "EWM_DATA": str(data)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        while run.poll() is None and not now():
            time.sleep(0.005)
        run.kill()


def after(seconds: float) -> Callable[[], bool]:
    """Say when this time has passed."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def when(home: Path, pattern: str) -> Callable[[], bool]:
    """Say when a file of this kind stands in a half-written report."""
    return lambda: written(home, pattern)


def visible(home: Path) -> list[str]:
    """What a reader finds; half-written folders have a name that nobody looks for."""
    return [path.name for path in home.iterdir() if not path.name.startswith(".")]


def halves(home: Path) -> list[Path]:
    return list(home.glob(f"{PARTIAL}*"))


def written(home: Path, pattern: str) -> bool:
    """Whether a file of this kind stands in a half-written report."""
    return any(home.glob(f"{PARTIAL}*/{pattern}"))


def build(data: Path) -> None:
    done = ewm(data, *BUILD)
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_killed_while_it_writes_the_former_report_stays_and_the_next_run_succeeds(own_data: Path, report: Path) -> None:
    home = own_data / "reports"
    former = put_former(home)
    for pattern in ("*.docx", "*.odt", "html/index.html"):
        killed(own_data, when(home, pattern))
        assert written(home, pattern), "killed too late"
        assert visible(home) == [REPORT]
        assert content(home / REPORT) == former
    build(own_data)
    assert content(home / REPORT) == content(report)
    assert (visible(home), halves(home)) == ([REPORT], [])


def test_killed_before_there_was_a_report_nothing_is_visible(own_data: Path) -> None:
    home = own_data / "reports"
    killed(own_data, when(home, "*.pdf"))
    assert written(home, "*.pdf"), "killed too late"
    assert visible(home) == []


@pytest.mark.soak
def test_twenty_kills_at_random_moments(own_data: Path, report: Path) -> None:
    home, new = own_data / "reports", content(report)
    begun = time.monotonic()
    build(own_data)
    duration = time.monotonic() - begun
    dice = random.Random(20)  # noqa: S311
    left = 0
    for _ in range(KILLS):
        former = put_former(home)
        killed(own_data, after(dice.uniform(0, duration)))
        left += len(halves(home))
        assert visible(home) == [REPORT]
        assert content(home / REPORT) in (former, new)
        build(own_data)
        assert content(home / REPORT) == new
        assert (visible(home), halves(home)) == ([REPORT], [])
    assert left >= KILLS / 4, "the trial has hit what it is about"
