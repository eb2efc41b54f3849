"""Counts the cells of a sheet while its text runs by, before any library makes room for them.

A single cell in the last row and column makes some libraries reserve the whole sheet; a cell that says it is repeated a
million times is a million cells. Both are told with their place.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from ewm.capture.imports.reading.errors import TooManyCellsError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.imports.reading.limits import Limits

_BLOCK = 1 << 20
_OVERLAP = 4096
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,9})"')
_ODS = re.compile(rb"<(table:table|table:table-row|table:table-cell|table:covered-table-cell)(\s[^>]*)?>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
_NAME = re.compile(rb'table:name="([^"]*)"')


def _runs(head: bytes, stream: IO[bytes], pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Yield every match in a text that is read in blocks; one that touches the end of a block waits for the next."""
    text = head
    while True:
        block = stream.read(_BLOCK)
        edge = len(text) - _OVERLAP if block else len(text)
        last = 0
        for match in pattern.finditer(text):
            if match.start() >= edge:
                break
            yield match
            last = match.end()
        if not block:
            return
        text = text[max(last, edge) :] + block


def column_letters(number: int) -> str:
    """Return a column's letters, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


_WAY_OUT = "Bitte nur den Bereich mit den Daten in eine neue Datei kopieren."


def _beyond(place: str, limits: Limits) -> UnreadableFileError:
    most = f"Gelesen werden höchstens {limits.columns} Spalten und {limits.rows} Zeilen."
    return UnreadableFileError(f"{place}: {most} {_WAY_OUT}")


def too_many_cells(place: str, cells: int, limits: Limits) -> TooManyCellsError:
    """Return the refusal of a sheet that has too many cells, told with the place where they become too many."""
    return TooManyCellsError(f"{place}: Das Blatt hat mehr als {limits.cells} Zellen. {_WAY_OUT}", cells)


def scan_xlsx(head: bytes, stream: IO[bytes], part: str, limits: Limits) -> None:
    """Raise UnreadableFileError at the first cell beyond the limits."""
    where = f"Blatt {part.rsplit('/', maxsplit=1)[-1].removesuffix('.xml')}"
    for cells, match in enumerate(_runs(head, stream, _XLSX_CELL), 1):
        column, row = _column_number(match[1]), int(match[2])
        if column > limits.columns or row > limits.rows:
            raise _beyond(f"{where}, Zelle {match[1].decode()}{row}", limits)
        if cells > limits.cells:
            raise too_many_cells(f"{where}, Zeile {row}", cells, limits)


def scan_ods(head: bytes, stream: IO[bytes], limits: Limits) -> None:
    """Raise UnreadableFileError at the first cell beyond the limits, repeated ones counted."""
    sheet, row, column, repeated_rows, cells = "", 0, 0, 1, 0
    for match in _runs(head, stream, _ODS):
        tag, attributes = match[1], match[2] or b""
        times = _times(attributes)
        if tag == b"table:table":
            name = _NAME.search(attributes)
            sheet, row, repeated_rows, cells = name[1].decode("utf-8", "replace") if name else "", 0, 0, 0
        elif tag == b"table:table-row":
            row, column, repeated_rows = row + repeated_rows, 0, times
        else:
            filled = b"value-type=" in attributes
            cells += times * repeated_rows if filled else 0
            column += times
            place = f"Blatt „{sheet}“, Zelle {column_letters(column)}{row + 1}"
            if filled and (column > limits.columns or row + repeated_rows > limits.rows):
                raise _beyond(place, limits)
            if cells > limits.cells:
                raise too_many_cells(place, cells, limits)


def _times(attributes: bytes) -> int:
    repeated = _REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1
