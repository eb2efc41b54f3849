"""A backup holds every row and every snapshot, and comes back into either kind of database."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import uuid
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ewm.errors import TamperedError
from ewm.web.backup.package import MANIFEST, opened
from tests.support.empty_database import seed
from tests.support.trials import times
from tests.web.backup.desk import done, ewm, killed_after, writers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POSTGRES = os.environ.get("EWM_TEST_POSTGRES_URL")


def tables(path: Path) -> dict[str, Any]:
    """Return rows and hash of every table of a backup."""
    with zipfile.ZipFile(path) as package:
        found: dict[str, Any] = json.loads(package.read(MANIFEST))["tables"]
    return found


def again(data: Path, **more: str) -> dict[str, Any]:
    """Return rows and hash of every table, by making a backup of what is there."""
    return tables(Path(done(data, "backup", **more)["path"]))


@pytest.mark.long
def test_everything_comes_back(backup: Path, tmp_path: Path) -> None:
    restored = done(tmp_path / "new", "restore", str(backup))
    assert restored["rows"] == sum(each["rows"] for each in tables(backup).values())
    assert restored["rows"] > 6000
    assert again(tmp_path / "new") == tables(backup)
    history = {label for label in tables(backup) if ".historical" in label}
    assert len(history) >= 15
    assert sum(tables(backup)[label]["rows"] for label in history) > 3000
    assert ewm(tmp_path / "new", "snapshot", "verify").returncode == 0
    frozen = done(tmp_path / "new", "snapshot", "create", "--cut-off", "2020-12-31")
    assert frozen["already_there"]


def test_a_restored_database_goes_on_numbering(backup: Path, tmp_path: Path) -> None:
    done(seed(tmp_path / "new"), "restore", str(backup))
    with writers(tmp_path / "new", 1):
        pass
    with sqlite3.connect(tmp_path / "new" / "ewm.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM actors_actor WHERE code LIKE 'W-%'").fetchone()[0] >= 1


def test_a_database_with_records_is_not_overwritten(backup: Path, data: Path) -> None:
    before = again(data)
    refused = ewm(data, "restore", str(backup))
    assert refused.returncode == 1
    assert "ist nicht leer" in refused.stderr
    assert again(data) == before


def test_every_changed_byte_is_noticed(backup: Path, tmp_path: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(4)  # noqa: S311
    unseen = 0
    for number in range(60):
        spoiled = bytearray(whole)
        spoiled[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(spoiled)
        unseen += _reads_the_same(path, backup)
    assert unseen < 20


def _reads_the_same(path: Path, backup: Path) -> bool:
    """Tell whether a file is read as the backup that it was: a bit of the zip's own bookkeeping (a date) may change."""
    with suppress(TamperedError), opened(path) as (_, manifest), opened(backup) as (_, true):
        assert manifest == true
        return True
    return False


@pytest.mark.parametrize("keep", [0, 100, 0.5, 0.99])
def test_a_cut_backup_is_refused(backup: Path, tmp_path: Path, keep: float) -> None:
    whole = backup.read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: int(keep * len(whole)) if keep < 1 else int(keep)])
    refused = ewm(seed(tmp_path / "new"), "restore", str(path))
    assert refused.returncode == TamperedError.exit_code
    assert "beschädigt" in refused.stderr
    assert again(tmp_path / "new")["projects.project"]["rows"] == 0


def _backups_under_load(data: Path, tmp_path: Path, number: int) -> Iterator[tuple[int, int]]:
    with writers(data, 2):
        paths = [done(data, "backup", "--to", str(tmp_path / "backups"))["path"] for _ in range(number)]
    for at, path in enumerate(paths):
        new = tmp_path / f"restored-{at}"
        done(seed(new), "restore", path)
        assert again(new) == tables(Path(path))
        with sqlite3.connect(new / "ewm.sqlite3") as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            actors = database.execute("SELECT count(*) FROM actors_actor").fetchone()[0]
            history = "SELECT count(*) FROM actors_historicalactor WHERE history_type = '+'"
            yield actors, database.execute(history).fetchone()[0]


