"""Form: the region's districts with "n (m)" in each; quiet fills guide the eye, the labels carry the values.

Outlines, label places and leaders come from the assets (the programme's brand/map.toml), never from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.assets import region_outlines
from ewm.report.charts.canvas import LINE_HEIGHT, Canvas
from ewm.report.charts.form import ChartForm, Datum, require
from ewm.report.charts.hatch import hatch_path
from ewm.report.charts.measure import width_of, wrap
from ewm.report.numbers import NBSP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.report.charts.style import Style
    from ewm.report.numbers import Formatter

_LEGEND, _SWATCH = 122.0, 20.0
_SCALE_BAR_KM = 50
_HATCH = 3.6


@dataclass(frozen=True, slots=True)
class District:
    """One district: key, name, the count (n), the wider count that contains it (m), whether it is a town of its own."""

    ags: str
    name: str
    count: int
    wider: int
    town: bool = False


@dataclass(frozen=True, slots=True)
class MapWords:
    """Words of the legend: title, meaning of "n (m)" in two lines, head of the classes, "{} and more", the rest."""

    title: str
    meaning: str
    classes: str
    none: str
    and_more: str
    outside: str
    town: str
    distance: str


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """Every district of the region, the names of the areas beside it by AGS, and the words of the legend.

    ``count_head`` and ``wider_head`` are the columns of the data table.
    """

    districts: tuple[District, ...]
    beside: Mapping[str, str]
    words: MapWords
    count_head: str = ""
    wider_head: str = ""


def draw(data: DistrictMap, style: Style) -> Canvas:
    """Draw the map with its legend.

    Raises ContentError where districts and outlines differ or a district's n exceeds its m.
    """
    require(data.districts, "die Reihe der Kreise")
    shapes = region_outlines(style.map)
    _check(data, shapes)
    canvas = Canvas(style, height=float(shapes["height"]))
    steps = class_starts([district.count for district in data.districts], len(style.classes))
    by_ags = {district.ags: district for district in data.districts}
    for feature in _areas(shapes):
        _draw_area(canvas, feature, by_ags.get(feature["properties"]["ags"]), steps)
    _draw_borders(canvas, shapes)
    for feature in _areas(shapes):
        district = by_ags.get(feature["properties"]["ags"])
        if district:
            _write_label(canvas, feature["properties"]["label"], district)
        else:
            _write_beside(canvas, feature["properties"], data.beside)
    _write_legend(canvas, data, steps)
    _draw_distance(canvas, data.words.distance, float(shapes["px_per_km"]))
    return canvas


def class_starts(counts: list[int], classes: int) -> list[int]:
    """First value of every class above zero: single values as long as they suffice, otherwise equal steps."""
    largest, above = max(counts, default=0), classes - 1
    step = 1 if largest <= above * 2 else _round_step(-(-largest // above))
    return [1 + step * place for place in range(above) if 1 + step * place <= max(largest, 1)]


def _round_step(step: int) -> int:
    """Return the next step that reads well: 1 to 10, then 20, 25, 50, 100, 200 …"""
    if step <= 10:
        return step
    power: int = 10 ** (len(str(step)) - 1)
    return min(nice for nice in (power, 2 * power, 5 * power // 2, 5 * power, 10 * power) if nice >= step)


def _check(data: DistrictMap, shapes: Mapping[str, Any]) -> None:
    shown = {feature["properties"]["ags"] for feature in _areas(shapes) if feature["properties"]["shown"]}
    given = {district.ags for district in data.districts}
    if shown != given:
        without_value = ", ".join(sorted(shown - given)) or "keiner"
        without_outline = ", ".join(sorted(given - shown)) or "keiner"
        raise ContentError(
            "Karte und Daten nennen nicht dieselben Kreise. "
            f"Ohne Wert: {without_value}; ohne Umriss: {without_outline}. Bitte Bindung und brand/map.toml prüfen."
        )
    for district in data.districts:
        if district.count > district.wider:
            raise ContentError(
                f"{district.name}: {district.count} ist mehr als {district.wider}, obwohl die zweite Zahl die erste "
                "enthält. Bitte die Bindung der Karte prüfen."
            )


def _areas(shapes: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [feature for feature in shapes["features"] if "ags" in feature["properties"]]


def _path(feature: Mapping[str, Any], *, closed: bool) -> str:
    coordinates = feature["geometry"]["coordinates"]
    lines = [ring for polygon in coordinates for ring in polygon] if closed else coordinates
    return "".join("M" + "L".join(f"{x},{y}" for x, y in line) + ("Z" if closed else "") for line in lines)


def _draw_area(canvas: Canvas, feature: dict[str, Any], district: District | None, steps: list[int]) -> None:
    style, path = canvas.style, _path(feature, closed=True)
    if district:
        place = sum(district.count >= step for step in steps)
        canvas.shape(path, fill=style.classes[place], tip=f"{district.name}: {_value(district, style.formatter)}")
        return
    rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    canvas.shape(path, fill=style.colour.paper, stroke=style.colour.ink, width=1.0)
    canvas.shape(hatch_path(rings, _HATCH), stroke=style.colour.hair, width=0.7)


def _draw_borders(canvas: Canvas, shapes: Mapping[str, Any]) -> None:
    look = {"inner": (canvas.style.colour.line, 0.6), "outer": (canvas.style.colour.ink, 1.0)}
    lines = {f["properties"]["border"]: f for f in shapes["features"] if "border" in f["properties"]}
    for border, (stroke, width) in look.items():
        canvas.shape(_path(lines[border], closed=False), stroke=stroke, width=width)


def _value(district: District, formatter: Formatter) -> str:
    return f"{formatter.in_table(district.count)}{NBSP}({formatter.in_table(district.wider)})"


def _write_label(canvas: Canvas, label: Mapping[str, Any], district: District) -> None:
    size, ink, align = canvas.style.size, canvas.style.colour.ink, label["align"]
    shown, name = _value(district, canvas.style.formatter), wrap(district.name, label["wrap"], size.small)
    x, y = label["at"]
    moved = _overhang(x, width_of(shown, size.title, 600), align, canvas.width)
    if "leader" in label:
        end_x, end_y = label["leader"]
        canvas.path([label["dot"], (end_x - moved, end_y)], stroke=ink, width=0.6)
    if "dot" in label:
        canvas.mark(*label["dot"], shape="circle", diameter=4 if district.town else 2.2, fill=ink)
    end = canvas.lines(x - moved, y, name, size=size.small, align=align)
    canvas.text(x - moved, end + 11.5, shown, size=size.title, weight=600, align=align)


def _overhang(x: float, wide: float, align: str, width: float) -> float:
    """How far a label that stands beside the region would leave the page at the right."""
    return max(x + wide - width, 0.0) if align == "left" else 0.0


def _write_beside(canvas: Canvas, properties: Mapping[str, Any], names: Mapping[str, str]) -> None:
    name = names.get(properties["ags"], properties["name"])
    size, (x, y) = canvas.style.size.label, properties["label"]["at"]
    wide = width_of(name, size)
    canvas.rect(x - wide / 2 - 4, y - size, wide + 8, size * 1.4, fill=canvas.style.colour.paper)
    canvas.text(x, y, name, fill=canvas.style.colour.grey, align="center")


def _write_legend(canvas: Canvas, data: DistrictMap, steps: list[int]) -> None:
    """Write the legend upwards from the chart's lower edge, so that more classes never leave it."""
    style, words, size = canvas.style, data.words, canvas.style.size
    entries = [(style.classes[0], words.none), *zip(style.classes[1:], class_labels(steps, data, style.formatter))]  # noqa: B905
    towns = any(district.town for district in data.districts)
    y = canvas.height - 18 - 14 * (len(entries) + 1 + towns)
    sample = max(data.districts, key=lambda district: (district.count, district.wider, district.ags))
    meaning = wrap(words.meaning, _LEGEND - 28, size.small)
    top = y - 14 - 12 - (len(meaning) - 1) * size.small * LINE_HEIGHT - 22
    canvas.text(0, top, words.title, size=9, weight=600)
    shown = _value(sample, style.formatter)
    indent = max(28.0, width_of(shown, size.title, 600) + 6)
    canvas.text(0, top + 18, shown, size=size.title, weight=600)
    canvas.lines(indent, top + 17.5, meaning, size=size.small)
    canvas.text(0, y - 8, words.classes, size=size.small, fill=style.colour.grey)
    for fill, label in entries:
        canvas.rect(0, y, _SWATCH, 9.5, fill=fill, stroke=style.colour.line)
        canvas.text(28, y + 7.5, label, size=size.small)
        y += 14
    ring = [(0.3, y + 0.3), (_SWATCH, y + 0.3), (_SWATCH, y + 9.2), (0.3, y + 9.2), (0.3, y + 0.3)]
    canvas.shape(hatch_path([ring], _HATCH), stroke=style.colour.hair, width=0.7)
    canvas.path(ring, stroke=style.colour.ink, width=0.8)
    canvas.text(28, y + 7.5, words.outside, size=size.small)
    if towns:
        canvas.mark(_SWATCH / 2, y + 18.5, shape="circle", diameter=4, fill=style.colour.ink)
        canvas.text(28, y + 21.5, words.town, size=size.small)


