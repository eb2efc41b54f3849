"""Killed at any moment, a command leaves nothing half-visible, and the next run succeeds."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewm.indicators.results import read_manifest
from ewm.snapshot.home import PARTIAL
from ewm.snapshot.verify import verify_chain
from tests.architecture.tree import ROOT

EWM = Path(sys.executable).parent / "ewm"
RECORDS = ROOT / "programmes" / "innobb" / "reference" / "records"
# Fractions of the time that a whole run takes.
FEW = (0.4, 0.7, 0.95)
MANY = tuple(number / 40 for number in range(1, 40))

LOAD = ("records", "load", str(RECORDS))
FREEZE = ("snapshot", "create", "--cut-off", date(2020, 12, 31).isoformat())
COMPUTE = ("indicators", "run")


def ewm(data: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "EWM_DATA": str(data)}
    return subprocess.Popen(
        [EWM, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(data: Path, *arguments: str) -> Any:
    run = ewm(data, *arguments, "--json")
    out, err = run.communicate()
    assert run.returncode == 0, err
    return json.loads(out)


def killed(data: Path, seconds: float, *arguments: str) -> None:
    run = ewm(data, *arguments)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.communicate()


def loaded(result: Any) -> dict[str, tuple[int, int]]:
    return {kind["kind"]: (len(kind["added"]), kind["unchanged"]) for kind in result["kinds"]}


def visible(home: Path) -> list[Path]:
    """What a reader of snapshots or results sees; half-written folders have a name that nobody looks for."""
    folders = [path for path in home.iterdir() if path.is_dir()] if home.is_dir() else []
    return [path for path in folders if not path.name.startswith(PARTIAL) and path.name != "corrections"]


def trial(data: Path, programme: Path, parts: tuple[float, ...]) -> None:
    """Kill every step at these parts of its duration; after each kill look at what is there, then do the step."""
    shutil.copytree(programme, data)
    for step in (LOAD, FREEZE, COMPUTE):
        duration = _duration(data, step)
        for part in parts:
            _undo(data, step)
            killed(data, part * duration, *step)
            _look(data)
        result = done(data, *step)
        if step == LOAD:
            assert all(added == 0 or unchanged == 0 for added, unchanged in loaded(result).values()), "half loaded"
        _look(data)


def _duration(data: Path, step: tuple[str, ...]) -> float:
    """How long a step takes, done on a copy of the data folder."""
    copy = data.with_name(f"{data.name}-timed")
    subprocess.run(["cp", "-r", data, copy], check=True)
    start = time.monotonic()
    done(copy, *step)
    duration = time.monotonic() - start
    subprocess.run(["rm", "-r", copy], check=True)
    return duration


def _undo(data: Path, step: tuple[str, ...]) -> None:
    """Take away what an earlier, finished run of a step wrote, so that the next one has work to do."""
    folder = {FREEZE: "snapshots", COMPUTE: "results"}.get(step)
    if folder:
        subprocess.run(["rm", "-rf", data / folder], check=True)


def _look(data: Path) -> None:
    assert verify_chain(data / "snapshots") == []
    for folder in visible(data / "results"):
        assert read_manifest(folder)


@pytest.mark.long
def test_killed_a_few_times(loaded_programme: Path, tmp_path: Path) -> None:
    trial(tmp_path / "var", loaded_programme, FEW)


@pytest.mark.soak
def test_killed_many_times(loaded_programme: Path, tmp_path: Path) -> None:
    trial(tmp_path / "var", loaded_programme, MANY)


def test_a_keyboard_interrupt_is_an_end_of_its_own(loaded_programme: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(loaded_programme, tmp_path / "var"))
    duration = _duration(data, LOAD)
    run = ewm(data, *LOAD)
    time.sleep(0.6 * duration)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate()
    assert (run.returncode, err.count("\n")) == (130, 1), err
    assert err.startswith("Abgebrochen.")
    assert all(unchanged == 0 for _, unchanged in loaded(done(data, *LOAD)).values())
