"""Form: one mark per unit, in rows by state, with the sum of some rows at a bracket and a short series at the right.

Whole, part and state in one reading. Above 150 units nobody counts dots: the same rows become bars.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import Canvas
from ewm.report.charts.columns import ABOVE, BELOW, Slots, Year, draw_columns, least_width, widest_text
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import label_width, row_height, write_middle
from ewm.report.charts.scale import Scale
from ewm.report.charts.units import Colour, UnitRuler
from ewm.report.charts.year_columns import YearColumns, write_title

if TYPE_CHECKING:
    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

MOST_UNITS = 150
_INDENT, _LEAST_LABELS, _MOST_LABELS = 8.0, 112.0, 150.0
_ROW, _GROUP, _SIDE, _GAP = 17.0, 18.0, 106.0, 18.0
_TALLEST = 84.0


@dataclass(frozen=True, slots=True)
class UnitRow(Item):
    """One state; ``filled`` marks are carried out, open ones not yet."""

    filled: bool = True


@dataclass(frozen=True, slots=True)
class UnitBracket:
    """The sum of rows ``first`` to ``last`` (counted from zero), with a note below it."""

    first: int
    last: int
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitGroup(Item):
    """A part of the whole: without rows its own marks (earlier units), with rows a head above them (current ones)."""

    rows: tuple[UnitRow, ...] = ()
    bracket: UnitBracket | None = None


@dataclass(frozen=True, slots=True)
class UnitChart:
    """Title, what one mark stands for (dropped where rows are bars), groups, and a short series or None."""

    title: str
    note: str
    groups: tuple[UnitGroup, ...]
    years: YearColumns | None = None
    kind: Kind = "project"
    value_head: str = ""


def draw(data: UnitChart, style: Style) -> Canvas:
    """Draw the groups below each other and the short series beside them."""
    require(data.groups, "die Reihe der Gruppen")
    canvas = Canvas(style)
    side = max(_SIDE, least_width(data.years.years, style)) if data.years else 0.0
    right = style.width - side - _GAP if data.years else style.width
    labels = [group.label for group in data.groups] + [row.label for group in data.groups for row in group.rows]
    left = label_width(labels, style, least=_LEAST_LABELS, most=_MOST_LABELS, indent=_INDENT)
    ruler = _ruler(data, style, right - left)
    y = _write_head(canvas, data, right, dots=ruler.dots)
    for position, group in enumerate(data.groups):
        if position:
            canvas.rule(y + 1, to=right)
            y += 3
        y = _Block(canvas, data, group, ruler, left, right).draw(y)
    canvas.height = y
    if data.years:
        canvas.height = _draw_years(canvas, data.years, style.width - side, y)
    return canvas


def _ruler(data: UnitChart, style: Style, room: float) -> UnitRuler:
    units = sum(group.size for group in data.groups)
    texts = [item.shown(style.formatter) for group in data.groups for item in (group, *group.rows)]
    values = max(width_of(text, style.size.title, 600) for text in texts) + 8
    if units <= MOST_UNITS:
        return UnitRuler.dots_of(style.series[data.kind], room - values)
    sizes = [item.size for group in data.groups for item in (group.rows or (group,))]
    brackets = [_bracket_width(group.bracket, style) for group in data.groups if group.bracket]
    return UnitRuler.bars_of(style.series[data.kind], Scale(sizes, room - values - max(brackets, default=0.0)))


def _bracket_width(bracket: UnitBracket, style: Style) -> float:
    size = style.size
    return 26 + max(width_of(bracket.text, size.label, 600), width_of(bracket.note, size.small))


def _write_head(canvas: Canvas, data: UnitChart, right: float, *, dots: bool) -> float:
    size = canvas.style.size
    below = write_title(canvas, data.title, 0, right)
    note = data.note if dots else ""
    after = width_of(data.title, size.title, 600) + 14
    if note and after + width_of(note, size.small) <= right:
        canvas.text(after, 9, note, size=size.small, fill=canvas.style.colour.grey)
    elif note:
        lines = wrap(note, right, size.small)
        below = canvas.lines(0, below + 5, lines, size=size.small, fill=canvas.style.colour.grey) + 6
    return max(below, 9.0) + 4


@dataclass(frozen=True, slots=True)
class _Block:
    """One group at its place."""

    canvas: Canvas
    data: UnitChart
    group: UnitGroup
    ruler: UnitRuler
    left: float
    right: float

    def draw(self, y: float) -> float:
        return self._rows(y) if self.group.rows else self._alone(y)

    def _alone(self, y: float) -> float:
        style, group = self.canvas.style, self.group
        lines = wrap(group.label, self.left - 8, style.size.label)
        tall = max(self.ruler.height(group.size, self.right - self.left), row_height(lines, style, _ROW)) + 10
        middle, shown = y + tall / 2, group.shown(style.formatter)
        write_middle(self.canvas, 0, middle, lines, fill=style.colour.grey)
        tip = group.tip(style.formatter)
        self.ruler.draw(self.canvas, self.left, middle, group.size, self._room(), colour="mid", tip=tip)
        self.canvas.centred(
            self.right, middle, shown, size=style.size.title, weight=600, fill=style.colour.grey, align="right"
        )
        return y + tall

    def _room(self) -> float:
        return self.ruler.room if self.ruler.dots else self.right - self.left

    def _rows(self, y: float) -> float:
        style, group = self.canvas.style, self.group
        text, shown = style.series[self.data.kind].text, group.shown(style.formatter)
        values = width_of(shown, style.size.title, 600)
        lines = wrap(group.label, self.right - values - 12, style.size.label, 600)
        self.canvas.text(self.right, y + 12, shown, size=style.size.title, weight=600, fill=text, align="right")
        y = self.canvas.lines(0, y + 12, lines, weight=600, fill=text) + _GROUP - 12
        tops, ends = [], []
        room = self._room()
        if self.ruler.dots and group.bracket:
            values = max(width_of(row.shown(style.formatter), style.size.label, 600) for row in group.rows)
            room = self.right - self.left - values - 14 - _bracket_width(group.bracket, style)
        for row in group.rows:
            tops.append(y)
            tall, end = self._row(row, y, room)
            y += tall
            ends.append(end)
        self._bracket([*tops, y], ends)
        return y + 6

    def _row(self, row: UnitRow, y: float, room: float) -> tuple[float, float]:
        style = self.canvas.style
        lines = wrap(row.label, self.left - _INDENT - 8, style.size.label)
        tall = max(row_height(lines, style, _ROW), self.ruler.height(row.size, room) + 6)
        middle = y + tall / 2
        dim = style.colour.ink if row.size else style.colour.grey
        write_middle(self.canvas, _INDENT, middle, lines, fill=dim)
        colour: Colour = "fill" if row.filled else "open"
        tip = row.tip(style.formatter)
        end = self.ruler.draw(self.canvas, self.left, middle, row.size, room, colour=colour, tip=tip)
        at = end + 6 if row.size else self.left
        return tall, self.canvas.centred(at, middle, row.shown(style.formatter), weight=600, fill=dim)

    def _bracket(self, edges: list[float], ends: list[float]) -> None:
        bracket = self.group.bracket
        if bracket is None:
            return
        style, colour = self.canvas.style, self.canvas.style.colour
        x = max(ends[bracket.first : bracket.last + 1]) + 12
        top, bottom = edges[bracket.first] + 3, edges[bracket.last + 1] - 3
        self.canvas.bracket(x, top, bottom)
        middle = (top + bottom) / 2
        if not bracket.note:
            self.canvas.centred(x + 6, middle, bracket.text, weight=600)
            return
        self.canvas.text(x + 6, middle - 1.5, bracket.text, weight=600)
        self.canvas.text(x + 6, middle + 8.5, bracket.note, size=style.size.small, fill=colour.grey)


def _draw_years(canvas: Canvas, years: YearColumns, left: float, below: float) -> float:
    """Place the columns so that their years end where the rows end; returns the height that both need."""
    below = max(below, write_title(canvas, years.title, left, canvas.width - left) + ABOVE + 40 + BELOW)
    head = write_title(Canvas(canvas.style), years.title, left, canvas.width - left)
    base = below - BELOW
    scale = Scale((year.size for year in years.years), min(base - head - ABOVE, _TALLEST))
    slots = Slots.flush(left, canvas.width, len(years.years), widest_text(years.years, canvas.style))
    draw_columns(canvas, years.years, slots, base=base, scale=scale, series=canvas.style.series[years.kind])
    return below


def rows(data: UnitChart, formatter: Formatter) -> list[Datum]:
    """Groups, their rows, then the years of the short series."""
    described = []
    for group in data.groups:
        described.append(Datum((group.label,), data.value_head, group.value, group.shown(formatter)))
        described += [
            Datum((group.label, row.label), data.value_head, row.value, row.shown(formatter)) for row in group.rows
        ]
    if data.years:
        described += [
            Datum((data.years.title, year.label), data.value_head, year.value, year.shown(formatter))
            for year in data.years.years
        ]
    return described


FORM = ChartForm("unit_chart", UnitChart, draw, rows)
__all__ = ["FORM", "MOST_UNITS", "UnitBracket", "UnitChart", "UnitGroup", "UnitRow", "Year"]
