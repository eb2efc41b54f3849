"""CSV as German spreadsheets open it: UTF-8 with a byte order mark, semicolons, decimal commas, dates TT.MM.JJJJ."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import euros, yes_or_no
from ewm.capture.lists.export.packing import member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.capture.lists.export.book import Book, Sheet

BYTE_ORDER_MARK = "\ufeff"
NOTE = "#"
ABOUT = "angaben.csv"


def csv_lines(book: Book) -> Iterator[str]:
    """Yield the lines of a book of one sheet, and after an empty line what there is to say, each after ``#``."""
    (sheet,) = book.sheets
    yield from _lines(sheet)
    yield "\r\n"
    for name, text in book.about:
        yield _line([_quoted(f"{NOTE} {name}"), _quoted(neutral(text))])


def write_csv_files(book: Book, file: IO[bytes]) -> None:
    """Write a zip with a file for each sheet, one of what there is to say, and what is attached."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for sheet in book.sheets:
            _pack(packed, f"{sheet.name}.csv", _lines(sheet))
        said = [_line([_quoted(neutral(name)), _quoted(neutral(text))]) for name, text in book.about]
        packed.writestr(member(ABOUT), BYTE_ORDER_MARK + "".join(said))
        for each in book.attached():
            packed.writestr(member(each.name, stored=True), each.read())


def _pack(packed: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    with packed.open(member(name), "w", force_zip64=True) as content:
        for line in lines:
            content.write(line.encode())


def _lines(sheet: Sheet) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(_quoted(neutral(head.title)) for head in sheet.heads)
    kinds = [head.kind for head in sheet.heads]
    for row in sheet.rows:
        yield _line(_written(kind, value) for kind, value in zip(kinds, row, strict=True))


def _line(cells: Iterable[str]) -> str:
    return ";".join(cells) + "\r\n"


def _written(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if kind is Kind.YES_NO:
        return yes_or_no(value)
    if kind is Kind.MONEY:
        return euros(value, ",")
    return str(value) if isinstance(value, int) else _quoted(neutral(value))


def _quoted(text: str) -> str:
    inside = text.replace('"', '""')
    return f'"{inside}"' if any(sign in text for sign in ";\"\r\n\t'") or text != text.strip() else text
