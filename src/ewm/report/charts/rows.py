"""What rows of a chart share: wrapped labels, heads of series, marks in lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.measure import CAPITAL, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ewm.report.charts.style import Kind, Style


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """Head of a panel: the series' name, its kind (colour and mark), and a note such as its n."""

    label: str
    kind: Kind
    note: str = ""


def write_heads(canvas: Canvas, heads: Sequence[SeriesHead], lefts: Sequence[float], *, marks: bool) -> float:
    """Write the heads of panels, the note beside the name or below it where it does not fit; returns the y below."""
    size, bottom = canvas.style.size, 0.0
    for position, (head, left) in enumerate(zip(heads, lefts, strict=True)):
        series = canvas.style.series[head.kind]
        right = lefts[position + 1] - 8 if position + 1 < len(lefts) else canvas.width
        x = left
        if marks:
            canvas.mark(x + 3.5, 6, shape=series.mark, diameter=_MARKS[series.mark], fill=series.fill)
            x += 12
        lines = wrap(head.label, right - x, size.title, 600)
        y = canvas.lines(x, 9, lines, size=size.title, weight=600, fill=series.text)
        after = x + width_of(lines[-1], size.title, 600) + 10
        if head.note and after + width_of(head.note, size.small) <= right:
            canvas.text(after, y, head.note, size=size.small, fill=canvas.style.colour.grey)
        elif head.note:
            notes = wrap(head.note, right - x, size.small)
            y = canvas.lines(x, y + 10, notes, size=size.small, fill=canvas.style.colour.grey)
        bottom = max(bottom, y)
    return bottom + 6


def head_width(head: SeriesHead, style: Style) -> float:
    """Width of a head in one line, without its mark."""
    note = width_of(head.note, style.size.small) + 10 if head.note else 0.0
    return width_of(head.label, style.size.title, 600) + note


_MARKS = {"circle": 7.0, "diamond": 8.0}


def label_width(labels: Iterable[str], style: Style, *, least: float, most: float, indent: float = 0) -> float:
    """Width of the column of labels: that of the longest with its indent and a gap, within limits."""
    widest = max((width_of(label, style.size.label) for label in labels), default=0.0)
    return min(max(widest + indent + 10, least), most)


def row_height(lines: Sequence[str], style: Style, least: float) -> float:
    """Height of a row with so many lines of label."""
    return max(least, len(lines) * style.size.label * LINE_HEIGHT + 3)


def write_middle(canvas: Canvas, x: float, middle: float, lines: Sequence[str], **how: Any) -> None:
    """Write the lines of a label centred on the middle of its row."""
    size = how.get("size") or canvas.style.size.label
    first = middle + size * CAPITAL / 2 - (len(lines) - 1) * size * LINE_HEIGHT / 2
    canvas.lines(x, first, lines, **how)
