"""Where uploaded files lie: private, below the data folder, one folder for each import."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from ewm.capture.imports.reading import Table, table_kept
from ewm.config import load_config

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 16
_ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: size in bytes, checksum."""

    size: int
    sha256: str


def folder_of(import_id: int) -> Path:
    """Return the folder of an import, whether it is there or not."""
    return load_config().data / "imports" / str(import_id)


def file_of(import_id: int, file_name: str) -> Path:
    """Return where the file of an import lies: its name says only what it is (``file.csv``)."""
    _, dot, suffix = file_name.rpartition(".")
    kind = suffix.lower() if dot and suffix.isascii() and suffix.isalnum() and len(suffix) <= 5 else "dat"
    return folder_of(import_id) / f"file.{kind}"


def make_folder(import_id: int) -> Path:
    """Make the folder of an import, readable for nobody else; returns it."""
    folder = folder_of(import_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def keep(import_id: int, file_name: str, source: IO[bytes]) -> Stored:
    """Copy a file into the import's folder, readable for nobody else."""
    make_folder(import_id)
    path, digest, size = file_of(import_id, file_name), hashlib.sha256(), 0
    with path.open("wb") as target:
        path.chmod(0o600)
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += target.write(chunk)
    return Stored(size, digest.hexdigest())


def forget(import_id: int) -> None:
    """Remove an import's folder, if there is one."""
    shutil.rmtree(folder_of(import_id), ignore_errors=True)


def rows_of(import_id: int) -> Path:
    """Return where the rows lie that were read of an import's file, so that a correction needs no second reading."""
    return folder_of(import_id) / _ROWS


def kept_table(import_id: int) -> Table | None:
    """Return what was read before, None where nothing was or the file is removed already."""
    path = rows_of(import_id)
    return table_kept(path) if path.is_file() else None
