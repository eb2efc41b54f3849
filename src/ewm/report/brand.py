"""The house style of one programme, read from ``brand/style.toml``: colours by role and font families.

A colour means the same in every report; the only one that a cluster may replace is ``night`` on the cover.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
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


def load_brand(folder: Path) -> Brand:
    """Read a programme's ``brand`` folder.

    Raises ContentError that names the file and every role that is missing, unknown or no colour.
    """
    path = folder / STYLE
    try:
        style = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path} fehlt. Bitte die Datei mit [colours] und [fonts] anlegen.") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path} ist kein gültiges TOML: {error}") from error
    colours, fonts = _texts(path, style, "colours", Colours), _texts(path, style, "fonts", Fonts)
    wrong = [f"colours.{role} = „{value}“" for role, value in colours.items() if not _HEX.fullmatch(value)]
    if wrong:
        raise ContentError(f"{path}: Keine Farbe der Form #RRGGBB: {', '.join(wrong)}.")
    return Brand(folder, Colours(**colours), Fonts(**fonts))


def _texts(path: Path, style: dict[str, object], section: str, kind: type[Colours | Fonts]) -> dict[str, str]:
    table = style.get(section)
    given = {key: str(value) for key, value in table.items()} if isinstance(table, dict) else {}
    expected = {field.name for field in fields(kind)}
    if expected != set(given):
        missing, unknown = sorted(expected - set(given)), sorted(set(given) - expected)
        raise ContentError(
            f"{path}, [{section}]: Es fehlen {', '.join(missing) or 'keine'}, unbekannt sind "
            f"{', '.join(unknown) or 'keine'}."
        )
    return given
