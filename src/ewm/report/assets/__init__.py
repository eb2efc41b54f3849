"""House-style assets (fonts, outlines, licences), built from packages at set-up and read by charts and documents.

The folder lies inside the package, so that a checkout and a wheel find it by the same path; it is never committed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ewm.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSETS = Path(__file__).resolve().parents[2] / "_assets"
MANIFEST = "manifest.json"
METRICS = "metrics.json"
LICENCES = "licences.json"
BUILD_COMMAND = "python -m ewm.report.assets"


def asset_folder() -> Path:
    """Folder of the built assets: ``fonts/`` (TTF), ``web/`` (woff2, fonts.css), ``maps/``, ``licences/``.

    Raises MissingError, naming the command that builds them, where they are not there.
    """
    if not (ASSETS / MANIFEST).is_file():
        raise MissingError(
            f"Schriften und Kreisgrenzen fehlen (erwartet in {ASSETS}). "
            f"Sie entstehen einmalig mit „make assets“ oder „{BUILD_COMMAND}“."
        )
    return ASSETS


def font_folder() -> Path:
    """Folder of the static TTF files, one per weight, for Typst, vl-convert and office documents."""
    return asset_folder() / "fonts"


@cache
def region_outlines(programme: str) -> Mapping[str, Any]:
    """GeoJSON of one programme's map in px: features by AGS, borders, ``height`` and ``px_per_km``.

    Raises MissingError where the assets were built without this programme.
    """
    path = asset_folder() / "maps" / f"{programme}.geojson"
    if not path.is_file():
        raise MissingError(
            f"Für das Programm „{programme}“ gibt es keine Kreisgrenzen. Sie entstehen aus seinem Ordner brand "
            f"(map.toml) mit „make assets“ oder „{BUILD_COMMAND}“."
        )
    return cast("Mapping[str, Any]", json.loads(path.read_text(encoding="utf-8")))


def licences() -> list[dict[str, str]]:
    """Every package that an asset was made from: name, version, licence, attribution, file of the licence text."""
    return cast("list[dict[str, str]]", json.loads((asset_folder() / LICENCES).read_text(encoding="utf-8")))
