"""Who writes, and through which channel: set once where a request or a command begins, read where rows are written."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Channel(StrEnum):
    """How a change came in."""

    COMMAND = "command"
    FORM = "form"
    IMPORT = "import"
    API = "api"


@dataclass(frozen=True, slots=True)
class Acting:
    """An account by number (None: nobody signed in), and a channel."""

    account: int | None = None
    channel: Channel = Channel.COMMAND


_NOBODY = Acting()
_ACTING: ContextVar[Acting] = ContextVar("acting", default=_NOBODY)


def acting() -> Acting:
    """Return who writes now."""
    return _ACTING.get()


@contextmanager
def acting_as(account: int | None, channel: Channel) -> Iterator[None]:
    """Let everything written within be written by an account through a channel."""
    token = _ACTING.set(Acting(account, channel))
    try:
        yield
    finally:
        _ACTING.reset(token)
