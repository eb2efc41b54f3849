"""kill -9 in the middle of an upgrade: the tables are as before or as after, never in between; once more succeeds."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from benchmarks.production.postgres import programs, running
from tests.architecture.tree import ROOT
from tests.support.trials import times
from tests.web.at_once.test_lost_updates import environment, python
from tests.web.kills.conftest import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PREPARE = """
import django; django.setup()
print("ready", flush=True)
from django.core.management import call_command
call_command("prepare")
"""
SCHEMA = "select type, name, tbl_name, sql from sqlite_master where name not like 'sqlite_%' order by 1, 2"


def begun(data: Path, url: str | None = None) -> subprocess.Popen[str]:
    """Start an upgrade; returns when it is about to begin."""
    process = subprocess.Popen(
        [sys.executable, "-c", PREPARE], env=environment(data, url) | RECORDS, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed(data: Path, seconds: float, url: str | None = None) -> bool:
    """Kill an upgrade so many seconds after it has begun; tells whether it was still at work."""
    process = begun(data, url)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -9


def schema(data: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(data / "ewm.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return database.execute(SCHEMA).fetchall()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[str, ...]], float]:
    """The tables after an upgrade that nobody disturbs, and the seconds that it takes."""
    data = tmp_path_factory.mktemp("upgrade") / "var"
    process = begun(data)
    start = time.monotonic()
    _, complaint = process.communicate()
    assert process.returncode == 0, complaint
    return schema(data), time.monotonic() - start


@pytest.mark.parametrize("kills", times(3))
def test_a_killed_upgrade_is_all_or_nothing(
    kills: int, whole: tuple[list[tuple[str, ...]], float], tmp_path: Path, tell: Callable[..., None]
) -> None:
    complete, seconds = whole
    dice, at_work = random.Random(kills), 0  # noqa: S311
    data = tmp_path / "var"
    for number in range(kills):
        hit = killed(data, dice.uniform(0.05, 0.9) * seconds)
        at_work += hit
        seconds *= 1 if hit else 0.7  # the machine has become faster since the time was taken
        found = schema(data) if (data / "ewm.sqlite3").exists() else []
        assert found in ([], complete)
        if found:
            data = tmp_path / f"var-{number}"  # that kill came too late: the next one needs an upgrade to kill
    python(environment(data, None) | RECORDS, "-m", "django", "prepare")
    assert schema(data) == complete
    tell(kills=kills, in_the_middle=at_work, half=0)
    assert at_work * 2 >= kills, "most kills came too late: the trial shows nothing"


@pytest.mark.skipif(not programs(), reason="PostgreSQL is not installed")
@pytest.mark.parametrize("kills", times(0))
def test_a_killed_upgrade_is_all_or_nothing_on_postgresql(kills: int, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    dice = random.Random(kills)  # noqa: S311
    with running() as cluster:
        for _ in range(kills):
            assert killed(tmp_path / "var", dice.uniform(0.2, 1.0), cluster.url())
            with cluster.connect() as database:
                database.execute("select pg_advisory_lock(%s)", [0x45574D])  # its backend has noticed and given up
                tables = database.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
            assert tables == (0,)


def test_two_that_start_together_upgrade_once(tmp_path: Path) -> None:
    both = [begun(tmp_path / "var") for _ in range(2)]
    ends = [(process.communicate(), process.returncode) for process in both]
    assert [code for _, code in ends] == [0, 0], ends
    with closing(sqlite3.connect(tmp_path / "var" / "ewm.sqlite3")) as database:
        applied = database.execute("select app, name, count(*) from django_migrations group by 1, 2").fetchall()
    assert {times_ for _, _, times_ in applied} == {1}
    said = python(environment(tmp_path / "var", None) | RECORDS, "-m", "django", "prepare")
    assert json.loads(said) == {"migrations": []}
