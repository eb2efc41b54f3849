"""Form: columns whose solid part lies inside the outlined whole, panels on one scale, with a row of shares below.

An outlier gets a bracket with its name and the value without it; the axis is never broken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.columns import Slots, Year, base_line, widest_text, year_labels
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import CAPITAL, width_of, wrap
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

_LABELS, _GAP, _TALLEST = 64.0, 34.0, 103.0
_LABEL_ROOM, _INSIDE = 13.0, 12.0
_BRACKET, _ENOUGH, _BETWEEN = 4.0, 80.0, 12.0


@dataclass(frozen=True, slots=True)
class StackColumn:
    """One year: the whole, and the part of it that is drawn solid (None: not collected)."""

    year: Year
    part: Item


@dataclass(frozen=True, slots=True)
class Outlier:
    """A large single amount inside one column of the first panel that holds it: position of the column, text."""

    position: int
    amount: int
    text: str


@dataclass(frozen=True, slots=True)
class StackPanel:
    """A panel: title, unit (printed once), its columns, and at most one outlier."""

    title: str
    unit: str
    columns: tuple[StackColumn, ...]
    outlier: Outlier | None = None


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Shares below the first panel's columns, with a label at the left and an explanation at the right."""

    label: str
    shares: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackedColumns:
    """Panels on one scale; the two labels say at the first column what whole and part are."""

    panels: tuple[StackPanel, ...]
    whole_label: str
    part_label: str
    shares: ShareLine | None = None
    kind: Kind = "project"


def draw(data: StackedColumns, style: Style) -> Canvas:
    """Draw panels side by side, or below each other where their values would touch; all on one scale."""
    require(data.panels, "die Reihe der Felder")
    for panel in data.panels:
        require(panel.columns, f"die Reihe der Jahre von „{panel.title}“")
    canvas = Canvas(style)
    scale = Scale((column.year.size for panel in data.panels for column in panel.columns), _TALLEST)
    rows = [_plots(canvas, data, data.panels, 0.0, scale)]
    if any(plot.tight for plot in rows[0]):
        rows = [_plots(canvas, data, (panel,), 0.0, scale) for panel in data.panels]
    y = 0.0
    for position, row in enumerate(rows):
        y = _draw_row(canvas, data, [replace(plot, top=y) for plot in row], shares=not position) + _BETWEEN
    canvas.height = y - _BETWEEN
    return canvas


def _plots(canvas: Canvas, data: StackedColumns, panels: Sequence[StackPanel], top: float, scale: Scale) -> list[_Plot]:
    wide = (canvas.width - _LABELS - _GAP * (len(panels) - 1)) / len(panels)
    lefts = [_LABELS + position * (wide + _GAP) for position in range(len(panels))]
    return [
        _Plot(canvas, data, panel, left, left + wide, top, scale) for panel, left in zip(panels, lefts, strict=True)
    ]


def _draw_row(canvas: Canvas, data: StackedColumns, plots: list[_Plot], *, shares: bool) -> float:
    """Draw plots beside each other; room above the columns grows with an outlier's text. Returns the y below."""
    style, scale, top = canvas.style, plots[0].scale, plots[0].top
    lines = max(len(plot.head) for plot in plots)
    tallest = max(scale(column.year.size) for plot in plots for column in plot.panel.columns)
    above = 12 + (lines - 1) * 11 + max(plot.headroom(tallest) for plot in plots)
    base = top + max(above + tallest, _side_height(data, style))
    for plot in plots:
        plot.draw(base)
    _write_side(canvas, data, plots[0].panel.columns[0], scale, base)
    if shares and data.shares:
        return _write_shares(canvas, data.shares, plots, base)
    return base + 16


