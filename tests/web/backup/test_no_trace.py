"""After an erasure a whole installation knows nothing of somebody: dump, files, logs; a restored backup neither."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.web.backup.desk import done, environment, ewm

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME, EMAIL = "Zoe Merkmal-Wiegand", "zoe.merkmal@beispiel.invalid"
WORDS = ("Merkmal-Wiegand", "zoe.merkmal")
ADDRESS = os.environ.get("EWM_TEST_POSTGRES_URL")
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not ADDRESS, reason="no PostgreSQL server")))


def named(text: str) -> list[str]:
    return [word for word in WORDS if word.lower() in text.lower()]


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[list[dict[str, str]]]:
    """Two empty databases of a kind, each as what the environment says of it."""
    if request.param == "sqlite":
        yield [{}, {}]
        return
    import psycopg  # noqa: PLC0415  (present where a server is)

    parts = urlsplit(str(ADDRESS))
    names = [f"trace_{os.getpid()}_{place}" for place in range(2)]
    with psycopg.connect(str(ADDRESS), autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield [{"EWM_DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))} for name in names]
        finally:
            for name in names:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def dump(data: Path, own: dict[str, str]) -> str:
    """The whole database as text."""
    if url := own.get("EWM_DATABASE_URL"):
        program = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))), Path("pg_dump"))
        ended = subprocess.run([program, "--inserts", url], capture_output=True, text=True, check=True)
        return ended.stdout
    with closing(sqlite3.connect(data / "ewm.sqlite3")) as database:
        return "\n".join(database.iterdump())


def files(data: Path) -> str:
    """Every file of the data folder, save for backups, which keep what they had."""
    found = [path for path in data.rglob("*") if path.is_file() and "backups" not in path.parts]
    return "\n".join(f"{path}: {path.read_bytes().decode('utf-8', 'replace')}" for path in found)


@pytest.mark.parametrize("databases", KINDS, indirect=True)
def test_nothing_is_left_of_somebody(filled: Path, tmp_path: Path, databases: list[dict[str, str]]) -> None:
    data, restored = tmp_path / "var", tmp_path / "restored"
    own, other = databases
    if own:
        (backup,) = (filled / "backups").glob("*.zip")
        done(data, "restore", str(backup), **own)
    else:
        shutil.copytree(filled, data)
        shutil.rmtree(data / "backups")
    command = [sys.executable, str(Path(__file__).with_name("life.py")), EMAIL, NAME]
    lived = subprocess.run(command, env=environment(data, **own), capture_output=True, text=True, check=False)
    assert lived.returncode == 0, lived.stderr
    assert '"fault"' in lived.stderr
    assert named(lived.stderr) == [], "the log never names anybody"
    assert named(dump(data, own)) == list(WORDS)
    assert named(files(data)) != []
    made = done(data, "backup", **own)
    frozen = done(data, "snapshot", "create", "--cut-off", "2021-12-31", **own)
    assert named(files(data / "snapshots" / frozen["name"])) == [], "a snapshot holds nobody"

    told = done(data, "accounts", "erase", "--email", EMAIL, **own)
    assert told["deleted"]["imports/"] == 2
    assert named(dump(data, own)) == []
    assert named(files(data)) == []
    assert not list((data / "imports").glob("*/file.*"))
    done(data, "backup", **own)

    again: dict[str, Any] = done(restored, "restore", made["path"], **other)
    assert again["erased"] == [told["account"]], "the journal beside the backups names the number"
    assert named(dump(restored, other)) == []
    assert named(files(restored)) == []
    assert "gibt es nicht" in ewm(restored, "accounts", "erase", "--email", EMAIL, **other).stderr
