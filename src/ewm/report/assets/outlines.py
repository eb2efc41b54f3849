"""District outlines of one programme: chosen, projected, simplified, in px of the printed page, as GeoJSON."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from ewm.errors import ContentError
from ewm.report.assets.projection import utm
from ewm.report.assets.simplify import Point, Ring, Topology, simplified, topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SMALLEST_PX2 = 0.5  # exclaves below this vanish in print, and so does the hole that they fill
_METRES_PER_KM = 1000.0


@dataclass(frozen=True, slots=True)
class MapSpec:
    """What brand/map.toml says: AGS to show, those beside them, UTM zone, box in px, points kept, places of labels."""

    package: str
    file: str
    shown: tuple[str, ...]
    beside: tuple[str, ...]
    zone: int
    box: tuple[float, float, float, float]
    height: float
    keep: float
    attribution: str
    terms: str
    labels: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _District:
    ags: str
    name: str
    polygons: list[list[Ring]]


def read_map_spec(path: Path) -> MapSpec:
    """Read one programme's brand/map.toml; raises ContentError where a key is missing."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        given = {**table["outlines"], "labels": table.get("labels", {})}
        return MapSpec(**{key: _frozen(given[key]) for key in MapSpec.__dataclass_fields__})
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path} ist kein gültiges TOML: {error}.") from error
    except KeyError as error:
        raise ContentError(f"{path}: Die Angabe {error} fehlt. Ohne sie entsteht keine Karte.") from None


def _frozen(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value


def build_outlines(spec: MapSpec, packages: Path) -> dict[str, Any]:
    """GeoJSON: a feature per district (``ags``, ``name``, ``shown``), two of borders, ``height`` and ``px_per_km``.

    Raises ContentError where the spec's AGS find no district.
    """
    districts = [_projected(district, spec.zone) for district in _chosen(spec, packages)]
    rings = [ring for district in districts for polygon in district.polygons for ring in polygon]
    fit = _Fit.of(spec.box, (point for ring in rings for point in ring))
    shape = simplified(topology(rings), spec.keep)
    drawn = _features(districts, shape, fit, spec)
    return {
        "type": "FeatureCollection",
        "attribution": spec.attribution,
        "height": spec.height,
        "px_per_km": round(fit.scale * _METRES_PER_KM, 5),
        "features": [*drawn, *_borders(districts, shape, fit, spec)],
    }


def _chosen(spec: MapSpec, packages: Path) -> list[_District]:
    data = json.loads((packages / spec.package / spec.file).read_text(encoding="utf-8"))
    wanted = (*spec.shown, *spec.beside)
    found = sorted((_district(f) for f in _single(data) if f["properties"]["AGS"].startswith(wanted)), key=_by_ags)
    if missing := [prefix for prefix in wanted if not any(d.ags.startswith(prefix) for d in found)]:
        raise ContentError(f"Zu diesen Schlüsseln (AGS) gibt es keine Kreisgrenzen: {', '.join(missing)}.")
    return found


def _by_ags(district: _District) -> str:
    return district.ags


def _single(data: Iterable[Any]) -> Iterator[Any]:
    """The package nests collections in its list."""
    for item in data:
        yield from item["features"] if item["type"] == "FeatureCollection" else [item]


def _district(feature: dict[str, Any]) -> _District:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    points = [[[cast("Point", tuple(point)) for point in ring] for ring in polygon] for polygon in polygons]
    return _District(feature["properties"]["AGS"], feature["properties"]["GEN"], points)


def _projected(district: _District, zone: int) -> _District:
    polygons = [[[utm(x, y, zone) for x, y in ring] for ring in polygon] for polygon in district.polygons]
    return _District(district.ags, district.name, polygons)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Metres to px: one scale for both axes, north up, centred in the box."""

    scale: float
    west: float
    north: float
    left: float
    top: float

    @classmethod
    def of(cls, box: tuple[float, float, float, float], points: Iterable[Point]) -> _Fit:
        xs, ys = zip(*points, strict=True)
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        scale = min((box[2] - box[0]) / wide, (box[3] - box[1]) / high)
        left = (box[0] + box[2] - wide * scale) / 2
        top = (box[1] + box[3] - high * scale) / 2
        return cls(scale, min(xs), max(ys), left, top)

    def __call__(self, points: Iterable[Point]) -> list[list[float]]:
        placed = (
            [round(self.left + (x - self.west) * self.scale, 1), round(self.top + (self.north - y) * self.scale, 1)]
            for x, y in points
        )
        return list(placed)


def _features(districts: list[_District], shape: Topology, fit: _Fit, spec: MapSpec) -> Iterator[dict[str, Any]]:
    ring = 0
    for district in districts:
        polygons = []
        for polygon in district.polygons:
            lines = [fit(shape.line(ring + offset)) for offset in range(len(polygon))]
            ring += len(polygon)
            if kept := [line for line in lines if _area(line) >= _SMALLEST_PX2]:
                polygons.append(kept)
        shown = district.ags.startswith(spec.shown)
        label = {**_default_label(polygons), **spec.labels.get(district.ags, {})}
        yield _feature("MultiPolygon", polygons, ags=district.ags, name=district.name, shown=shown, label=label)


def _borders(districts: list[_District], shape: Topology, fit: _Fit, spec: MapSpec) -> Iterator[dict[str, Any]]:
    """Arcs of one shown district are the region's outer border, arcs of two are inner ones."""
    users: Counter[int] = Counter()
    ring = 0
    for district in districts:
        for _ in (ring for polygon in district.polygons for ring in polygon):
            if district.ags.startswith(spec.shown):
                users.update({arc for arc, _ in shape.rings[ring]})
            ring += 1
    for border, times in (("outer", 1), ("inner", 2)):
        lines = [fit(shape.arcs[arc]) for arc, used in sorted(users.items()) if used == times]
        yield _feature("MultiLineString", [line for line in lines if not _speck(line)], border=border)


def _default_label(polygons: list[list[list[list[float]]]]) -> dict[str, Any]:
    """Return the centroid of the largest part: fits compact districts; brand/map.toml places the others by hand."""
    ring = max((polygon[0] for polygon in polygons), key=_area)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    x, y = (sum((a[i] + b[i]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)) / (3 * twice) for i in (0, 1))
    return {"at": [round(x, 1), round(y, 1)], "align": "center", "wrap": 60}


def _feature(kind: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def _speck(line: list[list[float]]) -> bool:
    return line[0] == line[-1] and _area(line) < _SMALLEST_PX2


def _area(line: list[list[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(line))) / 2
