"""How wide texts are on the page: whether a label fits beside its text, and columns that break no word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ewm.report.charts.measure import width_of
from ewm.report.document import plain
from ewm.report.office.items import Break, Tab
from ewm.report.office.styles import CELL_PADDING, MARGIN_COLUMN, TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ewm.report.document import Cell, Grid

_MM_PER_POINT = 25.4 / 72
_GAP = 1.5
"""Between a label in the margin and the text beside it, mm."""

_CELL_SIZE = 9.0
_SPARE = 0.5
"""Room that programs with other font metrics need, mm."""

_UNBROKEN = re.compile(r"[^ \t\n-]+-?")
_SHORT = 25.0
"""A column that needs no more than this for its lines has them unbroken, mm."""
_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700


class Lettering(NamedTuple):
    """A text as it is set: size in points and weight."""

    text: str
    size: float
    weight: int = _REGULAR


def beside(*label: Lettering) -> Tab | Break:
    """Return what follows a label in the margin: a tab, or a new line where it is too wide for the margin."""
    width = sum(_width(*part) for part in label)
    return Tab() if width <= MARGIN_COLUMN - _GAP else Break()


def column_widths(grid: Grid) -> tuple[float, ...]:
    """Return the columns' widths in mm.

    Where every cell fits on one line, the grid's shares hold, but for what one column lacks and others can spare.
    Otherwise each column has its longest word, a short one its line, and the rest goes to those with the most text.
    """
    whole = sum(grid.widths)
    wanted = [width / whole * TEXT_WIDTH for width in grid.widths]
    lines = _needed(grid, _line)
    words = [line if line <= _SHORT else word for line, word in zip(lines, _needed(grid, _longest_word), strict=True)]
    if sum(lines) <= TEXT_WIDTH:
        return _shifted(wanted, lines)
    if sum(words) >= TEXT_WIDTH:
        return tuple(width * TEXT_WIDTH / sum(words) for width in words)
    more = [min(line, TEXT_WIDTH) - word for line, word in zip(lines, words, strict=True)]
    share = (TEXT_WIDTH - sum(words)) / sum(more)
    return tuple(word + extra * share for word, extra in zip(words, more, strict=True))


def _shifted(wanted: list[float], needed: list[float]) -> tuple[float, ...]:
    """Return the wanted widths with what some lack taken from those that have more than they need."""
    lacking = sum(max(0.0, need - want) for want, need in zip(wanted, needed, strict=True))
    spare = sum(max(0.0, want - need) for want, need in zip(wanted, needed, strict=True))
    taken = lacking / spare if spare else 0.0
    return tuple(max(need, want - max(0.0, want - need) * taken) for want, need in zip(wanted, needed, strict=True))


def _needed(grid: Grid, measure: Callable[[Cell], float]) -> list[float]:
    needed = [0.0] * len(grid.widths)
    for cells in (*grid.head, *(row.cells for row in grid.rows)):
        for column, cell in columns(cells):
            if cell.span == 1:
                needed[column] = max(needed[column], measure(cell))
    padding = CELL_PADDING["left"] + CELL_PADDING["right"] + _SPARE
    return [width + padding for width in needed]


def _line(cell: Cell) -> float:
    return _width(plain(cell.content), _CELL_SIZE, _weight(cell))


def _longest_word(cell: Cell) -> float:
    words = _UNBROKEN.findall(plain(cell.content))
    return max((_width(word, _CELL_SIZE, _weight(cell)) for word in words), default=0.0)


def _weight(cell: Cell) -> int:
    return _BOLD if cell.strong else _SEMIBOLD if cell.header else _REGULAR


def columns(cells: tuple[Cell, ...]) -> Iterator[tuple[int, Cell]]:
    """Yield every cell with the column where it begins."""
    column = 0
    for cell in cells:
        yield column, cell
        column += cell.span


def _width(text: str, size: float, weight: int) -> float:
    return width_of(text, size, weight) * _MM_PER_POINT
