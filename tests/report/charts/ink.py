"""Where ink lies in a drawn chart, measured with the font files themselves and not with the code under test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from ewm.report.assets import font_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLES = {300: "Light", 400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
TOLERANCE = 0.41
PALE = {"#FFFFFF", "#E1EBF3", "#FAEFDC"}


@dataclass(frozen=True)
class Box:
    """A rectangle of ink with the text or mark that it belongs to."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > TOLERANCE
            and min(self.bottom, other.bottom) - max(self.top, other.top) > TOLERANCE
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left - TOLERANCE
            and self.right <= other.right + TOLERANCE
            and self.top >= other.top - TOLERANCE
            and self.bottom <= other.bottom + TOLERANCE
        )

    def inside(self, width: float, height: float) -> bool:
        return (
            self.left >= -TOLERANCE
            and self.top >= -TOLERANCE
            and self.right <= width + TOLERANCE
            and self.bottom <= height + TOLERANCE
        )


@cache
def _font(weight: int) -> tuple[Any, dict[int, str], Any]:
    font = TTFont(font_folder() / f"FiraSans-{STYLES[weight]}.ttf")
    return font.getGlyphSet(), font.getBestCmap(), font["hmtx"].metrics


@cache
def _glyph(sign: str, weight: int) -> tuple[float, tuple[float, float, float, float] | None]:
    glyphs, names, widths = _font(weight)
    name = names[ord(sign)]
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return widths[name][0], pen.bounds


def text_box(text: str, at: tuple[float, float], size: float, weight: int, align: str) -> Box:
    """Ink of one line; raises KeyError for a sign that the font lacks."""
    (x, y), pen, inks = at, 0.0, []
    for sign in text:
        wide, bounds = _glyph(sign, weight)
        if bounds:
            inks.append((pen + bounds[0], bounds[1], pen + bounds[2], bounds[3]))
        pen += wide
    scale = size / 1000
    start = x - {"left": 0.0, "start": 0.0, "center": 0.5, "middle": 0.5, "right": 1.0, "end": 1.0}[align] * pen * scale
    left, right = min(i[0] for i in inks), max(i[2] for i in inks)
    low, high = min(i[1] for i in inks), max(i[3] for i in inks)
    return Box(text, start + left * scale, y - high * scale, start + right * scale, y - low * scale)


def texts_of_spec(spec: dict[str, Any]) -> list[Box]:
    """Every text of a specification."""
    return [
        text_box(row["text"], (row["x"], row["y"]), row["fontSize"], row["fontWeight"], row["align"])
        for row in rows_of(spec, "text")
    ]


def rows_of(spec: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """Data of all marks of one kind."""
    for mark, data in zip(spec["marks"], spec["data"], strict=True):
        if mark["type"] == kind:
            yield from data["values"]


def texts_of_svg(svg: str) -> list[Box]:
    """Every text of a drawn chart."""
    space = "{http://www.w3.org/2000/svg}"
    boxes = []
    for element in ElementTree.fromstring(svg).iter(f"{space}text"):  # noqa: S314 (our own output)
        got = element.attrib
        at = (float(got["x"]), float(got["y"]))
        anchor = got.get("text-anchor", "start")
        boxes.append(text_box(element.text or "", at, float(got["font-size"]), int(got["font-weight"]), anchor))
    return boxes


def marks_of_spec(spec: dict[str, Any]) -> list[Box]:
    """Symbols and strokes in ink or red (brackets, base lines, breaks): what a text must not run over."""
    boxes = [_symbol(row) for row in rows_of(spec, "symbol")]
    for row in rows_of(spec, "path"):
        if row.get("stroke") in {"#1B2329", "#B5121B"} and "fill" not in row:
            boxes += _strokes(row["path"])
    return boxes


def _symbol(row: dict[str, Any]) -> Box:
    half = row["size"] ** 0.5 / 2
    return Box(row["shape"], row["x"] - half, row["y"] - half, row["x"] + half, row["y"] + half)


def _strokes(path: str) -> Iterator[Box]:
    for line in path.split("M")[1:]:
        points = [tuple(map(float, point.split(","))) for point in line.rstrip("Z").split("L")]
        for (ax, ay), (bx, by) in pairwise(points):
            across, along = (0.4 if ax == bx else 0.0), (0.4 if ay == by else 0.0)
            if across or along:  # leaders run to their label
                yield Box("line", min(ax, bx) - across, min(ay, by) - along, max(ax, bx) + across, max(ay, by) + along)


def solids_of_spec(spec: dict[str, Any], pale: set[str]) -> list[Box]:
    """Bars and columns but for white and pale fields, which are backgrounds."""
    rows = [row for row in rows_of(spec, "rect") if row["fill"] not in pale]
    return [Box("bar", row["x"], row["y"], row["x"] + row["width"], row["y"] + row["height"]) for row in rows]


def rects_of_spec(spec: dict[str, Any]) -> list[Box]:
    """Every bar, column and field."""
    return [
        Box("rect", row["x"], row["y"], row["x"] + row["width"], row["y"] + row["height"])
        for row in rows_of(spec, "rect")
    ]


def faults(spec: dict[str, Any]) -> list[str]:
    """Name every text that meets another text or a mark, and everything that leaves the chart."""
    texts, marks = texts_of_spec(spec), marks_of_spec(spec)
    found = [f"„{a.what}“ × „{b.what}“" for a, b in combinations(texts, 2) if a.meets(b)]
    found += [f"„{a.what}“ × {b.what}" for a in texts for b in marks if a.meets(b)]
    bars = solids_of_spec(spec, PALE)
    found += [f"„{a.what}“ halb in {b}" for a in texts for b in bars if a.meets(b) and not a.within(b)]
    for box in [*texts, *marks, *rects_of_spec(spec)]:  # the half of an edge's stroke that is cut, nobody sees
        if not box.inside(spec["width"], spec["height"]):
            found.append(f"{box} außerhalb von {spec['width']} × {spec['height']}")
    return found
