"""How wide texts are on the page: whether a label fits beside its text, and columns that break no word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ewm.report.charts.measure import width_of
from ewm.report.columns import MM_PER_POINT, Room
from ewm.report.columns import column_widths as fitted
from ewm.report.office.items import Break, Tab
from ewm.report.office.styles import CELL_PADDING, MARGIN_COLUMN, TEXT_WIDTH

if TYPE_CHECKING:
    from ewm.report.document import Grid

_GAP = 1.5
"""Between a label in the margin and the text beside it, mm."""

_SPARE = 1.2
"""Room that programs with other font metrics need, mm."""

_ROOM = Room(width=TEXT_WIDTH, padding=CELL_PADDING["left"] + CELL_PADDING["right"] + _SPARE, size=9.0)
_REGULAR = 400


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
    """Return the columns' widths in mm: as the grid says where every line fits, else so that no word breaks."""
    return fitted(grid, _ROOM)


def _width(text: str, size: float, weight: int) -> float:
    return width_of(text, size, weight) * MM_PER_POINT
