"""A data folder with the reference records and a snapshot, made once per run; nobody writes to it."""

from __future__ import annotations

import fcntl
import shutil
from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from tests.web.backup.desk import done, ewm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "backup"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            records = str(load_config().programme / "reference" / "records")
            for words in (("programme", "load"), ("records", "load", records)):
                ran = ewm(home / "var", *words)
                assert ran.returncode == 0, ran.stderr
            done(home / "var", "snapshot", "create", "--cut-off", "2020-12-31")
            done(home / "var", "backup")
            (home / "done").touch()
    return home / "var"


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, in which a test may write."""
    folder = tmp_path / "var"
    shutil.copytree(filled, folder)
    return folder


@pytest.fixture
def backup(filled: Path) -> Path:
    """A backup of it."""
    (found,) = (filled / "backups").glob("*.zip")
    return found
