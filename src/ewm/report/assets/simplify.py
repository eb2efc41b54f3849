"""Simplifies outlines so that neighbours keep one border: each stretch between two junctions is simplified once.

The measure is Visvalingam's effective area, weighted as in mapshaper (sharp bends go first, so coasts stay calm).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Point]
Arc: TypeAlias = tuple[Point, ...]

_KEPT_CORNERS = 3  # an island stays at least a triangle


@dataclass(frozen=True, slots=True)
class Topology:
    """Rings as sequences of arcs. ``rings[i]`` lists (index of arc, walked backwards)."""

    arcs: tuple[Arc, ...]
    rings: tuple[tuple[tuple[int, bool], ...], ...]

    def line(self, ring: int) -> Ring:
        """Closed ring, its first point repeated at the end."""
        points: Ring = []
        for index, backwards in self.rings[ring]:
            arc = self.arcs[index]
            walked = arc[::-1] if backwards else arc
            points.extend(walked[1:] if points else walked)
        return points


def topology(rings: Sequence[Ring]) -> Topology:
    """Cut closed rings (first point = last) where borders meet; a stretch that two rings share becomes one arc."""
    junctions = _junctions(rings)
    index: dict[Arc, int] = {}
    cut: list[tuple[tuple[int, bool], ...]] = []
    for ring in rings:
        members: list[tuple[int, bool]] = []
        for arc in _cut(ring[:-1], junctions):
            backwards = arc[::-1] < arc
            key = arc[::-1] if backwards else arc
            members.append((index.setdefault(key, len(index)), backwards))
        cut.append(tuple(members))
    return Topology(tuple(index), tuple(cut))


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for a, b in pairwise(ring):
            neighbours[a].add(b)
            neighbours[b].add(a)
    return {point for point, beside in neighbours.items() if len(beside) > 2}


def _cut(points: Ring, junctions: set[Point]) -> list[Arc]:
    at = [position for position, point in enumerate(points) if point in junctions]
    if not at:  # an island: both of its sides must cut it at the same point, in the same direction
        first = points.index(min(points))
        closed = (*points[first:], *points[:first], points[first])
        return [closed]
    turned = points[at[0] :] + points[: at[0]]
    stops = [position - at[0] for position in at] + [len(turned)]
    turned.append(turned[0])
    return [tuple(turned[a : b + 1]) for a, b in pairwise(stops)]


def simplified(shape: Topology, keep: float) -> Topology:
    """Keep the share ``keep`` of all inner points, the same measure for every arc; ends of arcs always stay."""
    areas = [_effective_areas(arc) for arc in shape.arcs]
    _protect(shape, areas)
    ranked = sorted((area for measured in areas for area in measured if area < inf), reverse=True)
    limit = ranked[min(int(len(ranked) * keep), len(ranked) - 1)] if ranked else 0.0
    arcs = tuple(
        tuple(point for point, area in zip(arc, measured, strict=True) if area > limit)
        for arc, measured in zip(shape.arcs, areas, strict=True)
    )
    return Topology(arcs, shape.rings)


def _protect(shape: Topology, areas: list[list[float]]) -> None:
    """Two arcs between the same junctions would close up to a line: the sharpest inner point of one of them stays."""
    for ring in shape.rings:
        if len(ring) == 2:
            inner = [(area, arc, at) for arc, _ in ring for at, area in enumerate(areas[arc]) if area < inf]
            if inner:
                _, arc, at = max(inner)
                areas[arc][at] = inf


def _effective_areas(arc: Arc) -> list[float]:
    size = len(arc)
    areas = [inf] * size
    before, after = list(range(-1, size - 1)), list(range(1, size + 1))
    current = {i: _weighted_area(arc[i - 1], arc[i], arc[i + 1]) for i in range(1, size - 1)}
    heap = [(area, i) for i, area in current.items()]
    heapq.heapify(heap)
    keep = _KEPT_CORNERS - 1 if arc[0] == arc[-1] else 0
    highest = 0.0
    while len(current) > keep:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue
        highest = max(highest, area)
        areas[i] = highest
        del current[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in current:
                current[j] = _weighted_area(arc[before[j]], arc[j], arc[after[j]])
                heapq.heappush(heap, (current[j], j))
    return areas


def _weighted_area(a: Point, b: Point, c: Point) -> float:
    area = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
    length = hypot(b[0] - a[0], b[1] - a[1]) * hypot(c[0] - b[0], c[1] - b[1])
    if not length:
        return 0.0
    cosine = ((a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1])) / length
    return area * (1 - 0.7 * cosine)
