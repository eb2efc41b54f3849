"""Form: blocks of bars on one count scale, with columns of shares at the right and a part of a bar outlined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.charts.canvas import Canvas
from ewm.report.charts.form import ChartForm, Datum, Item, require
from ewm.report.charts.measure import width_of, wrap
from ewm.report.charts.rows import label_width, row_height, write_middle
from ewm.report.charts.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.report.charts.style import Kind, Style
    from ewm.report.numbers import Formatter

_INDENT, _LEAST_LABELS, _MOST_LABELS = 8.0, 120.0, 176.0
_ROW, _THICK, _UNIT = 14.0, 9.0, 24.0
_SHARES, _SHARE_GAP = 34.0, 14.0


@dataclass(frozen=True, slots=True)
class BlockBar(Item):
    """One bar: its printed shares, one per share column ("" where there is none), and a part drawn as outline."""

    shares: tuple[str, ...] = ()
    outlined: Item | None = None


@dataclass(frozen=True, slots=True)
class BarBlock:
    """A block with its title."""

    title: str
    bars: tuple[BlockBar, ...]


@dataclass(frozen=True, slots=True)
class BarBlocks:
    """Heads of the share columns (the first is the reporting year's) and the blocks."""

    blocks: tuple[BarBlock, ...]
    share_heads: tuple[str, ...] = ()
    kind: Kind = "project"
    value_head: str = ""


def draw(data: BarBlocks, style: Style) -> Canvas:
    """Draw all blocks on one scale."""
    require(data.blocks, "die Reihe der Blöcke")
    canvas = Canvas(style)
    labels = [bar.label for block in data.blocks for bar in block.bars]
    left = label_width(labels, style, least=_LEAST_LABELS, most=_MOST_LABELS, indent=_INDENT)
    rights = _share_columns(data, style)
    room = min(rights, default=style.width + _SHARES) - _SHARES - left - 6
    scale = _scale([bar for block in data.blocks for bar in block.bars], style, room)
    frame, y = _Frame(canvas, data, left, rights, scale), 0.0
    for block in data.blocks:
        y = frame.draw_block(block, y)
    canvas.height = y - 7
    return canvas


def _share_columns(data: BarBlocks, style: Style) -> list[float]:
    """Right edges of the share columns, the last at the edge of the chart."""
    wide = [max(width_of(head, style.size.small, 600), _SHARES) + _SHARE_GAP for head in data.share_heads]
    return [style.width - sum(wide[place + 1 :]) for place in range(len(wide))]


def _scale(bars: Sequence[BlockBar], style: Style, room: float) -> Scale:
    """Leave room for every value and, beside bars whose outlined part is too short for its label, for that too.

    Shorter bars may leave further labels without room, so this goes on until none is left over.
    """
    after = [width_of(bar.shown(style.formatter), style.size.label, 600) + 5 for bar in bars]
    beside: set[int] = set()
    while True:
        scale = Scale((bar.size for bar in bars), room, _UNIT, after)
        unfit = {n for n, bar in enumerate(bars) if bar.outlined and not _fits(bar, scale, style)} - beside
        if not unfit:
            return scale
        beside |= unfit
        for n in unfit:
            after[n] += width_of(_part(bars[n]).label, style.size.small) + 8


def _part(bar: BlockBar) -> Item:
    return bar.outlined or Item("", 0)


def _edges(bar: BlockBar, scale: Scale) -> tuple[float, float]:
    """Begin and end of the outlined part, from the bar's left edge."""
    return scale(bar.size - _part(bar).size), scale(bar.size)


def _fits(bar: BlockBar, scale: Scale, style: Style) -> bool:
    begin, end = _edges(bar, scale)
    return width_of(_part(bar).label, style.size.small, 600) + 4 <= end - begin


@dataclass(frozen=True, slots=True)
class _Frame:
    """The chart with its columns: left edge of the bars, right edges of the shares."""

    canvas: Canvas
    data: BarBlocks
    left: float
    rights: list[float]
    scale: Scale

    def draw_block(self, block: BarBlock, y: float) -> float:
        canvas, size = self.canvas, self.canvas.style.size
        canvas.rule(y + 0.5)
        room = canvas.width
        if not y and self.rights:
            self._write_share_heads()
            room = self.rights[0] - _SHARES - 26
        title = wrap(block.title, room, size.title, 600)
        y = canvas.lines(0, y + 13, title, size=size.title, weight=600) + 4
        top = y
        for bar in block.bars:
            y += self._draw_bar(bar, y)
        canvas.path([(self.left, top), (self.left, y)], stroke=canvas.style.colour.ink, width=0.9)
        return y + 8

    def _write_share_heads(self) -> None:
        colour, small = self.canvas.style.colour, self.canvas.style.size.small
        for place, (head, right) in enumerate(zip(self.data.share_heads, self.rights, strict=True)):
            weight, fill = (400, colour.grey) if place else (600, colour.ink)
            self.canvas.text(right, 13, head, size=small, weight=weight, fill=fill, align="right")

    def _draw_bar(self, bar: BlockBar, y: float) -> float:
        canvas, style, grey = self.canvas, self.canvas.style, self.canvas.style.colour.grey
        lines = wrap(bar.label, self.left - _INDENT - 6, style.size.label)
        tall, long = row_height(lines, style, _ROW), self.scale(bar.size)
        middle, dim = y + tall / 2, style.colour.ink if bar.size else grey
        write_middle(canvas, _INDENT, middle, lines, fill=dim)
        fill = style.series[self.data.kind].fill
        canvas.rect(self.left, middle - _THICK / 2, long, _THICK, fill=fill, tip=bar.tip(style.formatter))
        end = canvas.centred(self.left + long + 5, middle, bar.shown(style.formatter), weight=600, fill=dim)
        if bar.outlined and bar.outlined.size:
            self._draw_outlined(bar, middle, fill, end)
        for place, (share, right) in enumerate(zip(bar.shares, self.rights, strict=True)):
            canvas.centred(right, middle, share, fill=grey if place else dim, align="right")
        return tall

    def _draw_outlined(self, bar: BlockBar, middle: float, stroke: str, after: float) -> None:
        """Outline the last part of a bar; its label stands inside or, where it is too long, after the value."""
        canvas, style, part = self.canvas, self.canvas.style, _part(bar)
        begin, end = (self.left + edge for edge in _edges(bar, self.scale))
        canvas.rect(
            begin, middle - _THICK / 2, end - begin, _THICK, fill=style.colour.paper, stroke=stroke,
            tip=part.tip(style.formatter),
        )  # fmt: skip
        if _fits(bar, self.scale, style):
            canvas.centred((begin + end) / 2, middle, part.label, size=style.size.small, weight=600, align="center")
        else:
            canvas.centred(after + 5, middle, part.label, size=style.size.small, fill=style.colour.grey)


def rows(data: BarBlocks, formatter: Formatter) -> list[Datum]:
    """Blocks and their bars: value, outlined part, shares."""
    described = []
    for block in data.blocks:
        for bar in block.bars:
            path = (block.title, bar.label)
            described.append(Datum(path, data.value_head, bar.value, bar.shown(formatter)))
            shares = zip(data.share_heads, bar.shares, strict=True)
            described += [Datum(path, head, None, share) for head, share in shares if share]
            if bar.outlined:
                part = bar.outlined
                described.append(Datum((*path, part.label), data.value_head, part.value, part.shown(formatter)))
    return described


FORM = ChartForm("bar_blocks", BarBlocks, draw, rows)
