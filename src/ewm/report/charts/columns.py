"""Columns along years on one base line: shared by every form that shows a short series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.form import Item
from ewm.report.charts.measure import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ewm.report.charts.canvas import Canvas
    from ewm.report.charts.scale import Scale
    from ewm.report.charts.style import Series, Style

ABOVE, BELOW = 13.0, 15.0
"""Room in px for the values above columns and for the years below them."""

_SHARE, _WIDEST, _SPREAD = 0.7, 30.0, 1.6


@dataclass(frozen=True, slots=True)
class Year(Item):
    """One column: a year with its value; the reporting year is ``current``."""

    current: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """Places of columns: middle of the first, distance of middles, width of a column, how many."""

    first: float
    pitch: float
    column: float
    number: int

    @classmethod
    def flush(cls, left: float, right: float, number: int, label: float = 0.0) -> Slots:
        """Columns from ``left`` to ``right``, or less where they are few; texts of ``label`` px stay inside."""
        column = min((right - left) / max(number - 1 + _SHARE, 1) * _SHARE, _WIDEST)
        edge = max(column, label)
        pitch = min((right - left - edge) / max(number - 1, 1), _WIDEST * _SPREAD)
        return cls(left + edge / 2, pitch, column, number)

    def middle(self, position: int) -> float:
        """Middle of the column at a position."""
        return self.first + self.pitch * position

    @property
    def span(self) -> tuple[float, float]:
        """Left edge of the first column and right edge of the last: what the base line underlines."""
        return self.first - self.column / 2, self.middle(self.number - 1) + self.column / 2


def widest_text(years: Iterable[Year], style: Style) -> float:
    """Width of the widest value or year."""
    texts = [text for year in years for text in (year.label, year.shown(style.formatter))]
    return max((width_of(text, style.size.label, 600) for text in texts), default=0.0)


def least_width(years: Sequence[Year], style: Style) -> float:
    """Width below which values or years would touch."""
    return len(years) * (widest_text(years, style) + 4)


def draw_columns(
    canvas: Canvas, years: Sequence[Year], slots: Slots, *, base: float, scale: Scale, series: Series
) -> None:
    """Draw columns from ``base`` upwards with values above, years below and the base line."""
    for position, year in enumerate(years):
        x, tall = slots.middle(position), scale(year.size)
        fill = series.fill if year.current else series.mid
        tip = year.tip(canvas.style.formatter)
        canvas.rect(x - slots.column / 2, base - tall, slots.column, tall, fill=fill, tip=tip)
        canvas.text(
            x, base - tall - 4, year.shown(canvas.style.formatter), weight=_weight(year.current), align="center"
        )
    base_line(canvas, slots, base)
    year_labels(canvas, years, slots, base + 12)


def base_line(canvas: Canvas, slots: Slots, base: float) -> None:
    """Draw the line that columns stand on."""
    left, right = slots.span
    canvas.path([(left, base), (right, base)], stroke=canvas.style.colour.ink, width=0.9)


def year_labels(canvas: Canvas, years: Sequence[Year], slots: Slots, y: float) -> None:
    """Write the years below their columns, the reporting year strong, all others grey."""
    colour = canvas.style.colour
    for position, year in enumerate(years):
        fill = colour.ink if year.current else colour.grey
        canvas.text(slots.middle(position), y, year.label, weight=_weight(year.current), fill=fill, align="center")


def _weight(current: bool) -> int:  # noqa: FBT001 (a fact of the datum, not a switch)
    return 600 if current else 400