@pytest.mark.long
@pytest.mark.parametrize("number", times(2, 20))
def test_backups_while_others_write_are_of_one_moment(
    number: int, data: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    counts = list(_backups_under_load(data, tmp_path, number))
    assert all(actors == created for actors, created in counts)
    assert len({actors for actors, _ in counts}) > 1, "nobody wrote meanwhile"
    record_property("trial", f"backups {len(counts)}, restored to equal row hashes {len(counts)}")


def _kill_backups(data: Path, folder: Path, number: int) -> int:
    chance, finished = random.Random(7), 0  # noqa: S311
    for _ in range(number):
        finished += killed_after(chance.uniform(0.3, 1.6), data, "backup", "--to", str(folder)) == 0
        for path in folder.glob("*.zip"):
            with opened(path):
                pass
    return finished


@pytest.mark.parametrize("number", times(3))
def test_a_killed_backup_leaves_nothing_visible(data: Path, tmp_path: Path, number: int) -> None:
    _kill_backups(data, tmp_path / "backups", number)
    done(data, "backup", "--to", str(tmp_path / "backups"))
    assert not [path for path in (tmp_path / "backups").iterdir() if path.suffix != ".zip"]


@pytest.mark.parametrize("number", times(2, 20))
def test_a_killed_restore_can_be_repeated(backup: Path, tmp_path: Path, number: int) -> None:
    chance = random.Random(9)  # noqa: S311
    for at in range(number):
        folder = seed(tmp_path / str(at))
        if killed_after(chance.uniform(0.5, 2.5), folder, "restore", str(backup)) is None:
            repeated = ewm(folder, "restore", str(backup))
            complete = "ist nicht leer" in repeated.stderr  # it was killed after its last row
            assert complete or repeated.returncode == 0, repeated.stderr
        assert again(folder) == tables(backup)


@pytest.mark.skipif(not POSTGRES, reason="EWM_TEST_POSTGRES_URL is not set")
def test_from_sqlite_to_postgresql_every_row_and_its_history_move(backup: Path, tmp_path: Path) -> None:
    import psycopg  # noqa: PLC0415

    name = f"ewm_move_{uuid.uuid4().hex[:8]}"
    assert POSTGRES is not None
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    url = f"{POSTGRES.rpartition('/')[0]}/{name}"
    try:
        done(tmp_path / "new", "restore", str(backup), EWM_DATABASE_URL=url)
        assert again(tmp_path / "new", EWM_DATABASE_URL=url) == tables(backup)
        with psycopg.connect(url, autocommit=True) as moved:
            top = moved.execute("SELECT max(id) FROM actors_actor").fetchone()
            following = moved.execute("SELECT nextval(pg_get_serial_sequence('actors_actor', 'id'))").fetchone()
            assert top is not None
            assert following is not None
            assert following[0] > top[0]
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.parametrize("number", times(4, 20))
def test_a_copy_of_the_live_file_is_no_backup(
    number: int, data: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    usable = 0
    with writers(data, 2), closing(sqlite3.connect(data / "ewm.sqlite3")) as reader:
        for at in range(number):
            copy, known = tmp_path / f"{at}.sqlite3", reader.execute(LAST).fetchone()[0]
            shutil.copyfile(data / "ewm.sqlite3", copy)
            usable += _usable(copy, known)
    record_property("trial", f"copies of the live file {number}, usable {usable}")
    assert usable < number


LAST = "SELECT code FROM actors_actor WHERE code LIKE 'W-%' ORDER BY id DESC LIMIT 1"


def _usable(copy: Path, known: str) -> bool:
    """A copy is usable where it opens, is whole, and holds what was committed before the copy began."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            written = database.execute("SELECT count(*) FROM actors_actor WHERE code = ?", [known]).fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return bool(whole and written)
