"""XLSX, row by row: xlsxwriter keeps one row in memory and the rest in a file."""

from __future__ import annotations

from datetime import date
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind

if TYPE_CHECKING:
    from ewm.capture.lists.export.table import Table

FORMATS = {Kind.MONEY: "#,##0.00", Kind.COUNT: "#,##0", Kind.SHARE: "0", Kind.DAY: "dd.mm.yyyy"}
WIDTHS = {Kind.MONEY: 18, Kind.COUNT: 10, Kind.SHARE: 12, Kind.DAY: 12, Kind.YES_NO: 10, Kind.STATUS: 20}
LONGEST = 32_767  # characters of a cell, by the format


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write the table into a file: a sheet of rows, and one that says where they come from."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    _write_rows(book, table)
    _write_about(book, table)
    book.close()


def _write_rows(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(table.title[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {kind: book.add_format({"num_format": written}) for kind, written in FORMATS.items()}
    sheet.freeze_panes(1, 0)
    for place, (head, kind) in enumerate(zip(table.heads, table.kinds, strict=True)):
        sheet.set_column(place, place, WIDTHS.get(kind, 30))
        sheet.write_string(0, place, neutral(head), bold)
    last = 0
    for line, row in enumerate(table.rows, 1):
        last = line
        for place, (kind, value) in enumerate(zip(table.kinds, row, strict=True)):
            _write(sheet, (line, place), value, kind, formats.get(kind))
    sheet.autofilter(0, 0, max(last, 1), len(table.heads) - 1)


def _write(sheet: Any, cell: tuple[int, int], value: Any, kind: Kind, written: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(*cell, value, written)
    elif isinstance(value, int):
        sheet.write_number(*cell, value / 100 if kind is Kind.MONEY else value, written)
    else:
        sheet.write_string(*cell, neutral(value)[:LONGEST])


def _write_about(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(_("Angaben"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for line, (name, text) in enumerate(table.about):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, neutral(text))
