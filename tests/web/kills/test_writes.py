"""kill -9 while four processes write: nothing acknowledged is lost, nothing is half there, on SQLite and PostgreSQL."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.production.postgres import programs, running
from tests.support.trials import times
from tests.web.at_once.test_lost_updates import environment, python
from tests.web.kills.conftest import RECORDS
from tests.web.kills.judging import Crew, Found, kill, partial
from tests.web.kills.writers import BROKEN, WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESTART = 5.0
"""Seconds within which a killed PostgreSQL answers again, in the median of many."""
MANY = 20


def rows(database: sqlite3.Connection) -> Callable[[str], list[tuple[Any, ...]]]:
    return lambda statement: database.execute(statement).fetchall()


@pytest.mark.parametrize("kills", times(2))
def test_killed_writers_lose_nothing_on_sqlite(
    kills: int, data: Path, tmp_path: Path, tell: Callable[..., None]
) -> None:
    dice, found = random.Random(kills), Found()  # noqa: S311
    with Crew(tmp_path / "acknowledged", data) as crew:
        for number in range(kills):
            kill(crew.begin(number, dice))
            assert crew.ended() == [-9] * WRITERS, "a writer gave up before it was killed"
            with closing(sqlite3.connect(data / "ewm.sqlite3")) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert database.execute("PRAGMA foreign_key_check").fetchall() == []
                assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
                found.look(rows(database), crew.acknowledged())
    tell(kills=kills, writers=WRITERS, acknowledged=len(found.acknowledged), lost=len(found.lost),
         half=len(found.partial), committed_but_not_acknowledged=sum(found.unacknowledged))  # fmt: skip
    found.assert_nothing_is_lost(kills)


@pytest.mark.skipif(not programs(), reason="PostgreSQL is not installed")
@pytest.mark.parametrize("kills", times(2))
def test_a_killed_postgresql_loses_nothing(kills: int, tmp_path: Path, tell: Callable[..., None]) -> None:
    psycopg = pytest.importorskip("psycopg")
    dice, found = random.Random(kills), Found()  # noqa: S311
    with running() as cluster:
        data, url = tmp_path / "var", cluster.url()
        python(environment(data, url) | RECORDS, "-m", "tests.web.kills.prepare")
        with Crew(tmp_path / "acknowledged", data, url) as crew:
            for number in range(kills):
                crew.begin(number, dice)
                assert cluster.kill() > WRITERS, "the backends of the writers were not killed"
                assert crew.ended() == [BROKEN] * WRITERS, (tmp_path / "writers.log").read_text()
                found.seconds.append(cluster.begin())
                with psycopg.connect(url) as database:
                    found.look(rows(database), crew.acknowledged())
    tell(kills=kills, writers=WRITERS, acknowledged=len(found.acknowledged), lost=len(found.lost),
         half=len(found.partial), committed_but_not_acknowledged=sum(found.unacknowledged),
         restart_median_s=round(median(found.seconds), 2), longest_s=round(max(found.seconds), 2))  # fmt: skip
    found.assert_nothing_is_lost(kills)
    if kills >= MANY:  # two say more about the machine's other work than about PostgreSQL
        assert median(found.seconds) < RESTART


HALF = (
    "delete from projects_projectfunding where id = (select max(id) from projects_projectfunding)",
    "delete from projects_historicalproject where id = (select max(id) from projects_project)",
    "update actors_actor set code = 'X' where code = 'W-0-0-1'",
)


def test_what_is_lost_or_half_there_would_be_seen(data: Path, tmp_path: Path) -> None:
    with Crew(tmp_path / "acknowledged", data) as crew:
        kill(crew.begin(0, random.Random(1), 0, 0.1))  # noqa: S311
        crew.ended()
        with closing(sqlite3.connect(data / "ewm.sqlite3")) as database:
            assert partial(rows(database)) == set()
            for statement in HALF:
                database.execute(statement)
                assert len(partial(rows(database))) == 1, statement
                database.rollback()
            database.execute("update projects_project set code = 'Y' where code = 'W-0-0-1'")
            found = Found()
            found.look(rows(database), crew.acknowledged())
            assert found.lost == {"W-0-0-1"}
