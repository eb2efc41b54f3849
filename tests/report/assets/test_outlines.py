"""The map: projected to a millimetre, simplified without gaps between neighbours, complete."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.report.assets import region_outlines
from ewm.report.assets.outlines import build_outlines, read_map_spec
from ewm.report.assets.projection import utm
from ewm.report.assets.simplify import simplified, topology

if TYPE_CHECKING:
    from pathlib import Path

Edge = frozenset[tuple[float, float]]
MAP = region_outlines(load_config().programme.name)
AREAS = {f["properties"]["ags"]: f for f in MAP["features"] if "ags" in f["properties"]}
SHOWN = {ags for ags, feature in AREAS.items() if feature["properties"]["shown"]}


@pytest.mark.parametrize(
    ("longitude", "latitude", "east", "north"),
    [  # reference values by PROJ (EPSG:4258 to EPSG:25833)
        (13.409419, 52.520803, 392081.0365, 5820154.8543),
        (11.2656, 53.1203, 250129.6305, 5892170.5719),
        (14.7658, 51.5742, 483769.9581, 5713707.2347),
        (15.0, 52.0, 500000.0, 5761038.2125),
        (9.0, 54.0, 106925.5037, 6000198.1610),
        (18.5, 51.0, 745561.9090, 5655656.9496),
    ],
)
def test_projection_agrees_with_proj(longitude: float, latitude: float, east: float, north: float) -> None:
    assert utm(longitude, latitude, 33) == pytest.approx((east, north), abs=0.001)


def test_all_districts_of_the_programme_are_there_and_nothing_else() -> None:
    kinds = Counter(ags[:2] for ags in AREAS)
    assert kinds == {"12": 18, "11": 1}
    assert len(SHOWN) == 18


def _edges(feature: dict[str, Any]) -> Counter[Edge]:
    rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    return Counter(frozenset((tuple(a), tuple(b))) for ring in rings for a, b in pairwise(ring) if a != b)


def test_every_border_is_drawn_by_two_neighbours_or_is_the_outer_one() -> None:
    users: dict[Edge, list[str]] = defaultdict(list)
    for ags in SHOWN:
        for edge in _edges(AREAS[ags]):
            users[edge].append(ags)
    assert {len(found) for found in users.values()} == {1, 2}
    lines = {
        f["properties"]["border"]: f["geometry"]["coordinates"] for f in MAP["features"] if "border" in f["properties"]
    }
    drawn = {
        border: {frozenset((tuple(a), tuple(b))) for line in found for a, b in pairwise(line) if a != b}
        for border, found in lines.items()
    }
    assert drawn["outer"] == {edge for edge, found in users.items() if len(found) == 1}
    assert drawn["inner"] >= {edge for edge, found in users.items() if len(found) == 2}


def test_no_border_crosses_another() -> None:
    edges = {edge for feature in AREAS.values() for edge in _edges(feature)}
    grid: dict[tuple[int, int], list[tuple[Any, Any]]] = defaultdict(list)
    for edge in edges:
        a, b = sorted(edge)
        for column in range(int(min(a[0], b[0]) // 20), int(max(a[0], b[0]) // 20) + 1):
            for row in range(int(min(a[1], b[1]) // 20), int(max(a[1], b[1]) // 20) + 1):
                grid[column, row].append((a, b))
    crossings = [pair for cell in grid.values() for pair in combinations(cell, 2) if _cross(*pair[0], *pair[1])]
    assert crossings == []


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < -1e-9 and _turn(c, d, a) * _turn(c, d, b) < -1e-9


AREA_KM2 = {
    "12051": 230,
    "12052": 166,
    "12053": 148,
    "12054": 188,
    "12068": 2527,
    "12069": 2592,
    "12073": 3077,
    "11000": 891,
}


@pytest.mark.parametrize(("ags", "area"), AREA_KM2.items())
def test_areas_stay_those_of_the_statistical_office(ags: str, area: float) -> None:
    found = 0.0
    for polygon in AREAS[ags]["geometry"]["coordinates"]:
        for place, ring in enumerate(polygon):
            part = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2
            found += -part if place else part
    assert found / MAP["px_per_km"] ** 2 == pytest.approx(area, rel=0.07)


def test_file_is_small_and_every_label_has_its_place() -> None:
    points = sum(sum(_edges(feature).values()) for feature in AREAS.values())
    assert points < 1_600
    for feature in AREAS.values():
        x, y = feature["properties"]["label"]["at"]
        assert 0 < x < 476
        assert 0 < y < MAP["height"]


SQUARES = [
    [(0.0, 0.0), (0.0, 4.0), (1.0, 4.2), (2.0, 4.0), (2.0, 2.1), (1.9, 1.0), (2.0, 0.0), (0.0, 0.0)],
    [(2.0, 0.0), (1.9, 1.0), (2.0, 2.1), (2.0, 4.0), (4.0, 4.0), (4.0, 0.0), (2.0, 0.0)],
    [(9.0, 9.0), (9.0, 10.0), (10.0, 10.0), (10.0, 9.0), (9.0, 9.0)],
]


def test_neighbours_share_one_arc() -> None:
    shape = topology(SQUARES)
    shared = {arc for arc, _ in shape.rings[0]} & {arc for arc, _ in shape.rings[1]}
    assert len(shared) == 1
    assert set(shape.arcs[shared.pop()]) == {(2.0, 0.0), (1.9, 1.0), (2.0, 2.1), (2.0, 4.0)}


@given(keep=st.floats(0, 1))
def test_simplified_neighbours_still_share_their_border_and_nothing_collapses(keep: float) -> None:
    shape = simplified(topology(SQUARES), keep)
    left, right, island = (shape.line(ring) for ring in range(3))
    assert left[0] == left[-1]
    on_border = {point for point in left if point[0] in {1.9, 2.0}}
    assert on_border == {point for point in right if point[0] in {1.9, 2.0}}
    assert all(len(set(ring)) >= 3 for ring in (left, right, island))


def test_full_share_keeps_every_point() -> None:
    shape = simplified(topology(SQUARES), 1.0)
    assert {p for ring in range(3) for p in shape.line(ring)} >= {p for ring in SQUARES for p in ring} - {
        (1.9, 1.0),
        (2.0, 2.1),
    }


def _spec_file(tmp_path: Path, old: str, new: str) -> Path:
    text = (load_config().programme / "brand" / "map.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "map.toml").write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path / "map.toml"


def test_a_map_file_without_a_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"map\.toml.*'zone'"):
        read_map_spec(_spec_file(tmp_path, "zone = 33", "# zone"))


def test_a_broken_map_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"map\.toml ist kein gültiges TOML"):
        read_map_spec(_spec_file(tmp_path, "zone = 33", "zone = "))


def test_a_key_without_district_is_named(tmp_path: Path) -> None:
    spec = read_map_spec(_spec_file(tmp_path, 'shown = ["12"]', 'shown = ["99"]'))
    (tmp_path / spec.package).mkdir()
    (tmp_path / spec.package / spec.file).write_text("[]", encoding="utf-8")
    with pytest.raises(ContentError, match="99"):
        build_outlines(spec, tmp_path)


def test_a_district_without_label_place_gets_its_centre(tmp_path: Path) -> None:
    spec = read_map_spec(_spec_file(tmp_path, "[labels]", "[other]"))
    square = [[[13.0, 52.0], [13.0, 53.0], [14.0, 53.0], [14.0, 52.0], [13.0, 52.0]]]
    beside = [[[14.0, 52.0], [14.0, 53.0], [15.0, 53.0], [15.0, 52.0], [14.0, 52.0]]]
    areas = [("12060", "A", square), ("11000", "B", beside)]
    text = _collection(areas)
    (tmp_path / spec.package).mkdir()
    (tmp_path / spec.package / spec.file).write_text(text, encoding="utf-8")
    built = build_outlines(spec, tmp_path)
    by_ags = {f["properties"]["ags"]: f for f in built["features"] if "ags" in f["properties"]}
    xs = [x for x, _ in by_ags["12060"]["geometry"]["coordinates"][0][0]]
    x, _ = by_ags["12060"]["properties"]["label"]["at"]
    assert min(xs) < x < max(xs)


def _collection(areas: list[tuple[str, str, list[list[list[float]]]]]) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"AGS": ags, "GEN": name},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for ags, name, rings in areas
    ]
    return json.dumps([{"type": "FeatureCollection", "features": features}])