def class_labels(steps: list[int], data: DistrictMap, formatter: Formatter) -> list[str]:
    """Text of every class above zero: a value, a range, and "and more" where the last class is open."""
    largest = max(district.count for district in data.districts)
    labels = []
    for place, start in enumerate(steps):
        last = steps[place + 1] - 1 if place + 1 < len(steps) else None
        if last is None and largest > start:
            labels.append(data.words.and_more.format(formatter.integer(start)))
        elif last is None or last == start:
            labels.append(formatter.integer(start))
        else:
            labels.append(f"{formatter.integer(start)}–{formatter.integer(last)}")
    return labels


def _draw_distance(canvas: Canvas, text: str, per_km: float) -> None:
    right, left = canvas.width - 2, canvas.width - 2 - _SCALE_BAR_KM * per_km
    canvas.text(right, 14, text, size=canvas.style.size.small, fill=canvas.style.colour.grey, align="right")
    points = [(left, 17.0), (left, 20.0), (right, 20.0), (right, 17.0)]
    canvas.path(points, stroke=canvas.style.colour.ink, width=0.6)


def rows(data: DistrictMap, formatter: Formatter) -> list[Datum]:
    """One row per district, the two counts as columns."""
    described = []
    for district in data.districts:
        described.append(Datum((district.name,), data.count_head, district.count, formatter.in_table(district.count)))
        described.append(Datum((district.name,), data.wider_head, district.wider, formatter.in_table(district.wider)))
    return described


FORM = ChartForm("district_map", DistrictMap, draw, rows)
