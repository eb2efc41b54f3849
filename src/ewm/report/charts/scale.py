"""The one scale of a chart: px per unit, the same for everything in it, always from zero."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEEN = 0.8  # the smallest length in px that still reads as something


class Scale:
    """Lengths for integers: the largest reaches ``length`` px, but one unit is never longer than ``unit`` px.

    ``after`` is the room that each value needs behind its mark (for its label), within the same ``length``.
    """

    def __init__(
        self, values: Iterable[int], length: float, unit: float | None = None, after: Iterable[float] = ()
    ) -> None:
        pairs = zip_longest(values, after, fillvalue=0)
        fitting = [max(length - room, 0.0) / value for value, room in pairs if value]
        self.per_unit = min(fitting, default=0.0)
        if unit is not None:
            self.per_unit = min(self.per_unit, unit)

    def __call__(self, value: int) -> float:
        """Length of a value in px; what is above zero stays visible."""
        return max(value * self.per_unit, _SEEN) if value > 0 else 0.0
