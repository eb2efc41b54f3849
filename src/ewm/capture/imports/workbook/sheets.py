"""The sheets of a workbook that was read: which column is what, and the rows below the header."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING

from ewm.capture.imports.profiles.headers import header_key, shown
from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.sheet_scan import column_letters
from ewm.capture.imports.reading.whole import place_of, row_words, version_of
from ewm.capture.imports.workbook.layout import READ_GROUPS, SHEETS, columns_of
from ewm.capture.imports.workbook.rows import Given, SheetRow
from ewm.capture.imports.workbook.template import VERSION
from ewm.capture.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.imports.found import RecordKind
    from ewm.capture.imports.reading import Row, Table
    from ewm.capture.imports.workbook.columns import Column
    from ewm.capture.imports.workbook.words import Words

_CLOSE = 0.85
"""From here on two headers are so alike that one is meant for the other."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows below the header, and where its columns stand, by key."""

    rows: Sequence[SheetRow]
    places: Mapping[str, str]


def sheets_in(table: Table, words: Words, corrections: Mapping[tuple[int, int], str]) -> dict[RecordKind, Sheet]:
    """Return the sheets that have rows, by kind.

    Raises UnreadableFileError that names sheet, row and column, and what to do: a later version of the template, a
    header that is almost one of ours, one that comes twice. Other headers are somebody's own: they are not read.
    """
    version = version_of(table.sheet)
    if version.isdecimal() and int(version) > int(VERSION):
        raise UnreadableFileError(
            f"Die Arbeitsmappe hat die Fassung {version}, gelesen wird bis Fassung {VERSION}. "
            "Bitte die Vorlage hier neu herunterladen und die Zeilen dorthin kopieren."
        )
    kinds = {name: kind for kind, name in SHEETS.items()}
    found = {}
    for name, rows in groupby(table.rows, key=lambda row: place_of(row.number)[0]):
        header, *body = rows
        kind = kinds[name]
        columns = columns_of(kind, words, Period(), groups=READ_GROUPS)
        placed = placed_columns(header, columns)
        read = [sheet_row(row, placed, columns, words, corrections) for row in body]
        found[kind] = Sheet(read, {column.key: place for column, place in placed.values()})
    return found


def placed_columns(header: Row, columns: Sequence[Column]) -> dict[int, tuple[Column, str]]:
    """Return which column stands at which index, and how it is told (``C, Beginn``); raises UnreadableFileError."""
    known = {header_key(each.header): each for each in columns}
    placed: dict[int, tuple[Column, str]] = {}
    seen: dict[str, str] = {}
    for index, cell in enumerate(header.cells):
        text = shown(cell)
        key = header_key(text)
        if not key:
            continue
        place = f"{column_letters(index + 1)}, {text.removesuffix(' *')}"
        if key not in known:
            _refuse_almost(header, place, key, known)
            continue
        if key in seen:
            raise _wrong(header, place, f"Die Spalte gibt es schon ({seen[key]}). Bitte eine der beiden umbenennen.")
        seen[key] = place
        placed[index] = (known[key], place)
    return placed


def _refuse_almost(header: Row, place: str, key: str, known: Mapping[str, Column]) -> None:
    close = [each for each in known if each.startswith(key)] or get_close_matches(key, known, 1, _CLOSE)
    if close:
        meant = known[close[0]].header
        raise _wrong(header, place, f"Diese Spalte gibt es nicht. Gemeint „{meant}“? Bitte so schreiben, sonst anders.")


def _wrong(header: Row, place: str, message: str) -> UnreadableFileError:
    return UnreadableFileError(f"{row_words(header.number)}, Spalte {place}: {message}")


def sheet_row(
    row: Row,
    placed: Mapping[int, tuple[Column, str]],
    columns: Sequence[Column],
    words: Words,
    corrections: Mapping[tuple[int, int], str],
) -> SheetRow:
    """Return one row with its cells by column, corrected ones as they were corrected."""
    cells = {}
    for index, (column, place) in placed.items():
        value: object = row.cells[index] if index < len(row.cells) else None
        corrected = corrections.get((row.number, index))
        value = value if corrected is None else corrected.strip() or None
        if value is not None:
            cells[column.key] = Given(column, place, value)
    there = {column.key: place for column, place in placed.values()}
    places = {each.key: there.get(each.key, "") for each in columns}
    return SheetRow(row.number, cells, places, words, {each.key: each.header for each in columns if each.needed})
