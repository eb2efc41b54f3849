"""The header of a table: its row, and its columns."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded
from ewm.capture.imports.profiles.model import HeaderColumn
from ewm.capture.imports.reading.sheet_scan import column_letters

if TYPE_CHECKING:
    from ewm.capture.imports.reading import Row, Table

_LOOKED_AT = 30
_SHOWN = 300
_EXAMPLES = 3
_HEADER_SHARE = 0.6


def header_key(header: str) -> str:
    """Return what two headers are compared by: case, blanks, line breaks, hyphens and signs say nothing."""
    return folded(re.sub(r"[-\u00ad\u2010\u2011]\s*", "", header)).replace(" ", "")


def header_row(table: Table) -> Row:
    """Return the row that names the columns: the first that has about as many words as any of the first rows.

    Titles above a table fill one cell or two, and a row of values has no more words than the header.
    """
    first = table.rows[:_LOOKED_AT]
    words = [sum(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in row.cells) for row in first]
    return next(row for row, count in zip(first, words, strict=True) if count >= _HEADER_SHARE * max(words))


def columns_of(table: Table) -> list[HeaderColumn]:
    """Return the columns that have a header or, in the first rows, a cell, with the first of their cells."""
    header = header_row(table)
    body = [row for row in table.rows[:_SHOWN] if row.number > header.number]
    width = max(len(row.cells) for row in (header, *body))
    found = (
        HeaderColumn(index, column_letters(index + 1), _text(header, index), _examples(body, index))
        for index in range(width)
    )
    return [column for column in found if column.header or column.examples]


def _text(row: Row, index: int) -> str:
    return shown(row.cells[index]) if index < len(row.cells) else ""


def _examples(body: list[Row], index: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for row in body:
        if text := _text(row, index):
            seen[text] = None
        if len(seen) == _EXAMPLES:
            break
    return tuple(seen)


def shown(cell: object) -> str:
    """Return a cell as people read it: days as 20.04.2020, numbers with a decimal comma."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    return str(cell).replace(".", ",") if isinstance(cell, float) else " ".join(str(cell).split())
