"""A chart as a list of things to draw, in px, and its Vega specification.

Every position is computed from data and text widths before drawing, so the specification needs no scales, no signals
and no expressions: it is safe under a strict content security policy, and paper and browser show the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ewm.report.charts.measure import CAPITAL, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ewm.report.charts.style import Style

Align = Literal["left", "center", "right"]
Point = tuple[float, float]
SCHEMA = "https://vega.github.io/schema/vega/v6.json"

LINE_HEIGHT = 1.12
"""Distance of baselines within one label, in parts of its size."""

_DECIMALS = 2


@dataclass(slots=True)
class Canvas:
    """Collects marks in drawing order; ``height`` is set by whoever knows where the chart ends."""

    style: Style
    height: float = 0.0
    _marks: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Width of the chart in px."""
        return self.style.width

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float | None = None,
        weight: int = 400,
        fill: str | None = None,
        align: Align = "left",
    ) -> float:
        """Write one line with its baseline at ``y``; returns the x of its right end."""
        size = size or self.style.size.label
        wide = width_of(text, size, weight, self.style.page.font)
        if text:
            self._add(
                "text", x=x, y=y, text=text, fontSize=size, fontWeight=weight, fill=fill or self.style.colour.ink,
                align=align,
            )  # fmt: skip
        return x + {"left": wide, "center": wide / 2, "right": 0.0}[align]

    def centred(self, x: float, middle: float, text: str, **how: Any) -> float:
        """Write one line whose figures and capitals are centred on ``middle``."""
        size = how.get("size") or self.style.size.label
        return self.text(x, middle + size * CAPITAL / 2, text, **how)

    def lines(self, x: float, y: float, lines: Sequence[str], **how: Any) -> float:
        """Write lines below each other, the first with its baseline at ``y``; returns the last baseline."""
        size = how.get("size") or self.style.size.label
        for number, line in enumerate(lines):
            self.text(x, y + number * size * LINE_HEIGHT, line, **how)
        return y + (len(lines) - 1) * size * LINE_HEIGHT

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        stroke: str | None = None,
        tip: str = "",
    ) -> None:
        """Draw a rectangle; an outline lies within it. ``tip`` is shown in the browser."""
        if width <= 0 or height <= 0:
            return
        inset = _OUTLINE / 2 if stroke else 0.0
        inset = min(inset, width / 2, height / 2)
        self._add(
            "rect", x=x + inset, y=y + inset, width=width - 2 * inset, height=height - 2 * inset, fill=fill,
            **({"stroke": stroke, "strokeWidth": _OUTLINE} if stroke else {}), **_tip(tip),
        )  # fmt: skip

    def path(
        self,
        points: Iterable[Point],
        *,
        stroke: str,
        width: float = 0.8,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw an open line."""
        self.shape(_svg_line(points), stroke=stroke, width=width, dash=dash)

    def shape(
        self,
        path: str,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.8,
        dash: tuple[float, float] | None = None,
        tip: str = "",
    ) -> None:
        """Draw an SVG path."""
        paint: dict[str, Any] = {}
        if fill:
            paint["fill"] = fill
        if stroke:
            paint |= {"stroke": stroke, "strokeWidth": width}
        if dash:
            paint["strokeDash"] = list(dash)
        self._add("path", path=path, **paint, **_tip(tip))

    def rule(self, y: float, *, x: float = 0.0, to: float | None = None, stroke: str | None = None) -> None:
        """Draw a hairline between rows; it carries no meaning."""
        right = self.width if to is None else to
        self.path([(x, y), (right, y)], stroke=stroke or self.style.colour.hair, width=0.6)

    def mark(
        self,
        x: float,
        y: float,
        *,
        shape: str,
        diameter: float,
        fill: str,
        stroke: str | None = None,
        tip: str = "",
    ) -> None:
        """Draw a circle or diamond centred at a point."""
        line = 1.1 if stroke else 0.0
        self._add(
            "symbol", x=x, y=y, shape=shape, size=(diameter - line) ** 2, fill=fill,
            **({"stroke": stroke, "strokeWidth": line} if stroke else {}), **_tip(tip),
        )  # fmt: skip

    def bracket(self, x: float, top: float, bottom: float, *, leg: float = 4.0) -> None:
        """Draw a square bracket that opens to the left: the rows beside it add up, or unite, to what stands right."""
        points = [(x - leg, top), (x, top), (x, bottom), (x - leg, bottom)]
        self.path(points, stroke=self.style.colour.ink, width=0.9)

    def _add(self, kind: str, **values: Any) -> None:
        rounded = {k: round(v, _DECIMALS) if isinstance(v, float) else v for k, v in values.items()}
        self._marks.append((kind, rounded))

    def spec(self, description: str) -> dict[str, Any]:
        """Vega specification: neighbouring marks of one kind share a data set, so they are drawn in their order."""
        data: list[dict[str, Any]] = []
        marks: list[dict[str, Any]] = []
        last: tuple[str, tuple[str, ...]] | None = None
        for kind, row in self._marks:
            now = (kind, tuple(row))
            if now != last:
                name = f"m{len(data)}"
                data.append({"name": name, "values": []})
                marks.append(_mark(kind, name, row))
                last = now
            data[-1]["values"].append(row)
        return {
            "$schema": SCHEMA,
            "description": description,
            "width": self.width,
            "height": round(self.height, _DECIMALS),
            "padding": 0,
            "autosize": "none",
            "background": None,
            "config": {"text": {"font": self.style.page.font, "baseline": "alphabetic"}},
            "data": data,
            "marks": marks,
        }


_OUTLINE = 0.9


def _tip(tip: str) -> dict[str, str]:
    return {"tooltip": tip} if tip else {}


def _mark(kind: str, data: str, row: dict[str, Any]) -> dict[str, Any]:
    encode = {channel: {"field": channel} for channel in row}
    return {
        "type": kind,
        "aria": False,  # the chart is one image with one description; its data stand in a table beside it
        "interactive": "tooltip" in row,
        "from": {"data": data},
        "encode": {"enter": encode},
    }


def _svg_line(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{round(x, _DECIMALS)},{round(y, _DECIMALS)}" for x, y in points)
