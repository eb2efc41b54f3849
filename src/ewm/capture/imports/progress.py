"""How far a long step is, and the wish to cancel it: two small files beside the uploaded one.

Not in the database: what a transaction writes about itself is seen by nobody until it ends, and on SQLite nobody could
write down a wish meanwhile.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ewm.capture.background.ending import heed
from ewm.capture.imports import files
from ewm.errors import EwmError

if TYPE_CHECKING:
    from pathlib import Path

_EVERY = 0.3
"""Seconds between two words."""


class CancelledError(EwmError):
    """Somebody cancelled the step: nothing of it is kept."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__("Der Import ist abgebrochen, übernommen ist nichts.")


class Progress:
    """Told how much of how much is done; raises CancelledError or EndingError where the step is to end."""

    def __init__(self, imported: int) -> None:
        self._imported = imported
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        """Hear it and, now and then, write it down."""
        heed()
        now = time.monotonic()
        if now < self._next and done < total:
            return
        self._next = now + _EVERY
        if _wish(self._imported).exists():
            raise CancelledError
        told = _told(self._imported)
        unfinished = told.with_suffix(".unfinished")
        with suppress(OSError):  # the folder is gone: the next step says so
            unfinished.write_text(f"{done} {total}", encoding="ascii")
            unfinished.replace(told)


def how_far(imported: int) -> tuple[int, int]:
    """Return how much of how much is done, 0 of 0 where nobody knows yet."""
    try:
        done, total = _told(imported).read_text(encoding="ascii").split()
        return min(int(done), int(total)), int(total)
    except (OSError, ValueError):
        return 0, 0


def wish_to_cancel(imported: int) -> None:
    """Let the step that runs, or will run, end before it writes anything."""
    with suppress(OSError):
        _wish(imported).touch()


def begin_anew(imported: int) -> None:
    """Forget how far an earlier step was, and that it was cancelled."""
    for path in (_told(imported), _wish(imported)):
        path.unlink(missing_ok=True)


def _told(imported: int) -> Path:
    return files.folder_of(imported) / "progress"


def _wish(imported: int) -> Path:
    return files.folder_of(imported) / "cancelled"
