"""A data folder with the reference records and a snapshot, made once per run; nobody writes to it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.once import once
from tests.web.backup.desk import done

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def filled(loaded_records: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder."""

    def make(folder: Path) -> None:
        shutil.copytree(loaded_records, folder)
        done(folder, "snapshot", "create", "--cut-off", "2020-12-31")
        done(folder, "backup")

    return once(tmp_path_factory, worker_id, "backup", make)


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
