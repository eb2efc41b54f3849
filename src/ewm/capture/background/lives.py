"""Which workers live. A worker holds a lock on a file of its own; the kernel lets go of it however the worker ends.

So there is no beat that could be late, and a worker that was killed is known to be gone at once. Everything lies in one
folder of the data folder, which workers share as they share the files of imports.
"""

from __future__ import annotations

import fcntl
import time
import uuid
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from ewm.config import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNBORN = "."
_STILLBORN_AFTER = 60
"""Seconds after which a file that never got its name is left over."""


def folder() -> Path:
    """Return the folder of the locks."""
    return data_folder() / "workers"


@contextmanager
def living() -> Iterator[str]:
    """Live as a worker under a name of its own, until the end of the block or of the process."""
    home, name = folder(), uuid.uuid4().hex
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = home / f"{_UNBORN}{name}"
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        path = path.rename(home / name)  # whoever sees the name sees the lock as well
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def alive() -> frozenset[str]:
    """Return the names of the workers that live now; files of others are removed."""
    return frozenset(filter(_lives, _names()))


def _names() -> list[str]:
    with suppress(FileNotFoundError):
        return [path.name for path in folder().iterdir()]
    return []


def _lives(name: str) -> bool:
    path = folder() / name
    with suppress(FileNotFoundError), path.open("r+") as probed:
        if name.startswith(_UNBORN):
            if path.stat().st_mtime < time.time() - _STILLBORN_AFTER and _free(probed):
                path.unlink(missing_ok=True)
            return False
        if not _free(probed):
            return True
        path.unlink(missing_ok=True)
    return False


def _free(probed: IO[str]) -> bool:
    """Tell whether nobody holds the lock. Those who ask at one moment do not take each other for a worker."""
    try:
        fcntl.flock(probed, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
