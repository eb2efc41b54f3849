"""Form: columns of one short series, with an optional title (years side by side, one scale, reporting year dark)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import Canvas
from ewm.report.charts.columns import ABOVE, BELOW, Slots, Year, draw_columns, least_width, widest_text
from ewm.report.charts.form import ChartForm, Datum, require
from ewm.report.charts.measure import wrap
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

_TALLEST = 80.0
_PITCH = 48.0


@dataclass(frozen=True, slots=True)
class YearColumns:
    """Title (may be empty) and one column per year."""

    title: str
    years: tuple[Year, ...]
    kind: Kind = "project"


def draw(data: YearColumns, style: Style) -> Canvas:
    """Draw columns at the left of the chart's width; they never grow wider than a column reads well."""
    require(data.years, "die Reihe der Jahre")
    canvas = Canvas(style)
    head = write_title(canvas, data.title, 0, style.width)
    wide = min(style.width, max(_PITCH * len(data.years), least_width(data.years, style)))
    base = head + ABOVE + _TALLEST
    scale = Scale((year.size for year in data.years), _TALLEST)
    slots = Slots.flush(0, wide, len(data.years), widest_text(data.years, style))
    draw_columns(canvas, data.years, slots, base=base, scale=scale, series=style.series[data.kind])
    canvas.height = base + BELOW
    return canvas


def write_title(canvas: Canvas, title: str, x: float, width: float) -> float:
    """Write a panel's title, wrapped; returns the y below it."""
    if not title:
        return 0.0
    size = canvas.style.size.title
    return canvas.lines(x, 9, wrap(title, width, size, 600), size=size, weight=600) + 6


def rows(data: YearColumns, formatter: Formatter) -> list[Datum]:
    """One row per year."""
    return [Datum((year.label,), data.title, year.value, year.shown(formatter)) for year in data.years]


FORM = ChartForm("year_columns", YearColumns, draw, rows)
