"""Form: hatched empty slots where a comparison is withheld, a red dashed break, the reason at the side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.form import ChartForm, Datum, require
from ewm.report.charts.hatch import hatch_path
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from ewm.report.charts.columns import Year
    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

_REASON, _GAP, _BREAK = 130.0, 16.0, 42.0
_SLOT, _TALLEST, _HEAD = 62.0, 90.0, 8.0
_BASE = _HEAD + _TALLEST


@dataclass(frozen=True, slots=True)
class Counted:
    """Neighbouring years of one counting rule: their columns and a note below them ("" for none)."""

    years: tuple[Year, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class WithheldColumns:
    """Eras in order of time; a year without value is withheld and carries ``withheld``. Title and text say why."""

    eras: tuple[Counted, ...]
    withheld: str
    reason_title: str
    reason: str
    kind: Kind = "project"
    value_head: str = ""


def draw(data: WithheldColumns, style: Style) -> Canvas:
    """Draw every era, a break between them, and the reason."""
    require(data.eras, "die Reihe der Zeiträume")
    canvas = Canvas(style)
    left = style.width - _REASON
    lefts, slot = _places(data, left - _GAP)
    scale = Scale((year.size for era in data.eras for year in era.years), _TALLEST - 14)
    bottom = max(_BASE + 16, _write_reason(canvas, data, left))
    for era, begin in zip(data.eras, lefts, strict=True):
        bottom = max(bottom, _draw_era(canvas, data, era, (begin, slot), scale))
    for begin in lefts[1:]:
        x = begin - _BREAK / 2
        canvas.path([(x, 0), (x, bottom - 2)], stroke=style.colour.method, width=0.9, dash=(3.5, 2.2))
    canvas.height = bottom
    return canvas


def _draw_era(canvas: Canvas, data: WithheldColumns, era: Counted, place: tuple[float, float], scale: Scale) -> float:
    """Draw the years of one counting rule from ``place`` (left edge, width of a slot); returns the y below."""
    begin, slot = place
    for position, year in enumerate(era.years):
        _draw_year(canvas, data, year, (begin + position * (slot + _GAP), slot), scale)
    end = begin + len(era.years) * (slot + _GAP) - _GAP
    canvas.path([(begin, _BASE), (end, _BASE)], stroke=canvas.style.colour.ink, width=0.9)
    if not era.note:
        return 0.0
    small = canvas.style.size.small
    note = wrap(era.note, end - begin + _GAP, small)
    return canvas.lines(begin, _BASE + 23, note, size=small, fill=canvas.style.colour.grey) + 5


def _places(data: WithheldColumns, width: float) -> tuple[list[float], float]:
    """Left edges of the eras and the width of a slot."""
    years = sum(len(era.years) for era in data.eras)
    gaps = sum(len(era.years) - 1 for era in data.eras) * _GAP + (len(data.eras) - 1) * _BREAK
    slot = min((width - gaps) / years, _SLOT)
    lefts, x = [], 0.0
    for era in data.eras:
        lefts.append(x)
        x += len(era.years) * (slot + _GAP) - _GAP + _BREAK
    return lefts, slot


def _draw_year(canvas: Canvas, data: WithheldColumns, year: Year, place: tuple[float, float], scale: Scale) -> None:
    style, colour, (x, slot) = canvas.style, canvas.style.colour, place
    middle = x + slot / 2
    if year.value is None:
        _draw_withheld(canvas, data.withheld, x, slot)
    else:
        tall, series, shown = scale(year.size), style.series[data.kind], year.shown(style.formatter)
        fill = series.fill if year.current else series.mid
        canvas.rect(x, _BASE - tall, slot, tall, fill=fill, tip=year.tip(style.formatter))
        canvas.text(middle, _BASE - tall - 5, shown, size=style.size.total, weight=600, align="center")
    weight, fill = (600, colour.ink) if year.current else (400, colour.grey)
    canvas.text(middle, _BASE + 13, year.label, weight=weight, fill=fill, align="center")


def _draw_withheld(canvas: Canvas, word: str, x: float, slot: float) -> None:
    style = canvas.style
    ring = [(x, _HEAD), (x + slot, _HEAD), (x + slot, _BASE), (x, _BASE), (x, _HEAD)]
    canvas.shape(hatch_path([ring], 4.6), stroke=style.colour.hair, width=0.7)
    canvas.path(ring, stroke=style.colour.line, width=0.6)
    lines = wrap(word, slot - 6, style.size.label, 600)
    pitch, wide = style.size.label * LINE_HEIGHT, max(width_of(line, style.size.label, 600) for line in lines)
    middle, high = (_HEAD + _BASE) / 2, len(lines) * pitch + 6
    canvas.rect(x + slot / 2 - wide / 2 - 3, middle - high / 2, wide + 6, high, fill=style.colour.paper)
    first = middle + 3 - (len(lines) - 1) * pitch / 2
    canvas.lines(x + slot / 2, first, lines, weight=600, fill=style.colour.method, align="center")


def _write_reason(canvas: Canvas, data: WithheldColumns, left: float) -> float:
    size, colour = canvas.style.size, canvas.style.colour
    title = wrap(data.reason_title, canvas.width - left, size.label, 600)
    y = canvas.lines(left, _HEAD + 8, title, weight=600, fill=colour.method)
    text = wrap(data.reason, canvas.width - left, size.label)
    return canvas.lines(left, y + size.label + 8, text) + 6


def rows(data: WithheldColumns, formatter: Formatter) -> list[Datum]:
    """One row per year; a withheld one says so."""
    return [
        Datum(
            (year.label,), data.value_head, year.value, data.withheld if year.value is None else year.shown(formatter)
        )
        for era in data.eras
        for year in era.years
    ]


FORM = ChartForm("withheld_columns", WithheldColumns, draw, rows)
