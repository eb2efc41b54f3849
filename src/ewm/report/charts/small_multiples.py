"""Form: the same few years for several categories, side by side on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.columns import ABOVE, BELOW, Slots, Year, draw_columns, least_width, widest_text
from ewm.report.charts.form import ChartForm, Datum, require
from ewm.report.charts.measure import wrap
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.report.charts.style import Kind, Series, Style
    from ewm.report.numbers import Formatter

_GAP, _BETWEEN_ROWS = 22.0, 14.0
_TALLEST = 52.0
_MOST_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Multiple:
    """One category: title, its years, and a note below them (its share, for example)."""

    title: str
    years: tuple[Year, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """Panels in content order."""

    panels: tuple[Multiple, ...]
    kind: Kind = "project"


def draw(data: SmallMultiples, style: Style) -> Canvas:
    """Draw as many panels beside each other as leave room for every label; the rest goes into further rows."""
    require(data.panels, "die Reihe der Felder")
    for panel in data.panels:
        require(panel.years, f"die Reihe der Jahre von „{panel.title}“")
    canvas = Canvas(style)
    beside = _beside(data.panels, style)
    scale = Scale((year.size for panel in data.panels for year in panel.years), _TALLEST)
    wide = (style.width - _GAP * (beside - 1)) / beside
    top = 0.0
    for first in range(0, len(data.panels), beside):
        row = _Row(canvas, data.panels[first : first + beside], wide, scale, style.series[data.kind])
        top = row.draw(top) + _BETWEEN_ROWS
    canvas.height = top - _BETWEEN_ROWS
    return canvas


def _beside(panels: Sequence[Multiple], style: Style) -> int:
    least = max(least_width(panel.years, style) for panel in panels)
    fitting = int((style.width + _GAP) // (least + _GAP))
    rows = -(-len(panels) // max(1, min(fitting, _MOST_BESIDE)))
    return -(-len(panels) // rows)


@dataclass(frozen=True, slots=True)
class _Row:
    """Panels beside each other, each ``wide`` px."""

    canvas: Canvas
    panels: Sequence[Multiple]
    wide: float
    scale: Scale
    series: Series

    def draw(self, top: float) -> float:
        canvas, size = self.canvas, self.canvas.style.size
        titles = [wrap(panel.title, self.wide, size.title, 600) for panel in self.panels]
        tallest = max(self.scale(year.size) for panel in self.panels for year in panel.years)
        base = top + 5 + max(map(len, titles)) * size.title * LINE_HEIGHT + ABOVE + tallest
        bottom = base + BELOW
        for place, (panel, title) in enumerate(zip(self.panels, titles, strict=True)):
            left = place * (self.wide + _GAP)
            canvas.rule(top + 0.5, x=left, to=left + self.wide)
            canvas.lines(left, top + 13, title, size=size.title, weight=600)
            slots = Slots.flush(left, left + self.wide, len(panel.years), widest_text(panel.years, canvas.style))
            draw_columns(canvas, panel.years, slots, base=base, scale=self.scale, series=self.series)
            if panel.note:
                note = wrap(panel.note, self.wide, size.small)
                end = canvas.lines(left, base + 25, note, size=size.small, fill=canvas.style.colour.grey)
                bottom = max(bottom, end + 4)
        return bottom


def rows(data: SmallMultiples, formatter: Formatter) -> list[Datum]:
    """One row per category, one column per year."""
    return [
        Datum((panel.title,), year.label, year.value, year.shown(formatter))
        for panel in data.panels
        for year in panel.years
    ]


FORM = ChartForm("small_multiples", SmallMultiples, draw, rows)
