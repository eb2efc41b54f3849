"""The house fonts inside the files: an editor without them installed sees the report as it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ewm.errors import MissingError
from ewm.report.office.styles import FontRole, font_family

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand

_CUTS: tuple[tuple[FontRole, str, bool], ...] = (
    ("sans", "Regular", False),
    ("sans", "Bold", True),
    ("semibold", "SemiBold", False),
    ("light", "Light", False),
    ("mono", "Regular", False),
)
_FALLBACKS: dict[FontRole, tuple[str, ...]] = {
    "sans": ("Segoe UI", "Calibri", "Carlito", "Arial"),
    "semibold": ("Segoe UI Semibold", "Calibri", "Carlito", "Arial"),
    "light": ("Segoe UI Light", "Calibri Light", "Carlito", "Arial"),
    "mono": ("Consolas", "DejaVu Sans Mono", "Courier New"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and what it serves as: the regular or the bold cut of its family."""

    role: FontRole
    family: str
    bold: bool
    file: str
    data: bytes
    fallbacks: tuple[str, ...]


def faces(brand: Brand, assets: Path) -> tuple[Face, ...]:
    """Return the font files that the styles use; raises MissingError where one has not been built."""
    found = []
    for role, cut, bold in _CUTS:
        base = brand.fonts.mono if role == "mono" else brand.fonts.sans
        path = assets / "fonts" / f"{base.replace(' ', '')}-{cut}.ttf"
        found.append(Face(role, font_family(role, brand), bold, path.name, _data(path), _FALLBACKS[role]))
    return tuple(found)


@lru_cache(maxsize=16)
def _data(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingError(f"Die Schrift {path} fehlt. Bitte mit „make assets“ bauen.") from error
