"""The delivered report, built once per run the way a user builds it: records, snapshot, indicators, report."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.report.whole.desk import COMMANDS, REPORT, Desk, ewm
from tests.support.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.report.document import Document


@pytest.fixture(scope="session")
def data(loaded_records: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the reference records, their snapshot, its results and the report in all formats.

    Every worker of a run reads the same one: the first builds it, the others wait. Nobody writes to it.
    """

    def make(folder: Path) -> None:
        shutil.copytree(loaded_records, folder)
        for words in COMMANDS:
            done = ewm(folder, *words)
            assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, worker_id, "whole", make)


@pytest.fixture(scope="session")
def report(data: Path) -> Path:
    """The folder of the German report."""
    return data / "reports" / REPORT


@pytest.fixture
def own_data(data: Path, tmp_path: Path) -> Path:
    """A data folder with the same snapshot and results, whose reports a test may write."""
    folder = tmp_path / "var"
    folder.mkdir()
    for name in ("snapshots", "results"):
        (folder / name).symlink_to(data / name)
    return folder


@pytest.fixture(scope="session")
def open_desk(data: Path) -> Desk:
    """The place where reports are put together, opened once per worker."""
    return Desk.open(data)


@pytest.fixture(scope="session")
def document(open_desk: Desk) -> Document:
    """The German report before it is written."""
    return open_desk.build()


@pytest.fixture
def desk(open_desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The same, with chapters, captions and edition texts of its own that a test may spoil."""
    with open_desk.own(tmp_path / "programme") as own:
        yield own
