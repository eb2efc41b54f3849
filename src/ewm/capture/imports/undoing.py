"""Take an import back as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """A record that stays because somebody changed it or uses it since: kind, code, name, and why (German)."""

    kind: str
    code: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: how many records were removed and restored, and which stayed as they are."""

    removed: int
    restored: int
    left: tuple[Left, ...] = ()
