"""Drawings as PNG: all of a report at once, by the typesetter that also prints them.

The typesetter draws text twice as fast as the chart converter, in files a third as large, and with the report's fonts
alone; both office files share the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.report.characters import characters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import typst

RESOLUTION = 300
"""Dots per inch."""

_TEXT = re.compile(r">([^<]+)<")
_UNSEEN = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)
_PAGE = (
    '#set page(width: {width:g}pt, height: {height:g}pt, margin: 0pt)\n'
    '#image(bytes(sys.inputs.at("{key}")), format: "svg", width: 100%, height: 100%)\n'
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Svg:
    """A drawing of ``width`` × ``height`` points and what to call it where it cannot be drawn."""

    name: str
    svg: str
    width: float
    height: float


@lru_cache(maxsize=2)
def rasterized(drawings: tuple[Svg, ...], fonts: Path, family: str) -> tuple[bytes, ...]:
    """Return the drawings as PNG; raises ContentError naming the one that cannot be read or has a missing glyph.

    ``family`` is the font of the drawings.
    """
    for drawing in drawings:
        _check_glyphs(drawing, fonts, family)
    try:
        return _drawn(drawings, fonts)
    except RuntimeError as error:
        raise ContentError(_unreadable(drawings, fonts, error)) from error


def _drawn(drawings: Sequence[Svg], fonts: Path) -> tuple[bytes, ...]:
    import typst  # noqa: PLC0415 (only where something is drawn)

    if not drawings:
        return ()
    pages = (
        _PAGE.format(width=drawing.width, height=drawing.height, key=place) for place, drawing in enumerate(drawings)
    )
    made: Any = typst.compile(
        "".join(pages).encode(),
        format="png",
        ppi=RESOLUTION,
        font_paths=_faces(fonts),
        sys_inputs={str(place): drawing.svg for place, drawing in enumerate(drawings)},
    )
    return tuple(made) if isinstance(made, list) else (bytes(made),)


@lru_cache(maxsize=4)
def _faces(fonts: Path) -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])


def _unreadable(drawings: Sequence[Svg], fonts: Path, error: RuntimeError) -> str:
    """Return which drawing it is that cannot be read, and why."""
    for drawing in drawings:
        try:
            _drawn((drawing,), fonts)
        except RuntimeError as own:
            return f"{drawing.name}: Die Zeichnung (SVG) lässt sich nicht lesen: {own}"
    return f"Die Zeichnungen lassen sich zusammen nicht lesen: {error}"


def _check_glyphs(drawing: Svg, fonts: Path, family: str) -> None:
    for text in map(unescape, _TEXT.findall(_UNSEEN.sub("", drawing.svg))):
        missing = sorted(set(text) - characters(fonts, family) - {"\n", "\t"})
        if missing:
            raise ContentError(
                f"{drawing.name}: Die Schriften haben „{missing[0]}“ (U+{ord(missing[0]):04X}) nicht, "
                f"in „{text[:60]}“. Bitte das Zeichen ersetzen oder ausschreiben."
            )
