"""Shared set-up: no test touches the data folder or the database of a developer."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Before Django reads its settings: the suite's own, empty data folder.
os.environ["EWM_DATA"] = tempfile.mkdtemp(prefix="ewm-test-")


def pytest_unconfigure() -> None:
    """Remove the suite's data folder."""
    shutil.rmtree(os.environ["EWM_DATA"])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that take long begin first, so that no worker is left alone with one at the end.

    With ``--dist worksteal`` each worker gets one stretch of the tests: its share of the long ones stands in front.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        start, end = (len(others) * at // workers for at in (worker, worker + 1))
        ordered += [*long[worker::workers], *others[start:end]]
    items[:] = ordered


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,  # noqa: ARG001
) -> Iterator[None]:
    """Begin with the tables as they were made once; PostgreSQL runs every migration."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    from tests.support.empty_database import filling  # noqa: PLC0415

    if connection.vendor != "sqlite":
        yield
        return
    with filling(connection.creation):
        yield


@pytest.fixture(scope="session")
def loaded_programme(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the delivered programme, to be copied."""
    from tests.support.once import load_programme, once  # noqa: PLC0415 (reads the configuration)

    return once(tmp_path_factory, worker_id, "programme", load_programme)


@pytest.fixture(scope="session")
def loaded_records(loaded_programme: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the delivered programme and the reference records, to be copied."""
    from tests.support.once import load_records, once  # noqa: PLC0415

    def make(folder: Path) -> None:
        shutil.copytree(loaded_programme, folder)
        load_records(folder)

    return once(tmp_path_factory, worker_id, "records", make)
