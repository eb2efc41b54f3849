"""Pictures for office files: charts as PNG at 300 dots per inch, signs, the cover's field of dots, photographs."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ewm.errors import ContentError
from ewm.report.office.items import Drawing

if TYPE_CHECKING:
    from ewm.report.brand import Colours
    from ewm.report.document import FigureBlock, Picture, Sign

POINTS_PER_MM = 72 / 25.4
RESOLUTION = 300
PHOTO_HEIGHT = 100 * POINTS_PER_MM
"""A photograph is as wide as the text area, but no higher than this (points)."""

_FULL, _OPEN = 'fill="#FFFFFF"', 'fill="none" stroke="#FFFFFF" stroke-width="0.8"'

SIGN_HEIGHT = 6.5
_WIDE = {"break": 3.0}

_INVISIBLE = re.compile(r'<(?:path|rect|circle|line)\b[^>]*\sopacity="0"[^>]*/>')
_SVG = re.compile(r"<svg[\s>]")
_KEPT = 128


@lru_cache(maxsize=8)
def _use_fonts(folder: str) -> None:
    import vl_convert  # noqa: PLC0415 (loads a JavaScript engine: only where something is drawn)

    vl_convert.register_font_directory(folder)


@lru_cache(maxsize=_KEPT)
def png(svg: str, fonts: str) -> bytes:
    """Return a drawing as PNG; drawn once for both office files.

    Marks of no opacity are left out: the converter would spend half its time on layers that nobody sees.
    """
    import vl_convert  # noqa: PLC0415

    _use_fonts(fonts)
    return bytes(vl_convert.svg_to_png(_INVISIBLE.sub("", svg), scale=1, ppi=RESOLUTION))


def figure_drawing(figure: FigureBlock, assets: Path) -> Drawing:
    """Return a chart; raises ContentError where it has no picture or nobody has said what it shows."""
    if not figure.alt.strip():
        raise ContentError(f"{figure.label}: Der Alternativtext fehlt. Bitte bei der Abbildung ergänzen.")
    if not _SVG.search(figure.svg[:2000]):
        raise ContentError(f"{figure.label}: Die Zeichnung (SVG) fehlt. Bitte die Abbildung neu erzeugen.")
    try:
        data = png(figure.svg, str(assets / "fonts"))
    except ValueError as error:
        raise ContentError(f"{figure.label}: Die Zeichnung lässt sich nicht lesen: {error}.") from error
    return Drawing(figure.label, data, figure.width, figure.height, figure.alt.strip())


# -- photographs -----------------------------------------------------------------------------------------------------


def photograph(picture: Picture, width: float) -> Drawing:
    """Return a photograph at most ``width`` points wide.

    Raises ContentError for a file that is missing or neither PNG nor JPEG, and for a picture without alt text.
    """
    path = Path(picture.path)
    if not picture.alt.strip():
        raise ContentError(f"Das Bild {path} hat keinen Alternativtext. Bitte beschreiben, was zu sehen ist.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(f"Das Bild {path} fehlt. Bitte die Datei ablegen oder das Bild entfernen.") from error
    pixels = _pixels(data)
    if pixels is None:
        raise ContentError(f"Das Bild {path} ist weder PNG noch JPEG. Bitte in einem der beiden Formate speichern.")
    scale = min(width / pixels.width, PHOTO_HEIGHT / pixels.height)
    return Drawing(path.name, data, pixels.width * scale, pixels.height * scale, picture.alt.strip())


class Pixels(NamedTuple):
    """Size of a picture."""

    width: int
    height: int


def _pixels(data: bytes) -> Pixels | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return Pixels(*struct.unpack(">II", data[16:24]))
    return _jpeg_pixels(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_pixels(data: bytes) -> Pixels | None:
    """Walk a JPEG's segments to the frame header (SOF), where the size stands."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Pixels(width, height) if width and height else None
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None


# -- signs and dots --------------------------------------------------------------------------------------------------


def sign_drawing(sign: Sign, colours: Colours, assets: Path) -> Drawing:
    """Return a small sign; raises ContentError where the text is missing that it stands for."""
    if not sign.text.strip():
        raise ContentError(f"Ein Zeichen ({sign.kind}) hat keinen Text. Bitte ergänzen, wofür es steht.")
    width = _WIDE.get(sign.kind, 1.0)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIGN_HEIGHT * width:g}" height="{SIGN_HEIGHT:g}" '
        f'viewBox="0 0 {10 * width:g} 10">{_sign_shape(sign.kind, colours)}</svg>'
    )
    return Drawing(sign.kind, png(svg, str(assets / "fonts")), SIGN_HEIGHT * width, SIGN_HEIGHT, sign.text)


def _sign_shape(kind: str, colours: Colours) -> str:
    blue, ochre, red, grey = colours.blue, colours.ochre, colours.red, colours.grey
    return {
        "project": f'<circle cx="5" cy="5" r="4.4" fill="{blue}"/>',
        "activity": f'<path d="M5 0 10 5 5 10 0 5Z" fill="{ochre}"/>',
        "full": f'<circle cx="5" cy="5" r="4.4" fill="{blue}"/>',
        "half": (
            f'<circle cx="5" cy="5" r="4.1" fill="none" stroke="{blue}"/>'
            f'<path d="M5 .6A4.4 4.4 0 0 0 5 9.4Z" fill="{blue}"/>'
        ),
        "withheld": f'<path d="M.7 .7H9.3V9.3H.7ZM.7 9.3 9.3 .7" fill="none" stroke="{red}" stroke-width="1.2"/>',
        "none": f'<circle cx="5" cy="5" r="1.3" fill="{grey}"/>',
        "break": f'<path d="M0 5H30" stroke="{red}" stroke-width="1.4" stroke-dasharray="6 4"/>',
    }[kind]


def cover_drawing(count: int, filled: int, alt: str, colours: Colours, assets: Path, *, width: float) -> Drawing | None:
    """Return the cover's field of dots, one per unit with the last ``filled`` ones full; None for no unit."""
    if count < 1:
        return None
    height, pad = width * 0.72, 20.0
    columns = _columns(count, width - 2 * pad, height - 2 * pad)
    rows = ceil(count / columns)
    step = min((width - 2 * pad) / columns, (height - 2 * pad) / rows)
    left, top = (width - step * columns) / 2, (height - step * rows) / 2
    circles = "".join(
        f'<circle cx="{left + step * (place % columns + 0.5):.2f}" cy="{top + step * (place // columns + 0.5):.2f}" '
        f'r="{step * 0.36:.2f}" {_FULL if place >= count - filled else _OPEN}/>'
        for place in range(count)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><rect width="{width:g}" height="{height:g}" fill="{colours.night}"/>'
        f"{circles}</svg>"
    )
    return Drawing("cover", png(svg, str(assets / "fonts")), width, height, alt)


def _columns(count: int, width: float, height: float) -> int:
    """Return how many dots in a row make them largest."""
    return max(range(1, count + 1), key=lambda columns: min(width / columns, height / ceil(count / columns)))
