"""The pictures of a report: charts, small signs, the cover's field of dots, photographs."""

from __future__ import annotations

import re
import struct
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args, get_type_hints

from ewm.errors import ContentError
from ewm.report.document import FigureBlock, Sign, plain
from ewm.report.office.items import Drawing
from ewm.report.office.raster import Svg, rasterized
from ewm.report.office.styles import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.brand import Brand, Colours
    from ewm.report.document import Document, Picture

POINTS_PER_MM = 72 / 25.4
FULL_WIDTH = TEXT_WIDTH * POINTS_PER_MM
PHOTO_HEIGHT = 100 * POINTS_PER_MM
"""A photograph is as wide as the text area, but no higher than this (points)."""

SIGN_HEIGHT = 6.5
_SIGN_WIDTHS = {"break": 3.0}
"""Widths of signs that are not square, in heights."""

_COVER = "cover"
_COVER_HEIGHT, _COVER_PAD = FULL_WIDTH * 0.72, 20.0
_COVER_SHARE = 0.5
"""Of the charts' resolution: dots need no more, and the cover is the largest picture."""

_FULL, _OPEN = 'fill="#FFFFFF"', 'fill="none" stroke="#FFFFFF" stroke-width="0.8"'
_SVG = re.compile(r"<svg[\s>]")


class Pictures:
    """Draws everything that a document needs at once, and gives it out by what it belongs to.

    Raises ContentError naming a figure that has no drawing, or whose drawing cannot be read or has a missing glyph.
    """

    def __init__(self, document: Document, brand: Brand, assets: Path) -> None:
        self._dots_text = plain(document.meta.dots_text)
        drawings = tuple(_drawings(document, brand.colours))
        made = rasterized(drawings, assets / "fonts", brand.fonts.sans)
        self._made = dict(zip((drawing.name for drawing in drawings), zip(drawings, made, strict=True), strict=True))

    def figure(self, figure: FigureBlock) -> Drawing:
        """Return a chart; raises ContentError where nobody has said what it shows."""
        if not figure.alt.strip():
            raise ContentError("Der Alternativtext fehlt. Bitte bei der Abbildung ergänzen.")
        return self._drawing(figure.label, figure.alt.strip())

    def sign(self, sign: Sign) -> Drawing:
        """Return a small sign; raises ContentError where the text is missing that it stands for."""
        if not sign.text.strip():
            raise ContentError(f"Ein Zeichen ({sign.kind}) hat keinen Text. Bitte ergänzen, wofür es steht.")
        return self._drawing(sign.kind, sign.text)

    def cover(self) -> Drawing | None:
        """Return the cover's field of dots, None for a report without any."""
        if _COVER not in self._made:
            return None
        return Drawing(_COVER, self._made[_COVER][1], FULL_WIDTH, _COVER_HEIGHT, self._dots_text)

    def _drawing(self, name: str, alt: str) -> Drawing:
        drawing, data = self._made[name]
        return Drawing(name, data, drawing.width, drawing.height, alt)


def _drawings(document: Document, colours: Colours) -> Iterator[Svg]:
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, FigureBlock):
                yield _figure(block)
    yield from (_sign(kind, colours) for kind in get_args(get_type_hints(Sign)["kind"]))
    count, filled = document.meta.dots
    if count > 0:
        yield Svg(_COVER, _dots(count, filled, colours), FULL_WIDTH * _COVER_SHARE, _COVER_HEIGHT * _COVER_SHARE)


def _figure(figure: FigureBlock) -> Svg:
    if not _SVG.search(figure.svg[:2000]):
        raise ContentError(f"{figure.label}: Die Zeichnung (SVG) fehlt. Bitte die Abbildung neu erzeugen.")
    return Svg(figure.label, figure.svg, figure.width, figure.height)


# -- signs and dots --------------------------------------------------------------------------------------------------


def _sign(kind: str, colours: Colours) -> Svg:
    width = SIGN_HEIGHT * _SIGN_WIDTHS.get(kind, 1.0)
    view = f"0 0 {10 * _SIGN_WIDTHS.get(kind, 1.0):g} 10"
    return Svg(kind, _svg(width, SIGN_HEIGHT, _sign_shape(kind, colours), view), width, SIGN_HEIGHT)


def _svg(width: float, height: float, content: str, view: str = "") -> str:
    view = view or f"0 0 {width:g} {height:g}"
    size = f'width="{width:g}" height="{height:g}" viewBox="{view}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


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


def _dots(count: int, filled: int, colours: Colours) -> str:
    """Draw one dot per unit, the last ``filled`` ones full, as large as they fit."""
    room_x, room_y = FULL_WIDTH - 2 * _COVER_PAD, _COVER_HEIGHT - 2 * _COVER_PAD
    columns = max(range(1, count + 1), key=lambda columns: min(room_x / columns, room_y / ceil(count / columns)))
    rows = ceil(count / columns)
    step = min(room_x / columns, room_y / rows)
    left, top = (FULL_WIDTH - step * columns) / 2, (_COVER_HEIGHT - step * rows) / 2
    circles = "".join(
        f'<circle cx="{left + step * (place % columns + 0.5):.2f}" cy="{top + step * (place // columns + 0.5):.2f}" '
        f'r="{step * 0.36:.2f}" {_FULL if place >= count - filled else _OPEN}/>'
        for place in range(count)
    )
    ground = f'<rect width="{FULL_WIDTH:g}" height="{_COVER_HEIGHT:g}" fill="{colours.night}"/>'
    return _svg(FULL_WIDTH, _COVER_HEIGHT, ground + circles)


# -- photographs -----------------------------------------------------------------------------------------------------


def photograph(picture: Picture) -> Drawing:
    """Return a photograph no larger than the page allows.

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
    scale = min(FULL_WIDTH / pixels.width, PHOTO_HEIGHT / pixels.height)
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
