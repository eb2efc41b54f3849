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
    y = 0.0
    for block in data.blocks:
        y = _draw_block(canvas, data, block, left, rights, scale, y)
    canvas.height = y - 7
    return canvas


def _share_columns(data: BarBlocks, style: Style) -> list[float]:
    """Right edges of the share columns, the last at the edge of the chart."""
    wide = [max(width_of(head, style.size.small, 600), _SHARES) + _SHARE_GAP for head in data.share_heads]
    return [style.width - sum(wide[place + 1 :]) for place in range(len(wide))]


def _scale(bars: Sequence[BlockBar], style: Style, room: float) -> Scale:
    """Leave room for every value; where an outlined part is too short for its label, also for that beside the bar."""
    after = [width_of(bar.shown(style.formatter), style.size.label, 600) + 5 for bar in bars]
    scale = Scale((bar.size for bar in bars), room, _UNIT, after)
    for place, bar in enumerate(bars):
        if bar.outlined and not _fits(bar.outlined, scale(bar.outlined.size), style):
            after[place] += width_of(bar.outlined.label, style.size.small) + 8
    return Scale((bar.size for bar in bars), room, _UNIT, after)


def _fits(part: Item, long: float, style: Style) -> bool:
    return width_of(part.label, style.size.small, 600) + 4 <= long


def _draw_block(
    canvas: Canvas, data: BarBlocks, block: BarBlock, left: float, rights: list[float], scale: Scale, y: float
) -> float:
    style, colour = canvas.style, canvas.style.colour
    canvas.rule(y + 0.5)
    first = y == 0
    room = (rights[0] - _SHARES - 26) if rights and first else style.width
    title = wrap(block.title, room, style.size.title, 600)
    if first:
        for place, (head, right) in enumerate(zip(data.share_heads, rights, strict=True)):
            weight, fill = (400, colour.grey) if place else (600, colour.ink)
            canvas.text(right, y + 13, head, size=style.size.small, weight=weight, fill=fill, align="right")
    y = canvas.lines(0, y + 13, title, size=style.size.title, weight=600) + 4
    top = y
    for bar in block.bars:
        y = _draw_bar(canvas, data, bar, left, rights, scale, y)
    canvas.path([(left, top), (left, y)], stroke=colour.ink, width=0.9)
    return y + 8


def _draw_bar(
    canvas: Canvas, data: BarBlocks, bar: BlockBar, left: float, rights: list[float], scale: Scale, y: float
) -> float:
    style, series = canvas.style, canvas.style.series[data.kind]
    lines = wrap(bar.label, left - _INDENT - 6, style.size.label)
    tall = row_height(lines, style, _ROW)
    middle, long = y + tall / 2, scale(bar.size)
    dim = style.colour.ink if bar.size else style.colour.grey
    write_middle(canvas, _INDENT, middle, lines, fill=dim)
    canvas.rect(left, middle - _THICK / 2, long, _THICK, fill=series.fill, tip=bar.tip(style.formatter))
    beside = _draw_outlined(canvas, bar, left, middle, scale, series.fill)
    end = canvas.centred(left + long + 5, middle, bar.shown(style.formatter), weight=600, fill=dim)
    if beside:
        canvas.centred(end + 5, middle, beside, size=style.size.small, fill=style.colour.grey)
    for place, (share, right) in enumerate(zip(bar.shares, rights, strict=True)):
        canvas.centred(right, middle, share, fill=style.colour.grey if place else dim, align="right")
    return y + tall


def _draw_outlined(canvas: Canvas, bar: BlockBar, left: float, middle: float, scale: Scale, stroke: str) -> str:
    """Outline the last part of a bar; returns its label where it is wider than the part and must stand beside."""
    part, style = bar.outlined, canvas.style
    if part is None or not part.size:
        return ""
    begin, end = left + scale(bar.size - part.size), left + scale(bar.size)
    canvas.rect(
        begin, middle - _THICK / 2, end - begin, _THICK, fill=style.colour.paper, stroke=stroke,
        tip=part.tip(style.formatter),
    )  # fmt: skip
    if not _fits(part, end - begin, style):
        return part.label
    canvas.centred((begin + end) / 2, middle, part.label, size=style.size.small, weight=600, align="center")
    return ""


def rows(data: BarBlocks, formatter: Formatter) -> list[Datum]:
    """Blocks and their bars: value, outlined part, shares."""
    described = []
    for block in data.blocks:
        for bar in block.bars:
            path = (block.title, bar.label)
            described.append(Datum(path, data.value_head, bar.value, bar.shown(formatter)))
            described += [
                Datum(path, head, None, share) for head, share in zip(data.share_heads, bar.shares, strict=True)
            ]
            if bar.outlined:
                part = bar.outlined
                described.append(Datum((*path, part.label), data.value_head, part.value, part.shown(formatter)))
    return described


FORM = ChartForm("bar_blocks", BarBlocks, draw, rows)
