"""A worker that is asked to end lets go of what it does: the task says where it can, and is done again later."""

from __future__ import annotations

import signal
from threading import Event

ASKED = Event()
"""Set where this process was asked to end."""


class EndingError(Exception):
    """The process is asked to end: nothing of the task is kept, it is run again from its start."""


def end_when_asked() -> None:
    """Take SIGTERM and SIGINT as the wish to end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ASKED.set())


def heed() -> None:
    """Raise EndingError where this process was asked to end; long tasks call it again and again."""
    if ASKED.is_set():
        raise EndingError("asked to end")
