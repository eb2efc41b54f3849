"""Names and lengths of OpenDocument that several parts use."""

from __future__ import annotations

from ewm.report.office.styles import BUILT_IN

_PREFIX = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "xmlns:office": f"{_PREFIX}office:1.0",
    "xmlns:style": f"{_PREFIX}style:1.0",
    "xmlns:text": f"{_PREFIX}text:1.0",
    "xmlns:table": f"{_PREFIX}table:1.0",
    "xmlns:draw": f"{_PREFIX}drawing:1.0",
    "xmlns:fo": f"{_PREFIX}xsl-fo-compatible:1.0",
    "xmlns:svg": f"{_PREFIX}svg-compatible:1.0",
    "xmlns:meta": f"{_PREFIX}meta:1.0",
    "xmlns:config": f"{_PREFIX}config:1.0",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:ooow": "http://openoffice.org/2004/writer",
    "office:version": "1.3",
}

COVER_PAGE, PAGE = "First_20_Page", "Standard"


def style_name(key: str) -> str:
    """Return the name of a style in the file; a space is written ``_20_``."""
    return BUILT_IN[key].odt.replace(" ", "_20_") if key in BUILT_IN else f"ewm_{key}"


def mm(length: float) -> str:
    """Return a length on the page."""
    return f"{length:.2f}mm"


def pt(length: float) -> str:
    """Return a length of type."""
    return f"{length:g}pt"