@dataclass(frozen=True, slots=True)
class _Plot:
    """One panel between ``left`` and ``right``, its title at ``top``."""

    canvas: Canvas
    data: StackedColumns
    panel: StackPanel
    left: float
    right: float
    top: float
    scale: Scale

    @property
    def head(self) -> list[str]:
        """Title and unit, in one line or two."""
        style = self.canvas.style
        wide = width_of(self.panel.title, style.size.title, 600) + 8 + width_of(self.panel.unit, style.size.small)
        one = self.slots.span[0] + wide <= self.right or not self.panel.unit
        return [self.panel.title] if one else [self.panel.title, self.panel.unit]

    @property
    def tight(self) -> bool:
        """Whether values would touch each other, or a neighbour's value the outlier's bracket."""
        slots = self.slots
        label = widest_text([column.year for column in self.panel.columns], self.canvas.style)
        bracket = slots.column / 2 + _BRACKET + 5 + label / 2 if self.panel.outlier else 0.0
        return len(self.panel.columns) > 1 and slots.pitch < max(label + 3, bracket)

    @property
    def slots(self) -> Slots:
        years = [column.year for column in self.panel.columns]
        return Slots.flush(self.left + 4, self.right, len(years), widest_text(years, self.canvas.style))

    def headroom(self, tallest: float) -> float:
        """Room above the tallest column of the chart: a value, and as much of an outlier's text as rises above it."""
        if self.panel.outlier is None:
            return _LABEL_ROOM
        top = self._text_bottom(0.0) - len(self._note()) * self._pitch
        return max(_LABEL_ROOM, -top - tallest + 2)

    @property
    def _pitch(self) -> float:
        return self.canvas.style.size.label * LINE_HEIGHT

    def _bracket_x(self, *, right: bool) -> float:
        slots, at = self.slots, self.panel.outlier.position if self.panel.outlier else 0
        reach = slots.column / 2 + 3 + _BRACKET
        return slots.middle(at) + (reach if right else -reach)

    def _rooms(self) -> tuple[float, float]:
        """Room for the outlier's text over the columns after it, and over those before it."""
        return self.right - self._bracket_x(right=True) - 5, self._bracket_x(right=False) - 5 - self.left

    def _goes_right(self) -> bool:
        after, before = self._rooms()
        return after >= min(before, _ENOUGH)

    def _note(self) -> list[str]:
        if self.panel.outlier is None:
            return []
        room = self._rooms()[0 if self._goes_right() else 1]
        return wrap(self.panel.outlier.text, room, self.canvas.style.size.label)

    def _text_bottom(self, base: float) -> float:
        """Lowest y for the text: its first line at the bracket's top, but above every value that it passes over."""
        if self.panel.outlier is None:
            return base
        at, columns = self.panel.outlier.position, self.panel.columns
        passed = columns[at + 1 :] if self._goes_right() else columns[:at]
        own = base - self.scale(columns[at].year.size) + len(self._note()) * self._pitch
        tops = [base - self.scale(column.year.size) - _LABEL_ROOM for column in passed]
        return min([own, base - 2, *tops])

    def draw(self, base: float) -> None:
        style, slots = self.canvas.style, self.slots
        after = self.canvas.text(slots.span[0], self.top + 9, self.panel.title, size=style.size.title, weight=600)
        x, y = (slots.span[0], self.top + 20) if len(self.head) > 1 else (after + 8, self.top + 9)
        self.canvas.text(x, y, self.panel.unit, size=style.size.small, fill=style.colour.grey)
        for position, column in enumerate(self.panel.columns):
            self._column(column, slots.middle(position), base)
        base_line(self.canvas, slots, base)
        year_labels(self.canvas, [column.year for column in self.panel.columns], slots, base + 12)
        self._outlier(base)

    def _column(self, column: StackColumn, x: float, base: float) -> None:
        style, series, wide = self.canvas.style, self.canvas.style.series[self.data.kind], self.slots.column
        shown = style.formatter
        tall, solid = self.scale(column.year.size), self.scale(column.part.size)
        fill = series.fill if column.year.current else series.mid
        self.canvas.rect(
            x - wide / 2, base - tall, wide, tall, fill=style.colour.paper, stroke=series.fill,
            tip=f"{self.data.whole_label} {column.year.tip(shown)}",
        )  # fmt: skip
        self.canvas.rect(
            x - wide / 2, base - solid, wide, solid, fill=fill,
            tip=f"{self.data.part_label} {column.year.label}: {column.part.shown(shown)}",
        )  # fmt: skip
        self.canvas.text(x, base - tall - 4, column.year.shown(shown), weight=600, align="center")
        if column.year.size:
            middle = part_middle(tall, solid)
            white = middle < solid and column.year.current
            text = column.part.shown(shown)
            fits = width_of(text, style.size.label, 500) <= wide - 2
            if fits and middle < tall:
                ink = series.on_fill if white else style.colour.ink
                self.canvas.centred(x, base - middle, text, weight=500, fill=ink, align="center")

    def _outlier(self, base: float) -> None:
        outlier = self.panel.outlier
        if outlier is None:
            return
        style, x = self.canvas.style, self._bracket_x(right=self._goes_right())
        top = base - self.scale(self.panel.columns[outlier.position].year.size)
        leg = _BRACKET if self._goes_right() else -_BRACKET
        self.canvas.bracket(x, top, top + self.scale(outlier.amount), leg=leg)
        bottom, lines = self._text_bottom(base), self._note()
        first = bottom - (len(lines) - 1) * self._pitch - self._pitch / 2 + style.size.label * CAPITAL / 2
        if bottom < top:
            self.canvas.path([(x, top), (x, bottom)], stroke=style.colour.ink, width=0.9)
        beside = x + 5 if self._goes_right() else x - 5
        self.canvas.lines(beside, first, lines, align="left" if self._goes_right() else "right")


