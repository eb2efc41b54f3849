"""While a worker applies an import on SQLite, others write: they wait for the transaction, never in vain."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from ewm.config import DATABASE_NAME
from tests.web.background.desk import python

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

WAITS = 20
"""Seconds that a writer of the site waits for the lock (``ewm.web.database``)."""


@pytest.mark.parametrize(("rows", "most"), [(300, 5), pytest.param(10_000, WAITS, marks=pytest.mark.soak)])
def test_nobody_waits_in_vain_while_an_import_is_applied(
    rows: int,
    most: float,
    data: Path,
    start: Callable[..., subprocess.Popen[bytes]],
    record_property: Callable[..., None],
) -> None:
    python(data, "-m", "tests.web.background.imports", "applying", "1", str(rows))
    worker = start()
    waits, before = [], 0
    with sqlite3.connect(data / DATABASE_NAME, timeout=WAITS, isolation_level=None) as database:
        while (state := _of(database, "SELECT status FROM django_tasks_database_dbtaskresult")) != "SUCCESSFUL":
            assert state in {"READY", "RUNNING"}
            assert worker.poll() is None
            begun = time.monotonic()
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
            waits.append(time.monotonic() - begun)
            before += state == "RUNNING" and _of(database, "SELECT state FROM imports_import") == "applying"
            time.sleep(0.01)
        assert _of(database, "SELECT count(*) FROM projects_project") == rows
    record_property("trial", f"{rows} records applied: others waited {max(waits):.1f} s at most")
    assert max(waits) < most
    assert before >= 3, "nobody could write while it was prepared"


def _of(database: sqlite3.Connection, query: str) -> object:
    return database.execute(query).fetchone()[0]
