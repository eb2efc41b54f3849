"""Lengths, ids and small elements of WordprocessingML that several parts use."""

from __future__ import annotations

from ewm.report.office.styles import BUILT_IN
from ewm.report.office.xml import tag

NAMESPACES = {
    "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}


def style_id(key: str) -> str:
    """Return the id of a style in the file."""
    if key in BUILT_IN:
        return BUILT_IN[key].docx_id
    return "Ewm" + "".join(part.capitalize() for part in key.split("_"))


def twips(millimetres: float) -> str:
    """Return a length on the page in twentieths of a point."""
    return str(round(millimetres * 1440 / 25.4))


def val(name: str, value: str) -> str:
    """Return an element whose only content is its value."""
    return tag(name, {"w:val": value})


def border(side: str, *, kind: str, width: float, colour: str, distance: float = 0) -> str:
    """Return one line of a paragraph or cell; width and distance in points, colour ``#RRGGBB``."""
    return tag(
        f"w:{side}",
        {"w:val": kind, "w:sz": f"{width * 8:.0f}", "w:space": f"{distance:.0f}", "w:color": colour.lstrip("#")},
    )
