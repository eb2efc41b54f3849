"""Form: rows of sub-categories inside the envelope of their union, panels on one scale, the union at a bracket.

That the union is no sum can be seen: it is at least the longest row and at most all rows together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.charts.canvas import Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import SeriesHead, label_width, row_height, write_heads, write_middle
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from ewm.report.charts.style import Style
    from ewm.report.numbers import Formatter

_INDENT, _LEAST_LABELS, _MOST_LABELS = 13.0, 163.0, 176.0
_ROW, _THICK, _UNIT = 12.4, 7.0, 6.0


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """A sub-category: one value per panel (None: not collected)."""

    label: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class EnvelopeGroup:
    """A category: its number, its unions (one per panel), its sub-categories."""

    number: str
    label: str
    unions: tuple[int | None, ...]
    rows: tuple[EnvelopeRow, ...]


@dataclass(frozen=True, slots=True)
class EnvelopeRows:
    """Heads of the panels and the groups in content order."""

    heads: tuple[SeriesHead, ...]
    groups: tuple[EnvelopeGroup, ...]


def draw(data: EnvelopeRows, style: Style) -> Canvas:
    """Draw groups with a rule above each; raises ContentError where a union is below a row or above the rows' sum."""
    require(data.heads, "die Reihe der Felder")
    require(data.groups, "die Reihe der Gruppen")
    _check(data)
    canvas = Canvas(style)
    labels = [row.label for group in data.groups for row in group.rows]
    left = label_width(labels, style, least=_LEAST_LABELS, most=_MOST_LABELS, indent=_INDENT)
    span = (style.width - left) / len(data.heads)
    lefts = [left + span * place for place in range(len(data.heads))]
    unions = [union or 0 for group in data.groups for union in group.unions]
    value, total = (_widest(unions, style, size) for size in (style.size.small, style.size.total))
    scale = Scale(unions, span - value - total - 34, _UNIT)
    y = write_heads(canvas, data.heads, lefts, marks=True)
    for group in data.groups:
        y = _Group(canvas, data, group, lefts, scale).draw(y)
    canvas.height = y - 4
    return canvas


def _widest(values: list[int], style: Style, size: float) -> float:
    return max(width_of(style.formatter.in_table(value), size, 700) for value in values)


def _check(data: EnvelopeRows) -> None:
    for group in data.groups:
        for place, union in enumerate(group.unions):
            values = [value for row in group.rows if (value := row.values[place]) is not None]
            if union is None or len(values) < max(len(group.rows), 1):
                continue
            if not max(values) <= union <= sum(values):
                raise ContentError(
                    f"„{group.label}“ zählt {union}, seine Unterkategorien {', '.join(map(str, values))}: Die "
                    "Vereinigung muss mindestens so groß sein wie die größte von ihnen und höchstens so groß wie "
                    "ihre Summe. Bitte prüfen, ob beide aus denselben Zuordnungen gezählt sind."
                )


@dataclass(frozen=True, slots=True)
class _Group:
    """One category at its place."""

    canvas: Canvas
    data: EnvelopeRows
    group: EnvelopeGroup
    lefts: list[float]
    scale: Scale

    def draw(self, y: float) -> float:
        canvas, group, style = self.canvas, self.group, self.canvas.style
        canvas.rule(y + 0.5)
        indent = _INDENT if group.number else 0.0
        canvas.text(0, y + 12.5, group.number, weight=600, fill=style.colour.grey)
        title = wrap(group.label, style.width - indent, style.size.label, 600)
        top = canvas.lines(indent, y + 12.5, title, weight=600) + 4
        shown = group.rows or (EnvelopeRow("", group.unions),)
        lines = [wrap(row.label, self.lefts[0] - indent - 8, style.size.label) for row in shown]
        edges = [top]
        for text in lines:
            edges.append(edges[-1] + row_height(text, style, _ROW))
        for row, text, a, b in zip(shown, lines, edges, edges[1:], strict=False):
            dim = style.colour.ink if any(row.values) else style.colour.grey
            write_middle(canvas, indent, (a + b) / 2, text, fill=dim)
        for place in range(len(self.lefts)):
            self._panel(place, shown, edges)
        return edges[-1] + 8

    def _panel(self, place: int, shown: tuple[EnvelopeRow, ...], edges: list[float]) -> None:
        canvas, style, left = self.canvas, self.canvas.style, self.lefts[place]
        head = self.data.heads[place]
        series = style.series[head.kind]
        union = Item(f"{self.group.label}, {head.label}", self.group.unions[place])
        if self.group.rows:
            canvas.rect(
                left, edges[0], self.scale(union.size), edges[-1] - edges[0], fill=series.envelope,
                tip=union.tip(style.formatter),
            )  # fmt: skip
        ends = [left + self.scale(union.size)]
        for row, top, bottom in zip(shown, edges, edges[1:], strict=False):
            item = Item(f"{row.label or self.group.label}, {head.label}", row.values[place])
            middle, long = (top + bottom) / 2, self.scale(item.size)
            canvas.rect(left, middle - _THICK / 2, long, _THICK, fill=series.fill, tip=item.tip(style.formatter))
            text, strong = item.shown(style.formatter), not self.group.rows
            if strong:
                self._total(left + long + 6, middle, text, series.text)
            else:
                ends.append(canvas.centred(left + long + 4, middle, text, size=style.size.small, weight=600))
        canvas.path([(left, edges[0]), (left, edges[-1])], stroke=style.colour.ink, width=1.0)
        if self.group.rows:
            x = max(ends) + 8
            canvas.bracket(x, edges[0] + 0.4, edges[-1] - 0.4)
            self._total(x + 5, (edges[0] + edges[-1]) / 2, union.shown(style.formatter), series.text)

    def _total(self, x: float, middle: float, text: str, fill: str) -> None:
        self.canvas.centred(x, middle, text, size=self.canvas.style.size.total, weight=700, fill=fill)


def rows(data: EnvelopeRows, formatter: Formatter) -> list[Datum]:
    """Categories with their unions, each followed by its sub-categories; one column per panel."""
    described = []
    for group in data.groups:
        lines = [((group.label,), group.unions), *(((group.label, row.label), row.values) for row in group.rows)]
        for path, values in lines:
            described += [
                Datum(path, head.label, value, Item("", value).shown(formatter))
                for head, value in zip(data.heads, values, strict=True)
            ]
    return described


FORM = ChartForm("envelope_rows", EnvelopeRows, draw, rows)
