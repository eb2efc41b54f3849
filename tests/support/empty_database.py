"""A SQLite file with all tables and no records, made once: a command or a test makes its own in ten seconds.

It is made by the migrations, as any other, and made anew whenever one of them changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOME = ROOT / ".pytest_cache" / "empty-database"
NAME = "ewm.sqlite3"


def seed(folder: Path) -> Path:
    """Put the file into a data folder, which is made where it is missing; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(empty_database(), folder / NAME)
    return folder


@cache
def empty_database() -> Path:
    """Return the file; whoever comes first makes it, the others wait."""
    HOME.mkdir(parents=True, exist_ok=True)
    target = HOME / f"{digest()}.sqlite3"
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            for former in HOME.glob("*.sqlite3"):
                former.unlink()
            _make(target)
    return target


def digest() -> str:
    """Return a hash over whatever the tables are made of: every migration, and the versions of those who run them."""
    found = hashlib.sha256(f"{django.get_version()} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            found.update(f"{config.label} {path.name}".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def environment(folder: Path) -> Mapping[str, str]:
    """Return an environment without any wish of the surroundings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
    return {**kept, "EWM_DATA": str(folder), "EWM_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "ewm.web.site"}


def _make(target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "django", "prepare"]
        done = subprocess.run(command, env=environment(folder), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        part = target.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(folder / NAME)) as made:
            made.execute("VACUUM INTO ?", [str(part)])
        part.replace(target)


@contextmanager
def filling(creation: Any) -> Iterator[None]:
    """Let a SQLite test database of Django begin with these tables instead of with every migration."""
    make = creation._create_test_db
    held: list[sqlite3.Connection] = []  # a database in memory is there as long as somebody holds it

    def filled(*arguments: Any, **named: Any) -> str:
        name: str = make(*arguments, **named)
        held.append(sqlite3.connect(name, uri=True))
        with closing(sqlite3.connect(empty_database())) as source:
            source.backup(held[-1])
        return name

    creation._create_test_db = filled
    creation.connection.settings_dict["TEST"]["MIGRATE"] = False
    yield
    for each in held:
        each.close()
