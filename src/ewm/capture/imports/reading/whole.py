"""Our own workbook among foreign tables: its three sheets are read together, as one table.

The number of a row says its sheet as well, so that whoever asks for row and column asks for one cell. Nothing but
names stands here: the child process that reads a file imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GUIDE = "Anleitung"
SHEETS = ("Projekte", "Aktivitäten", "Akteure")
NAME = "EWM-Arbeitsmappe"
"""The name of the table that all sheets make, followed by the version of the template."""
VERSION_LABEL = "Fassung der Vorlage"
STEP = 1_000_000
"""More rows than a sheet can have (limits.rows): rows of the first sheet begin with the first million."""


def ours(names: Iterable[str]) -> list[str]:
    """Return those of a file's sheets that are read together, none where the file is not our workbook."""
    there = set(names)
    return [name for name in SHEETS if name in there] if GUIDE in there else []


def row_number(sheet: str, row: int) -> int:
    """Return the number of a row of one of the sheets."""
    return (SHEETS.index(sheet) + 1) * STEP + row


def place_of(number: int) -> tuple[str, int]:
    """Return sheet (empty for tables of one sheet) and row."""
    at, row = divmod(number, STEP)
    return (SHEETS[at - 1] if at else "", row)


def row_words(number: int) -> str:
    """Return where a row stands, for people: ``Zeile 12``, ``Blatt „Akteure“, Zeile 3``."""
    sheet, row = place_of(number)
    return f"Blatt „{sheet}“, Zeile {row}" if sheet else f"Zeile {row}"


def version_of(name: str) -> str:
    """Return the version of the template that the name of a table tells, empty where it is none of ours."""
    start, _, version = name.partition(" ")
    return version if start == NAME else ""
