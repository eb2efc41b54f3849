"""Counts as marks that can be counted, or as bars where they are too many: one ruler for all rows of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ewm.report.charts.canvas import Canvas
    from ewm.report.charts.scale import Scale
    from ewm.report.charts.style import Series

Colour = Literal["fill", "mid", "open"]
_DOT, _DOTS, _LINE, _BAR = 6.4, 9.7, 10.4, 8.0


@dataclass(frozen=True, slots=True)
class UnitRuler:
    """Draws one row of marks (``scale`` None) or one bar; ``room`` is the longest line of marks in px."""

    series: Series
    room: float
    scale: Scale | None
    pitch: float = _DOTS

    @classmethod
    def dots_of(cls, series: Series, room: float, pitch: float = _DOTS) -> UnitRuler:
        """One mark per unit, in lines of at most ``room`` px."""
        return cls(series, room, None, pitch)

    @classmethod
    def bars_of(cls, series: Series, scale: Scale) -> UnitRuler:
        """Bars on one scale."""
        return cls(series, 0.0, scale)

    @property
    def dots(self) -> bool:
        """Whether a unit is a mark."""
        return self.scale is None

    def per_line(self, room: float) -> int:
        """How many marks stand in one line."""
        return max(1, int((room + self.pitch - _DOT) // self.pitch))

    def height(self, count: int, room: float) -> float:
        """Height of the marks of one row."""
        if not self.dots:
            return _BAR
        lines = max(1, -(-count // self.per_line(min(room, self.room))))
        return (lines - 1) * _LINE + _DOT

    def draw(
        self, canvas: Canvas, left: float, middle: float, count: int, room: float, *, colour: Colour, tip: str
    ) -> float:
        """Draw one row; returns the x of its right end (``left`` for zero)."""
        fill = {"fill": self.series.fill, "mid": self.series.mid, "open": canvas.style.colour.paper}[colour]
        stroke = self.series.fill if colour == "open" else None
        if self.scale is not None:
            long = self.scale(count)
            canvas.rect(left, middle - _BAR / 2, long, _BAR, fill=fill, stroke=stroke, tip=tip)
            return left + long
        most = self.per_line(min(room, self.room))
        per_line = -(-count // -(-count // most)) if count else most  # lines of equal length
        top = middle - self.height(count, room) / 2 + _DOT / 2
        for unit in range(count):
            line, place = divmod(unit, per_line)
            canvas.mark(
                left + _DOT / 2 + place * self.pitch, top + line * _LINE, shape=self.series.mark,
                diameter=_DOT if self.series.mark == "circle" else _DOT + 1, fill=fill, stroke=stroke, tip=tip,
            )  # fmt: skip
        return left + (min(count, per_line) - 1) * self.pitch + _DOT if count else left