def part_middle(tall: float, solid: float) -> float:
    """Height above the base of the part's value: inside the solid, else in the rest above it, else out of the column.

    A value that fits nowhere is not printed twice: the data table has it.
    """
    if solid >= _INSIDE:
        return solid - 7.5
    if tall - solid >= _INSIDE:
        return solid + 6.0
    return tall + 1.0


def _side_lines(data: StackedColumns, style: Style) -> tuple[list[str], list[str]]:
    whole = wrap(data.whole_label, _LABELS - 6, style.size.label, 600)
    return whole, wrap(data.part_label, _LABELS - 6, style.size.label)


def _side_height(data: StackedColumns, style: Style) -> float:
    whole, part = _side_lines(data, style)
    return (len(whole) + len(part)) * style.size.label * LINE_HEIGHT + 4


def _write_side(canvas: Canvas, data: StackedColumns, first: StackColumn, scale: Scale, base: float) -> None:
    """Say at the height of the first column's two values what they are, one below the other in any case."""
    style = canvas.style
    tall, solid = scale(first.year.size), scale(first.part.size)
    whole, part = _side_lines(data, style)
    pitch = style.size.label * LINE_HEIGHT
    part_y = min(base - part_middle(tall, solid) + 3, base - (len(part) - 1) * pitch - 1)
    whole_y = min(base - tall - 4 - (len(whole) - 1) * pitch, part_y - pitch * len(whole) - 2)
    canvas.lines(0, whole_y, whole, weight=600)
    canvas.lines(0, part_y, part)


def _write_shares(canvas: Canvas, shares: ShareLine, plots: list[_Plot], base: float) -> float:
    style = canvas.style
    top = base + 20
    canvas.rule(top)
    label = wrap(shares.label, _LABELS, style.size.small)
    columns, slots = plots[0].panel.columns, plots[0].slots
    left = plots[1].slots.span[0] if len(plots) > 1 else 0.0
    note = wrap(shares.note, style.width - left, style.size.small) if shares.note else []
    lines = max(len(label), len(note))
    middle = top + 4 + lines * style.size.label * LINE_HEIGHT / 2 + 3
    pitch = style.size.label * LINE_HEIGHT
    first = middle + style.size.label * CAPITAL / 2
    small = style.size.small * LINE_HEIGHT
    canvas.lines(0, first - (len(label) - 1) * small / 2, label, size=style.size.small, fill=style.colour.grey)
    for position, (column, share) in enumerate(zip(columns, shares.shares, strict=True)):
        weight = 600 if column.year.current else 400
        canvas.text(slots.middle(position), first, share, weight=weight, align="center")
    if len(plots) == 1 and note:
        end = canvas.lines(0, first + lines * pitch + 3, note, size=style.size.small, fill=style.colour.grey)
        return end + 4
    canvas.lines(left, first - (len(note) - 1) * small / 2, note, size=style.size.small, fill=style.colour.grey)
    return middle + lines * pitch / 2 + 5


def rows(data: StackedColumns, formatter: Formatter) -> list[Datum]:
    """Per panel a row for the whole, one for the part, and the shares; one column per year."""
    described = []
    for panel in data.panels:
        for column in panel.columns:
            year = column.year
            described.append(Datum((panel.title, data.whole_label), year.label, year.value, year.shown(formatter)))
        for column in panel.columns:
            part = column.part
            path = (panel.title, data.part_label)
            described.append(Datum(path, column.year.label, part.value, part.shown(formatter)))
    if data.shares:
        years = (column.year.label for column in data.panels[0].columns)
        described += [
            Datum((data.shares.label,), year, None, share)
            for year, share in zip(years, data.shares.shares, strict=True)
        ]
    return described


FORM = ChartForm("stacked_columns", StackedColumns, draw, rows)
