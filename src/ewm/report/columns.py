"""Columns that break no word: how wide each one of a table must be, from its texts and the font's widths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.measure import width_of
from ewm.report.document import Sign, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ewm.report.document import Cell, Grid

MM_PER_POINT = 25.4 / 72

_UNBROKEN = re.compile(r"[^ \t\n-]+-?")
_SHORT = 25.0
"""A column that needs no more than this for its lines has them unbroken, mm."""
_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700


@dataclass(frozen=True, slots=True)
class Room:
    """Room that a table has: its whole width and a cell's padding (left and right together) in mm, size in points."""

    width: float
    padding: float
    size: float


def column_widths(grid: Grid, room: Room) -> tuple[float, ...]:
    """Return the columns' widths in mm.

    Where every cell fits on one line, the grid's shares hold, but for what one column lacks and others can spare.
    Otherwise each column has its longest word, a short one its line, and the rest goes to those with the most text.
    """
    whole = sum(grid.widths)
    wanted = [width / whole * room.width for width in grid.widths]
    lines = _needed(grid, room, _line)
    longest = _needed(grid, room, _longest_word)
    words = [line if line <= _SHORT else word for line, word in zip(lines, longest, strict=True)]
    if sum(lines) <= room.width:
        return _shifted(wanted, lines)
    if sum(words) >= room.width:
        return tuple(width * room.width / sum(words) for width in words)
    more = [min(line, room.width) - word for line, word in zip(lines, words, strict=True)]
    share = (room.width - sum(words)) / sum(more)
    return tuple(word + extra * share for word, extra in zip(words, more, strict=True))


def placed(cells: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """Yield every cell with the column where it begins."""
    column = 0
    for cell in cells:
        yield column, cell
        column += cell.span


def _shifted(wanted: list[float], needed: list[float]) -> tuple[float, ...]:
    """Return the wanted widths with what some lack taken from those that have more than they need."""
    lacking = sum(max(0.0, need - want) for want, need in zip(wanted, needed, strict=True))
    spare = sum(max(0.0, want - need) for want, need in zip(wanted, needed, strict=True))
    taken = lacking / spare if spare else 0.0
    return tuple(max(need, want - max(0.0, want - need) * taken) for want, need in zip(wanted, needed, strict=True))


def _needed(grid: Grid, room: Room, measure: Callable[[Cell, float], float]) -> list[float]:
    needed = [0.0] * len(grid.widths)
    for cells in (*grid.head, *(row.cells for row in grid.rows)):
        for column, cell in placed(cells):
            if cell.span == 1:
                needed[column] = max(needed[column], measure(cell, room.size))
    return [width + room.padding for width in needed]


def _line(cell: Cell, size: float) -> float:
    return _width(_shown(cell), size, cell)


def _shown(cell: Cell) -> str:
    """The cell's text; a drawn sign is as wide as two figures."""
    return plain(tuple(Text("00") if isinstance(inline, Sign) else inline for inline in cell.content))


def _longest_word(cell: Cell, size: float) -> float:
    return max((_width(word, size, cell) for word in _UNBROKEN.findall(_shown(cell))), default=0.0)


def _width(text: str, size: float, cell: Cell) -> float:
    weight = _BOLD if cell.strong else _SEMIBOLD if cell.header else _REGULAR
    return width_of(text, size, weight) * MM_PER_POINT
