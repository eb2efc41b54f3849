"""Readings that somebody waits for: one whose process was killed is handed on, one that is only slow is left alone."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

from tests.web.background.desk import python, wait_for
from tests.web.background.test_killed_imports import ask, is_done, readers

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Start = Callable[..., subprocess.Popen[bytes]]

ROWS = 2_000
HAND_ON = """
import django; django.setup()
import json
from ewm.capture.imports.lost import hand_on_all
print(json.dumps(hand_on_all()))
"""
STATES = "SELECT state FROM imports_import"
TASKS = "SELECT status FROM django_tasks_database_dbtaskresult"


def in_the_middle(data: Path, start: Start) -> subprocess.Popen[bytes]:
    """Start a process that reads a list while somebody waits; returns it once it is at it."""
    process = start(sys.executable, "-m", "tests.web.background.imports", "at-once", "1", str(ROWS))
    wait_for(lambda: readers(data))
    process.send_signal(signal.SIGSTOP)
    assert ask(data, STATES) == ["reading"]
    return process


def assert_read(data: Path) -> None:
    """Check that the list is read as a whole, and nothing else lies beside it."""
    assert ask(data, "SELECT state || message FROM imports_import") == ["mapping"]
    [home] = (data / "imports").iterdir()
    assert sorted(each.name for each in home.iterdir()) == ["file.csv", "rows"]
    assert len((home / "rows").read_bytes().splitlines()) == ROWS + 3  # head, header, number of cells


def test_a_killed_reading_is_done_by_the_worker(data: Path, start: Start) -> None:
    process = in_the_middle(data, start)
    process.kill()
    process.wait()
    wait_for(lambda: not readers(data))
    assert (ask(data, STATES), ask(data, TASKS)) == (["reading"], [])
    start()
    wait_for(lambda: ask(data, TASKS) and is_done(data))
    assert_read(data)


def test_a_slow_reading_goes_on_undisturbed(data: Path, start: Start) -> None:
    process = in_the_middle(data, start)
    assert json.loads(python(data, "-c", HAND_ON)) == []
    assert (ask(data, STATES), ask(data, TASKS)) == (["reading"], [])
    process.send_signal(signal.SIGCONT)
    wait_for(lambda: process.poll() is not None)
    assert process.returncode == 0
    assert_read(data)
