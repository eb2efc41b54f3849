"""Workers killed in the middle of imports: nothing half is seen, the next worker begins anew, nothing is twice."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from ewm.config import DATABASE_NAME
from tests.support.trials import times
from tests.web.background.desk import living, python, wait_for
from tests.web.background.imports import PARTNERS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path


def ask(data: Path, query: str) -> list[Any]:
    """Ask the database as anybody else would."""
    with sqlite3.connect(f"file:{data / DATABASE_NAME}?mode=ro", uri=True, timeout=20) as database:
        return [row[0] for row in database.execute(query).fetchall()]


def state(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(python(data, "-m", "tests.web.background.imports", "state"))
    return found


def killed(data: Path, start: Callable[..., subprocess.Popen[bytes]], seconds: float) -> bool:
    """Start a worker, kill it so many seconds after it has begun with a new task; returns whether that was cut off.

    So no task is cut off a third time, after which it would not be tried again.
    """
    begun = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    query = (
        "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING' "  # noqa: S608
        f"AND started_at > '{begun}' AND json_array_length(worker_ids) = 1"
    )
    worker = start()
    wait_for(lambda: ask(data, query) == [1])
    time.sleep(seconds)
    worker.kill()
    worker.wait()
    wait_for(lambda: not readers(data))
    return bool(ask(data, query) == [1])


def is_done(data: Path) -> bool:
    return set(ask(data, "SELECT status FROM django_tasks_database_dbtaskresult")) == {"SUCCESSFUL"}


def readers(data: Path) -> list[int]:
    """Numbers of the processes that read a file of this data folder."""
    return living(data, b"ewm.capture.imports.reading.child", str(data / "imports").encode())


@pytest.mark.parametrize("kills", times(2, soak=20))
def test_a_killed_reading_leaves_nothing_half(
    kills: int,
    data: Path,
    start: Callable[..., subprocess.Popen[bytes]],
    record_property: Callable[[str, object], None],
) -> None:
    rows, chance = 20_000, random.Random(11)  # noqa: S311
    number = 2 * kills + 1  # a fast machine may do one between two kills
    python(data, "-m", "tests.web.background.imports", "reading", str(number), str(rows))
    middle = 0
    for _ in range(kills):
        middle += killed(data, start, chance.uniform(0, 0.6))
        states = ask(data, "SELECT state FROM imports_import ORDER BY id")
        assert set(states) <= {"reading", "mapping"}
        for at, stands in enumerate(states, 1):
            kept = data / "imports" / str(at) / "rows"
            assert kept.exists() or stands == "reading"
            if kept.exists():
                assert len(kept.read_bytes().splitlines()) == rows + 3  # head, header, number of cells
    start()
    wait_for(partial(is_done, data))
    found = state(data)
    assert [each["state"] for each in found["imports"]] == ["mapping"] * number
    assert [each["read"] for each in found["imports"]] == [rows + 1] * number
    assert [each["files"] for each in found["imports"]] == [["file.csv", "rows"]] * number
    record_property("trial", f"imports being read: kills {kills}, in the middle {middle}, half visible 0, read twice 0")
    assert middle * 2 >= kills


@pytest.mark.parametrize("kills", times(2, soak=20))
def test_a_killed_applying_writes_all_or_nothing_and_never_twice(
    kills: int,
    data: Path,
    start: Callable[..., subprocess.Popen[bytes]],
    record_property: Callable[[str, object], None],
) -> None:
    rows, chance = 100, random.Random(12)  # noqa: S311
    number = 2 * kills + 1
    python(data, "-m", "tests.web.background.imports", "applying", str(number), str(rows))
    middle = 0
    for _ in range(kills):
        middle += killed(data, start, chance.uniform(0, 0.8))
        states = ask(data, "SELECT state FROM imports_import ORDER BY id")
        applied = states.count("applied")
        assert set(states) <= {"applying", "applied"}, ask(data, "SELECT message FROM imports_import")
        assert ask(data, "SELECT count(*) FROM projects_project") == [rows * applied]
        assert ask(data, "SELECT count(*) FROM projects_historicalproject") == [rows * applied]
        assert ask(data, "SELECT count(*) FROM actors_actor") == [PARTNERS * applied]
        assert ask(data, "PRAGMA foreign_key_check") == []
    start()
    wait_for(partial(is_done, data))
    found = state(data)
    expected = {"Project": rows * number, "ProjectParticipation": rows * number, "Actor": PARTNERS * number}
    assert found["rows"] == found["created"] == expected
    assert found["titles"] == rows * number
    for each in found["imports"]:
        assert (each["state"], each["written"], each["results"]) == ("applied", rows + PARTNERS, rows), each["message"]
    assert ask(data, "PRAGMA integrity_check") == ["ok"]
    record_property("trial", f"imports being applied: kills {kills}, in the middle {middle}, half 0, applied twice 0")
    assert middle * 2 >= kills
