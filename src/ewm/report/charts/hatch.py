"""Hatching by lines cut at the outline (no pattern fills: every renderer draws them alike)."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ewm.report.charts.canvas import Point


def hatched(rings: Sequence[Sequence[Point]], distance: float) -> Iterator[tuple[Point, Point]]:
    """Diagonal lines inside closed rings (even-odd), ``distance`` px apart.

    A line x + y = c is crossed by an edge at one point; between an odd and the next even crossing it lies inside.
    """
    sums = [x + y for ring in rings for x, y in ring]
    step = distance * sqrt(2)
    number = int(min(sums) // step) + 1
    while (level := number * step) < max(sums):
        crossings = sorted(_crossings(rings, level))
        yield from zip(crossings[::2], crossings[1::2], strict=False)
        number += 1


def _crossings(rings: Sequence[Sequence[Point]], level: float) -> Iterator[Point]:
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            a, b = ax + ay - level, bx + by - level
            if (a < 0) != (b < 0):
                share = a / (a - b)
                yield ax + share * (bx - ax), ay + share * (by - ay)


def hatch_path(rings: Sequence[Sequence[Point]], distance: float) -> str:
    """SVG path of the hatching."""
    lines = hatched(rings, distance)
    return "".join(f"M{ax:.1f},{ay:.1f}L{bx:.1f},{by:.1f}" for (ax, ay), (bx, by) in lines)
