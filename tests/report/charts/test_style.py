"""The programme's colours can be read: on paper, on each other, in grey and by the colour-blind."""

from __future__ import annotations

import math
import tomllib
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.report.charts.style import Style, load_style

if TYPE_CHECKING:
    from pathlib import Path

STYLE = load_style(load_config().programme, "de")
SERIES = ("project", "activity")

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    return 116 * math.cbrt(luminance(colour)) - 16


def lab(colour: str, seen: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    rgb = [max(0.0, sum(m * c for m, c in zip(row, linear(colour), strict=True))) for row in seen]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [
        sum(m * c for m, c in zip(row, rgb, strict=True)) / w for row, w in zip(to_xyz, (0.9505, 1, 1.089), strict=True)
    ]
    x, y, z = (math.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("kind", SERIES)
def test_text_can_be_read_on_every_fill_it_stands_on(kind: str) -> None:
    series, colour = STYLE.series[kind], STYLE.colour
    assert contrast(series.on_fill, series.fill) >= 4.5
    for fill in (series.mid, series.light, series.envelope):
        assert contrast(colour.ink, fill) >= 4.5
    for text in (series.text, colour.ink, colour.grey, colour.method):
        assert contrast(text, colour.paper) >= 4.5
    assert contrast(series.fill, colour.paper) >= 3


@pytest.mark.parametrize("kind", SERIES)
def test_classes_of_a_series_differ_in_grey(kind: str) -> None:
    series = STYLE.series[kind]
    steps = [lightness(fill) for fill in (series.fill, series.mid, series.light, STYLE.colour.paper)]
    assert steps == sorted(steps)
    assert all(b - a >= 5 for a, b in pairwise(steps)), steps


def test_classes_of_the_map_differ_in_grey_and_carry_ink() -> None:
    steps = [lightness(fill) for fill in STYLE.classes]
    assert all(a - b >= 8 for a, b in pairwise(steps)), steps
    assert all(contrast(STYLE.colour.ink, fill) >= 4.5 for fill in STYLE.classes)


@pytest.mark.parametrize("seen", [NORMAL, DEUTAN, PROTAN], ids=["normal", "deutan", "protan"])
def test_series_and_method_differ_for_every_eye(seen: tuple[tuple[float, ...], ...]) -> None:
    colours = [*(STYLE.series[kind].fill for kind in SERIES), STYLE.colour.method]
    for a, b in combinations(colours, 2):
        assert math.dist(lab(a, seen), lab(b, seen)) >= 20, (a, b)


def _written(tmp_path: Path, old: str, new: str) -> Path:
    source = load_config().programme / "brand" / "style.toml"
    text = source.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "style.toml").write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('ink = "#1B2329"', 'ink = "black"', "[colour] ink"),
        ('ink = "#1B2329"', "", "„ink“"),
        ("width = 476", "width = 0", "[page] width"),
        ("[size]", "[sizes]", "[size]"),
        ('classes = ["#FFFFFF", "#DCE8F2", "#A8C3D8", "#6B98BF"]', 'classes = ["#FFFFFF"]', "mindestens zwei"),
        ("[size]", "[size", "kein gültiges TOML"),
    ],
)
def test_a_wrong_style_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = _written(tmp_path, old, new)
    with pytest.raises(ContentError) as caught:
        load_style(folder, "de")
    assert told in str(caught.value)
    assert "style.toml" in str(caught.value)


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="fehlt"):
        load_style(tmp_path, "de")


def test_style_holds_what_the_file_says() -> None:
    table = tomllib.loads((load_config().programme / "brand" / "style.toml").read_text(encoding="utf-8"))
    assert isinstance(STYLE, Style)
    assert STYLE.width == table["page"]["width"]
    assert STYLE.series["activity"].fill == table["series"]["activity"]["fill"]
