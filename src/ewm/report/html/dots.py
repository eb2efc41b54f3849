"""The cover's field of dots: one dot per unit, the last ones filled."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

_STEP, _RADIUS = 20, 8


@dataclass(frozen=True, slots=True)
class Dots:
    """Size of the field in its own units, and every dot: centre and whether it is filled."""

    width: int
    height: int
    circles: tuple[tuple[int, int, bool], ...]


def field_of_dots(count: int, filled: int) -> Dots | None:
    """Return a field about twice as wide as high, read row by row; None where there is nothing to draw."""
    if count < 1:
        return None
    columns = max(ceil(sqrt(count * 2)), min(count, 12))
    rows = ceil(count / columns)
    circles = tuple(
        (index % columns * _STEP + _RADIUS, index // columns * _STEP + _RADIUS, index >= count - filled)
        for index in range(count)
    )
    return Dots((columns - 1) * _STEP + 2 * _RADIUS, (rows - 1) * _STEP + 2 * _RADIUS, circles)
