"""Form: bars of 100 % with the count in each segment, the first segment's share at its end, and n at the left.

A change in counting is a red dashed line between two rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.charts.canvas import Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import row_height, write_middle

if TYPE_CHECKING:
    from ewm.report.charts.style import Kind, Series, Style
    from ewm.report.numbers import Formatter

_BARS, _COUNT = 150.0, 142.0
_THICK, _ROW, _CALLOUT = 13.0, 19.0, 10.0
_MOST_SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One row: year, how many in all, the counts in the order of the segments, the first one's share as printed."""

    year: str
    counts: tuple[int, ...]
    share: str
    current: bool = False
    break_above: bool = False

    @property
    def n(self) -> int:
        """The whole of the bar."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class ShareGroup:
    """The rows of one series."""

    label: str
    kind: Kind
    bars: tuple[ShareBar, ...]


@dataclass(frozen=True, slots=True)
class ShareBars:
    """Names of the segments (two to four), head of the column of n, groups; ``share_head`` for the data table."""

    segments: tuple[str, ...]
    count_head: str
    groups: tuple[ShareGroup, ...]
    share_head: str = ""


def draw(data: ShareBars, style: Style) -> Canvas:
    """Draw the names of the segments with their fills, then the groups."""
    require(data.groups, "die Reihe der Gruppen")
    if not 2 <= len(data.segments) <= _MOST_SEGMENTS:
        raise ContentError(
            f"Anteilsbalken haben zwei bis {_MOST_SEGMENTS} Abschnitte, hier sind es {len(data.segments)}. "
            "Bitte Abschnitte zusammenfassen."
        )
    canvas = Canvas(style)
    y = _write_segments(canvas, data)
    for position, group in enumerate(data.groups):
        if position:
            canvas.rule(y + 5)
            y += 10
        y = _draw_group(canvas, group, data, y)
    canvas.height = y
    return canvas


def _fills(series: Series, style: Style, segments: int) -> list[tuple[str, str | None, str]]:
    """Fill, outline and text colour of each segment; the last is white, as every remainder."""
    ink = style.colour.ink
    solid: list[tuple[str, str | None, str]] = [
        (series.fill, None, series.on_fill),
        (series.mid, None, ink),
        (series.light, None, ink),
    ]
    return [*solid[: segments - 1], (style.colour.paper, series.fill, ink)]


def _year_edge(data: ShareBars, style: Style) -> float:
    """Right edge of the years: left of the widest n."""
    counts = (style.formatter.in_table(bar.n) for group in data.groups for bar in group.bars)
    widest = max((width_of(count, style.size.label, 600) for count in counts), default=0.0)
    return _COUNT - widest - 10


def _write_segments(canvas: Canvas, data: ShareBars) -> float:
    style, size = canvas.style, canvas.style.size.small
    kinds = dict.fromkeys(group.kind for group in data.groups)
    fills = [_fills(style.series[kind], style, len(data.segments)) for kind in kinds]
    canvas.text(_COUNT, 9, data.count_head, size=size, fill=style.colour.grey, align="right")
    x, y = _BARS, 9.0
    for place, name in enumerate(data.segments):
        weight = 400 if place else 600
        need = len(fills) * 8 + 4 + width_of(name, size, weight)
        if x > _BARS and x + need > style.width:
            x, y = _BARS, y + 13
        for series in fills:
            fill, stroke, _ = series[place]
            canvas.rect(x, y - 6.5, 7, 7, fill=fill, stroke=stroke)
            x += 8
        x = canvas.text(x + 4, y, name, size=size, weight=weight) + 12
    return y + 7


def _draw_group(canvas: Canvas, group: ShareGroup, data: ShareBars, y: float) -> float:
    style = canvas.style
    years = max(width_of(bar.year, style.size.label, 600) for bar in group.bars) if group.bars else 0.0
    label = wrap(group.label, _year_edge(data, style) - years - 6, style.size.title, 600)
    for position, bar in enumerate(group.bars):
        if bar.break_above:
            canvas.path([(0, y + 2), (style.width, y + 2)], stroke=style.colour.method, width=0.9, dash=(3.5, 2.2))
            y += 4
        callouts = _callouts(bar, style)
        least = row_height(label, style, _ROW) if position == len(group.bars) - 1 == 0 else _ROW
        middle = y + least / 2
        if position == 0:
            lines = {"size": style.size.title, "weight": 600, "fill": style.series[group.kind].text}
            if len(group.bars) == 1:
                write_middle(canvas, 0, middle, label, **lines)
            else:
                canvas.lines(0, middle + style.size.title * 0.345, label, **lines)
        _draw_bar(canvas, group, bar, data, middle)
        y += least + (_CALLOUT if callouts else 0.0)
    return y


def _segments(bar: ShareBar, style: Style) -> list[tuple[float, float]]:
    """Left and right of each segment, by cumulated counts, so that rounding never opens a gap."""
    room = style.width - _BARS
    ends = [_BARS + room * done / bar.n for done in accumulate(bar.counts)] if bar.n else []
    return list(zip([_BARS, *ends], ends, strict=False))


def _callouts(bar: ShareBar, style: Style) -> list[int]:
    """Segments whose count does not fit into them."""
    texts = [style.formatter.integer(count) for count in bar.counts]
    return [
        place
        for place, (left, right) in enumerate(_segments(bar, style))
        if bar.counts[place] and width_of(texts[place], style.size.label, 600) + 2 > right - left
    ]


def _draw_bar(canvas: Canvas, group: ShareGroup, bar: ShareBar, data: ShareBars, middle: float) -> None:
    style, colour = canvas.style, canvas.style.colour
    weight, fill = (600, colour.ink) if bar.current else (400, colour.grey)
    canvas.centred(_year_edge(data, style), middle, bar.year, weight=weight, fill=fill, align="right")
    canvas.centred(_COUNT, middle, style.formatter.in_table(bar.n), weight=weight, align="right")
    if not bar.n:
        canvas.centred(_BARS, middle, style.formatter.in_table(0), fill=colour.grey)
    fills, outside = _fills(style.series[group.kind], style, len(bar.counts)), _callouts(bar, style)
    for place, (left, right) in enumerate(_segments(bar, style)):
        shade, stroke, ink = fills[place]
        gap = 0.8 if place and not stroke else 0.0
        item = Item(f"{data.segments[place]} {bar.year}", bar.counts[place])
        canvas.rect(
            left + gap, middle - _THICK / 2, right - left - gap, _THICK, fill=shade, stroke=stroke,
            tip=item.tip(style.formatter),
        )  # fmt: skip
        if place not in outside and bar.counts[place]:
            _write_count(canvas, bar, place, left, right, middle, ink)
    _write_callouts(canvas, bar, outside, middle + _THICK / 2)


def _write_count(canvas: Canvas, bar: ShareBar, place: int, left: float, right: float, middle: float, ink: str) -> None:
    style, weight = canvas.style, 600 if bar.current else 500
    text = style.formatter.integer(bar.counts[place])
    if place:
        canvas.centred((left + right) / 2, middle, text, weight=weight, fill=ink, align="center")
        return
    share = width_of(bar.share, style.size.label, weight)
    both = width_of(text, style.size.label, weight) + share + 20 <= right - left
    at, align = ((left + 6), "left") if both else ((left + right) / 2, "center")
    canvas.centred(at, middle, text, weight=weight, fill=ink, align=align)
    if both:
        canvas.centred(right - 6, middle, bar.share, weight=weight, fill=ink, align="right")


def _write_callouts(canvas: Canvas, bar: ShareBar, outside: list[int], y: float) -> None:
    """Write counts of narrow segments below them, pushed apart, each with a short line to its segment."""
    style, segments = canvas.style, _segments(bar, canvas.style)
    limit = style.width
    placed = []
    for place in reversed(outside):
        left, right = segments[place]
        text = style.formatter.integer(bar.counts[place])
        wide = width_of(text, style.size.small, 500)
        x = min((left + right) / 2, limit - wide / 2)
        placed.append(((left + right) / 2, x, text))
        limit = x - wide / 2 - 5
    for foot, x, text in placed:
        canvas.path([(foot, y), (x, y + 3)], stroke=style.colour.grey, width=0.6)
        canvas.text(x, y + 10, text, size=style.size.small, weight=500, align="center")


def rows(data: ShareBars, formatter: Formatter) -> list[Datum]:
    """One row per bar: n, every segment, the first one's share."""
    described = []
    for group in data.groups:
        for bar in group.bars:
            path = (group.label, bar.year)
            described.append(Datum(path, data.count_head, bar.n, formatter.in_table(bar.n)))
            described += [
                Datum(path, name, count, formatter.in_table(count))
                for name, count in zip(data.segments, bar.counts, strict=True)
            ]
            described.append(Datum(path, data.share_head, None, bar.share))
    return described


FORM = ChartForm("share_bars", ShareBars, draw, rows)
