"""Form: one bar per category with its value and share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

_LABELS, _MOST_LABELS = 122.0, 180.0
_THICK, _PITCH, _UNIT = 10.0, 16.0, 24.0


@dataclass(frozen=True, slots=True)
class Bar(Item):
    """One bar; ``share`` is printed at the right edge."""

    share: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars in content order or by size, as given. ``share_head`` names the column of shares in the data table."""

    bars: tuple[Bar, ...]
    kind: Kind = "project"
    value_head: str = ""
    share_head: str = ""


def draw(data: Bars, style: Style) -> Canvas:
    """Draw bars on one scale; shares stand right-aligned at the edge."""
    require(data.bars, "die Reihe der Balken")
    canvas, size, series = Canvas(style), style.size, style.series[data.kind]
    widest = max(width_of(bar.label, size.label) for bar in data.bars)
    left = min(max(widest + 10, _LABELS), _MOST_LABELS)
    values = [width_of(bar.shown(style.formatter), size.label, 600) for bar in data.bars]
    shares = max(width_of(bar.share, size.label) for bar in data.bars)
    scale = Scale((bar.size for bar in data.bars), style.width - left - shares - 20, _UNIT, values)
    y = 3.0
    for bar in data.bars:
        lines = wrap(bar.label, left - 8, size.label)
        tall = max(_PITCH, len(lines) * size.label * LINE_HEIGHT + 5)
        middle, long = y + tall / 2, scale(bar.size)
        dim = style.colour.ink if bar.size else style.colour.grey
        first = middle + size.label * 0.345 - (len(lines) - 1) * size.label * LINE_HEIGHT / 2
        canvas.lines(0, first, lines, fill=dim)
        canvas.rect(left, middle - _THICK / 2, long, _THICK, fill=series.fill, tip=bar.tip(style.formatter))
        canvas.centred(left + long + 6, middle, bar.shown(style.formatter), weight=600)
        canvas.centred(style.width, middle, bar.share, fill=style.colour.grey, align="right")
        y += tall
    canvas.path([(left, 0), (left, y + 3)], stroke=style.colour.ink, width=0.9)
    canvas.height = y + 3
    return canvas


def rows(data: Bars, formatter: Formatter) -> list[Datum]:
    """One row per bar: its value and its share."""
    described = []
    for bar in data.bars:
        described.append(Datum((bar.label,), data.value_head, bar.value, bar.shown(formatter)))
        if bar.share:
            described.append(Datum((bar.label,), data.share_head, None, bar.share))
    return described


FORM = ChartForm("bars", Bars, draw, rows)
