"""Columns whose cells can be read in two ways: asked once per column, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ewm.capture.imports.profiles import Profile
    from ewm.capture.imports.reading import Table


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be told from a column's cells: ``readings`` are (answer, what the example would mean)."""

    column: int
    header: str
    example: str
    readings: tuple[tuple[str, str], ...]


def questions(table: Table, profile: Profile) -> list[Question]:
    """Return what has to be asked before the table can be read; an answer goes into ``answers[str(column)]``."""
    raise NotImplementedError(table, profile)
