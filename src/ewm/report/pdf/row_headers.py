"""Marks the first cell of every table row as the row's header, which Typst 0.15 cannot say outside its test features.

A reader who moves through a table with a screen reader hears the row's name with each value only if its cell is a
header (PDF/UA-1, Matterhorn 15-003). Typst writes structure elements in the clear, so the tags are changed in place:
no byte moves and no offset changes. Explicit lists of column headers give way to scopes, which name rows as well.
"""

from __future__ import annotations

import re

from ewm.errors import ContentError

_CELL = re.compile(
    rb"<</Type/StructElem/S/T(?P<kind>[DH])/P \d+ 0 R(?:/ID\([^)]*\))?/A\[?<</O/Table(?P<entries>[^>]*)>>"
)
_HEADERS = re.compile(rb"/Headers\[(?P<ids>[^\]]*)\]")
_FIRST_COLUMN = re.compile(rb"^\(U\d+x0y\d+\)")


def mark_row_headers(pdf: bytes, expected: int) -> bytes:
    """Return the file with row headers; ``expected`` is the number of body rows in all tables.

    Raises ContentError if another number of first cells was found: then the typesetter writes tags in another way.
    """
    found = 0

    def mark(match: re.Match[bytes]) -> bytes:
        nonlocal found
        cell, entries = match[0], match["entries"]
        headers = _HEADERS.search(entries)
        if headers is None:
            return cell
        scope = b""
        if match["kind"] == b"D" and _FIRST_COLUMN.match(headers["ids"]):
            found += 1
            scope = b"/Scope/Row"
            cell = cell.replace(b"/S/TD", b"/S/TH", 1)
        return cell.replace(headers[0], scope.ljust(len(headers[0])), 1)

    marked = _CELL.sub(mark, pdf)
    if found != expected:
        raise ContentError(
            f"In den Tabellen wurden {found} statt {expected} Zeilenköpfe gefunden. Bitte die Version von typst prüfen "
            "(vorgesehen ist die in pyproject.toml genannte)."
        )
    return marked
