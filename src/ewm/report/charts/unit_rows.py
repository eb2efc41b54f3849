"""Form: one mark per participation, rows grouped by kind of partner, one panel per series; zero rows stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import SeriesHead, head_width, label_width, row_height, write_heads, write_middle
from ewm.report.charts.scale import Scale
from ewm.report.charts.units import UnitRuler

if TYPE_CHECKING:
    from ewm.report.charts.style import Style
    from ewm.report.numbers import Formatter

_INDENT, _LEAST_LABELS, _MOST_LABELS = 8.0, 182.0, 200.0
_ROW, _PITCH, _TIGHTEST = 13.2, 12.0, 8.0


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One partner: its label and one value per series (None: not collected)."""

    label: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class UnitLines:
    """Partners of one kind."""

    label: str
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class UnitRows:
    """Heads of the series and the groups of rows."""

    heads: tuple[SeriesHead, ...]
    groups: tuple[UnitLines, ...]


def draw(data: UnitRows, style: Style) -> Canvas:
    """Draw groups with a rule above each; marks are counted up to a line's length, longer ones become bars."""
    require(data.heads, "die Reihe der Felder")
    require(data.groups, "die Reihe der Gruppen")
    canvas = Canvas(style)
    labels = [line.label for group in data.groups for line in group.lines]
    left = label_width(labels, style, least=_LEAST_LABELS, most=_MOST_LABELS, indent=_INDENT)
    spans = _spans(data, style, style.width - left)
    lefts = [left + sum(spans[:place]) for place in range(len(spans))]
    panels = list(zip(data.heads, lefts, _rulers(data, style, min(spans)), strict=True))
    y = write_heads(canvas, data.heads, lefts, marks=False)
    for group in data.groups:
        canvas.rule(y + 1)
        title = wrap(group.label, style.width, style.size.label, 600)
        y = canvas.lines(0, y + 13, title, weight=600) + 4.5
        for line in group.lines:
            y += _draw_line(canvas, panels, line, y)
        y += 5
    canvas.height = y - 2
    return canvas


def _spans(data: UnitRows, style: Style, room: float) -> list[float]:
    """Widths of the panels: as their heads need where the marks allow it, otherwise equal."""
    needs = [head_width(head, style) + 12 for head in data.heads]
    spare = (room - sum(needs)) / len(needs)
    most = max(_values(data), default=0)
    if spare >= 0 and (most + 3) * _PITCH <= min(needs) + spare:
        return [need + spare for need in needs]
    return [room / len(needs)] * len(needs)


def _values(data: UnitRows) -> list[int]:
    return [value or 0 for group in data.groups for line in group.lines for value in line.values]


def _rulers(data: UnitRows, style: Style, span: float) -> list[UnitRuler]:
    """One ruler per series, all of the same measure."""
    values = _values(data)
    most = max(values, default=0)
    room = span - 24 - width_of(style.formatter.integer(most), style.size.label, 600)
    pitch = min(_PITCH, room / max(most, 1))
    series = [style.series[head.kind] for head in data.heads]
    if pitch < _TIGHTEST:
        return [UnitRuler.bars_of(each, Scale(values, room)) for each in series]
    return [UnitRuler.dots_of(each, room, pitch) for each in series]


def _draw_line(canvas: Canvas, panels: list[tuple[SeriesHead, float, UnitRuler]], line: UnitLine, y: float) -> float:
    """Draw one row; returns its height."""
    style, colour = canvas.style, canvas.style.colour
    lines = wrap(line.label, panels[0][1] - _INDENT - 8, style.size.label)
    tall = row_height(lines, style, _ROW)
    middle = y + tall / 2
    write_middle(canvas, _INDENT, middle, lines, fill=colour.ink if any(line.values) else colour.grey)
    for (head, left, ruler), value in zip(panels, line.values, strict=True):
        item = Item(f"{line.label}, {head.label}", value)
        tip, shown = item.tip(style.formatter), item.shown(style.formatter)
        end = ruler.draw(canvas, left, middle, item.size, ruler.room, colour="fill", tip=tip)
        if item.size:
            canvas.centred(end + 7, middle, shown, weight=600)
        else:
            canvas.centred(left + 1, middle, shown, fill=colour.grey)
    return tall


def rows(data: UnitRows, formatter: Formatter) -> list[Datum]:
    """One row per partner, one column per series."""
    return [
        Datum((group.label, line.label), head.label, value, Item(line.label, value).shown(formatter))
        for group in data.groups
        for line in group.lines
        for head, value in zip(data.heads, line.values, strict=True)
    ]


FORM = ChartForm("unit_rows", UnitRows, draw, rows)
