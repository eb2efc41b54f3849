"""The house style of one programme, read from ``brand/style.toml``: colours by role and font families.

A colour means the same in every report; the only one that a cluster may replace is ``night`` on the cover.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STYLE = "style.toml"

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by role, each as ``#RRGGBB``. Red is for method alone, never for data."""

    ink: str
    grey: str
    hair: str
    tint: str
    blue: str
    blue_mid: str
    blue_light: str
    blue_envelope: str
    ochre: str
    ochre_text: str
    ochre_light: str
    ochre_pale: str
    ochre_envelope: str
    red: str
    night: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names of the font families."""

    sans: str
    mono: str


@dataclass(frozen=True, slots=True)
class Brand:
    """The house style; ``folder`` holds it, with the theme of the printed report."""

    folder: Path
    colours: Colours
    fonts: Fonts


_ROLES: Mapping[str, tuple[str, ...]] = {
    "ink": ("colour", "ink"),
    "grey": ("colour", "grey"),
    "hair": ("colour", "hair"),
    "red": ("colour", "method"),
    "tint": ("document", "tint"),
    "night": ("document", "night"),
    "blue": ("series", "project", "fill"),
    "blue_mid": ("series", "project", "mid"),
    "blue_light": ("series", "project", "light"),
    "blue_envelope": ("series", "project", "envelope"),
    "ochre": ("series", "activity", "fill"),
    "ochre_text": ("series", "activity", "text"),
    "ochre_light": ("series", "activity", "mid"),
    "ochre_pale": ("series", "activity", "light"),
    "ochre_envelope": ("series", "activity", "envelope"),
}
"""Where the style keeps the colour of each role: charts and pages share one table."""


def load_brand(folder: Path) -> Brand:
    """Read a programme's ``brand`` folder.

    Raises ContentError that names the file and every entry that is missing or no colour.
    """
    path = folder / STYLE
    try:
        style = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path} fehlt. Bitte die Datei mit den Farben und Schriften anlegen.") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path} ist kein gültiges TOML: {error}") from error
    colours = {role: _entry(style, keys) for role, keys in _ROLES.items()}
    fonts = {"sans": _entry(style, ("page", "font")), "mono": _entry(style, ("document", "mono"))}
    wrong = [".".join(_ROLES[role]) for role, value in colours.items() if not _HEX.fullmatch(value)]
    wrong += [f"Schrift {role}" for role, value in fonts.items() if not value]
    if wrong:
        raise ContentError(f"{path}: Es fehlt oder ist keine Farbe der Form #RRGGBB: {', '.join(wrong)}.")
    return Brand(folder, Colours(**colours), Fonts(**fonts))


def _entry(style: Any, keys: tuple[str, ...]) -> str:
    """Return the text at a path of keys, or an empty one."""
    for key in keys:
        style = style.get(key) if isinstance(style, dict) else None
    return style if isinstance(style, str) else ""
