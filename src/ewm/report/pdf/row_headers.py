"""Marks the first cell of every table row as the row's header, which Typst 0.15 cannot say outside its test features.

A reader who moves through a table with a screen reader hears the row's name with each value only if its cell is a
header (PDF/UA-1, Matterhorn 15-003). Typst writes structure elements in the clear, so the tags are changed in place:
no byte moves and no offset changes. Explicit lists of column headers give way to scopes, which name rows as well. The
last rows of a long table, which the theme keeps together as a footer, become what they are: rows of the body.
"""

from __future__ import annotations

import re

from ewm.errors import ContentError

_CELL = re.compile(
    rb"<</Type/StructElem/S/T(?P<kind>[DH])/P \d+ 0 R(?:/ID\((?P<id>[^)]*)\))?/A\[?<</O/Table(?P<entries>[^>]*)>>"
)
_HEADERS = re.compile(rb"/Headers\[(?P<ids>[^\]]*)\]")
_SPAN = re.compile(rb"/ColSpan (\d+)")
_PLACE = re.compile(rb"U(?P<table>\d+)x(?P<column>\d+)y\d+")
_FOOT, _BODY = b"<</Type/StructElem/S/TFoot/", b"<</Type/StructElem/S/TBody/"


def mark_row_headers(pdf: bytes, expected: int) -> bytes:
    """Return the file with row headers; ``expected`` is the number of rows in all tables of three and more columns.

    A table of two columns is read as pairs and needs none. Raises ContentError if another number of first cells was
    found: then the typesetter writes tags in another way.
    """
    columns = _columns(pdf)
    found = 0

    def mark(match: re.Match[bytes]) -> bytes:
        nonlocal found
        cell = match[0]
        headers = _HEADERS.search(match["entries"])
        if headers is None:
            return cell
        scope = b""
        if match["kind"] == b"D" and _names_row(headers["ids"], columns):
            found += 1
            scope = b"/Scope/Row"
            cell = cell.replace(b"/S/TD", b"/S/TH", 1)
        return cell.replace(headers[0], scope.ljust(len(headers[0])), 1)

    marked = _CELL.sub(mark, pdf).replace(_FOOT, _BODY)
    if found != expected:
        raise ContentError(
            f"In den Tabellen wurden {found} statt {expected} Zeilenköpfe gefunden. Bitte die Version von typst prüfen "
            "(vorgesehen ist die in pyproject.toml genannte)."
        )
    return marked


def _columns(pdf: bytes) -> dict[bytes, int]:
    """Number of columns by the number that the typesetter gave to the table."""
    columns: dict[bytes, int] = {}
    for cell in _CELL.finditer(pdf):
        place = _PLACE.fullmatch(cell["id"] or b"")
        if place:
            span = _SPAN.search(cell["entries"])
            end = int(place["column"]) + (int(span[1]) if span else 1)
            columns[place["table"]] = max(columns.get(place["table"], 0), end)
    return columns


def _names_row(headers: bytes, columns: dict[bytes, int]) -> bool:
    """Whether the first header of a cell is that of a first column, in a table of more than two."""
    place = _PLACE.match(headers.removeprefix(b"("))
    return place is not None and place["column"] == b"0" and columns.get(place["table"], 0) > 2
