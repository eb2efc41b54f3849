"""One sprite of all icons: those of KERN's own SCSS (Material Symbols as data URIs there) and our own drawings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ewm.errors import MissingError

if TYPE_CHECKING:
    from pathlib import Path

_KERN_ICON = re.compile(r"^\$([a-z-]+):\s*functions\.svg-url\('(<svg.*?</svg>)'\)", re.MULTILINE)
_DRAWING = re.compile(r'<svg[^>]*\bviewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)
_FIXED_COLOUR = re.compile(r'\s(?:fill|stroke)="#[0-9a-fA-F]+"')


def build_sprite(kern: Path, own: Path) -> str:
    """Return an SVG of symbols, each named as KERN or the file names it; a drawing of ours replaces one of KERN's.

    Raises MissingError where KERN's file holds no icons any more or a drawing has no viewBox.
    """
    source = kern / "src/scss/core/utilities/_icons.scss"
    drawings = dict(_KERN_ICON.findall(source.read_text(encoding="utf-8")))
    if not drawings:
        raise MissingError(f"In {source} stehen keine Symbole mehr. Bitte das Muster in {__name__} anpassen.")
    drawings |= {path.stem: path.read_text(encoding="utf-8") for path in sorted(own.glob("*.svg"))}
    symbols = "\n".join(_symbol(name, drawing) for name, drawing in sorted(drawings.items()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _symbol(name: str, drawing: str) -> str:
    found = _DRAWING.search(drawing)
    if not found:
        raise MissingError(f"Das Symbol „{name}“ ist kein SVG mit viewBox.")
    box, shapes = found.groups()
    return f'<symbol id="{name}" viewBox="{box}">{_FIXED_COLOUR.sub("", shapes.strip())}</symbol>'
