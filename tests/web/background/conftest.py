"""A data folder with the delivered programme, made once per run; and processes that end with their test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.empty_database import seed
from tests.web.background.desk import own, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder; nobody writes to it."""
    folder = seed(tmp_path_factory.mktemp("background") / "data")
    python(folder, "-m", "django", "load_programme")
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start processes (a worker, unless it is told otherwise) that end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*words: str, **more: str) -> subprocess.Popen[bytes]:
        command = words or (sys.executable, "-m", "ewm.web.worker")
        running.append(subprocess.Popen(command, env=own(data, **more), stderr=subprocess.DEVNULL))
        return running[-1]

    yield begin
    for each in running:
        each.kill()
        each.wait()
