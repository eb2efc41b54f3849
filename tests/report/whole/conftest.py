"""The delivered report, built once the way a user builds it: records, snapshot, indicators, report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def ewm(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a data folder of its own."""
    environment = {**os.environ, "EWM_DATA": str(data)}
    command = Path(sys.executable).with_name("ewm")
    return subprocess.run([command, *words], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the reference records, their snapshot, its results and the report in all formats."""
    from ewm.config import load_config  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("whole") / "var"
    records = str(load_config().programme / "reference" / "records")
    commands = (
        ("programme", "load"),
        ("records", "load", records),
        ("snapshot", "create", "--cut-off", "2020-12-31"),
        ("indicators", "run"),
        ("report", "build", "--cluster", "metall", "--year", "2020"),
    )
    for words in commands:
        done = ewm(folder, *words)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def report(data: Path) -> Path:
    """The folder of the German report."""
    return data / "reports" / "annual-2020-metall-2020-de"
