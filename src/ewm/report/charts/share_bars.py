"""Form: bars of 100 % with the count in each segment, the first segment's share at its end, and n at the left.

A change in counting is a red dashed line between two rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import write_middle

if TYPE_CHECKING:
    from ewm.report.charts.style import Kind, Series, Style
    from ewm.report.numbers import Formatter

_LEAST_LEFT, _MOST_LABEL = 150.0, 110.0
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
    frame = _frame(data, canvas)
    y = frame.write_segments()
    for position, group in enumerate(data.groups):
        if position:
            canvas.rule(y + 5)
            y += 10
        y = frame.draw_group(group, y)
    canvas.height = y
    return canvas


def _frame(data: ShareBars, canvas: Canvas) -> _Frame:
    """Edges of the columns at the left: names of the series, years, n."""
    style, size = canvas.style, canvas.style.size
    bars = [bar for group in data.groups for bar in group.bars]
    labels = max(width_of(group.label, size.title, 600) for group in data.groups)
    years = max((width_of(bar.year, size.label, 600) for bar in bars), default=0.0)
    counts = max((width_of(style.formatter.in_table(bar.n), size.label, 600) for bar in bars), default=0.0)
    label = min(labels, _MOST_LABEL)
    left = max(label + years + counts + 30, _LEAST_LEFT, width_of(data.count_head, size.small) + 8)
    return _Frame(canvas, data, left, left - 8 - counts - 10, label)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The chart with its columns: left edge of the bars, right edge of the years, width for the series' names."""

    canvas: Canvas
    data: ShareBars
    left: float
    years: float
    label: float

    def write_segments(self) -> float:
        canvas, style, size = self.canvas, self.canvas.style, self.canvas.style.size.small
        kinds = dict.fromkeys(group.kind for group in self.data.groups)
        fills = [_fills(style.series[kind], style, len(self.data.segments)) for kind in kinds]
        canvas.text(self.left - 8, 9, self.data.count_head, size=size, fill=style.colour.grey, align="right")
        x, y = self.left, 9.0
        for place, name in enumerate(self.data.segments):
            weight = 400 if place else 600
            need = len(fills) * 8 + 4 + width_of(name, size, weight)
            if x > self.left and x + need > style.width:
                x, y = self.left, y + 13
            for series in fills:
                fill, stroke, _ = series[place]
                canvas.rect(x, y - 6.5, 7, 7, fill=fill, stroke=stroke)
                x += 8
            x = canvas.text(x + 4, y, name, size=size, weight=weight) + 12
        return y + 7

    def draw_group(self, group: ShareGroup, y: float) -> float:
        label = wrap(group.label, self.label, self.canvas.style.size.title, 600)
        for position, bar in enumerate(group.bars):
            if bar.break_above and position:
                self._break(y + 2)
                y += 4
            tall = _ROW if position else max(_ROW, len(label) * self.canvas.style.size.title * LINE_HEIGHT + 4)
            middle = y + tall / 2
            if not position:
                fill = self.canvas.style.series[group.kind].text
                write_middle(self.canvas, 0, middle, label, size=self.canvas.style.size.title, weight=600, fill=fill)
            y += tall + (_CALLOUT if self._draw_bar(group, bar, middle) else 0.0)
        return y

    def _break(self, y: float) -> None:
        points = [(0.0, y), (self.canvas.width, y)]
        self.canvas.path(points, stroke=self.canvas.style.colour.method, width=0.9, dash=(3.5, 2.2))

    def _draw_bar(self, group: ShareGroup, bar: ShareBar, middle: float) -> bool:
        """Draw one row; returns whether counts had to be written below their segments."""
        canvas, style, colour = self.canvas, self.canvas.style, self.canvas.style.colour
        weight, fill = (600, colour.ink) if bar.current else (400, colour.grey)
        canvas.centred(self.years, middle, bar.year, weight=weight, fill=fill, align="right")
        canvas.centred(self.left - 8, middle, style.formatter.in_table(bar.n), weight=weight, align="right")
        if not bar.n:
            canvas.centred(self.left, middle, style.formatter.in_table(0), fill=colour.grey)
        narrow = []
        fills = _fills(style.series[group.kind], style, len(bar.counts))
        for place, (left, right) in enumerate(self._segments(bar)):
            shade, stroke, ink = fills[place]
            gap = 0.8 if place and not stroke else 0.0
            item = Item(f"{self.data.segments[place]} {bar.year}", bar.counts[place])
            canvas.rect(
                left + gap, middle - _THICK / 2, right - left - gap, _THICK, fill=shade, stroke=stroke,
                tip=item.tip(style.formatter),
            )  # fmt: skip
            if item.size and not _write_count(canvas, bar, place, (left, right), middle, ink=ink):
                narrow.append(((left + right) / 2, item.shown(style.formatter)))
        self._write_below(narrow, middle + _THICK / 2)
        return bool(narrow)

    def _segments(self, bar: ShareBar) -> list[tuple[float, float]]:
        """Left and right of each segment, by cumulated counts, so that rounding never opens a gap."""
        room = self.canvas.width - self.left
        ends = [self.left + room * done / bar.n for done in accumulate(bar.counts)] if bar.n else []
        return list(pairwise([self.left, *ends]))

    def _write_below(self, narrow: list[tuple[float, str]], y: float) -> None:
        """Write counts below their segments, pushed apart from the right, each with a short line to its segment."""
        style, limit = self.canvas.style, self.canvas.width
        for foot, text in reversed(narrow):
            wide = width_of(text, style.size.small, 500)
            x = min(foot, limit - wide / 2)
            self.canvas.path([(foot, y), (x, y + 3)], stroke=style.colour.grey, width=0.6)
            self.canvas.text(x, y + 10, text, size=style.size.small, weight=500, align="center")
            limit = x - wide / 2 - 5


def _fills(series: Series, style: Style, segments: int) -> list[tuple[str, str | None, str]]:
    """Fill, outline and text colour of each segment; the last is white, as every remainder."""
    ink = style.colour.ink
    solid: list[tuple[str, str | None, str]] = [
        (series.fill, None, series.on_fill),
        (series.mid, None, ink),
        (series.light, None, ink),
    ]
    return [*solid[: segments - 1], (style.colour.paper, series.fill, ink)]


def _write_count(
    canvas: Canvas, bar: ShareBar, place: int, span: tuple[float, float], middle: float, *, ink: str
) -> bool:
    """Write the count into its segment, in the first one also the share; returns whether the count fits."""
    style, weight = canvas.style, 600 if bar.current else 500
    left, right = span
    text = style.formatter.integer(bar.counts[place])
    wide, share = (width_of(shown, style.size.label, weight) for shown in (text, bar.share))
    if wide + 2 > right - left:
        return False
    if place or wide + share + 20 > right - left:
        canvas.centred((left + right) / 2, middle, text, weight=weight, fill=ink, align="center")
        return True
    canvas.centred(left + 6, middle, text, weight=weight, fill=ink)
    canvas.centred(right - 6, middle, bar.share, weight=weight, fill=ink, align="right")
    return True


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
