"""XLSX, row by row: xlsxwriter keeps one row in memory and the rest in a file."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, date
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import yes_or_no
from ewm.errors import EwmError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.lists.export.book import Book, Sheet

FORMATS = {Kind.MONEY: "#,##0.00", Kind.COUNT: "#,##0", Kind.SHARE: "0", Kind.YEAR: "0", Kind.DAY: "dd.mm.yyyy"}
WIDTHS = {
    Kind.MONEY: 18, Kind.COUNT: 10, Kind.SHARE: 12, Kind.YEAR: 10, Kind.DAY: 12, Kind.YES_NO: 10, Kind.STATUS: 20,
}  # fmt: skip
# Limits of the format: characters of a cell and of a sheet's name, rows of a sheet.
LONGEST, LONGEST_NAME, MOST_ROWS = 32_767, 31, 1_048_576
_NO_CHARACTERS = re.compile("[\ufffe\uffff\ud800-\udfff]")  # other controls are written as _x0001_
CUT = " […]"
"""Ends a text of which the format could not hold all."""


def write_xlsx(book: Book, file: IO[bytes]) -> None:
    """Write the book into a file: its sheets, and one that says where they come from.

    Raises EwmError where a sheet has more rows than the format can hold; then, too, no temporary file is left.
    """
    with tempfile.TemporaryDirectory(prefix="ewm-xlsx-") as folder:
        made = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        try:
            _write(made, book)
        except BaseException:
            for page in made.worksheets():
                page.row_data_fh.close()
            raise
        made.close()


def _write(made: Any, book: Book) -> None:
    made.set_properties({"title": book.title, "created": book.moment.astimezone(UTC).replace(tzinfo=None)})
    bold = made.add_format({"bold": True, "bottom": 1})
    formats = {kind: made.add_format({"num_format": written}) for kind, written in FORMATS.items()}
    for sheet in book.sheets:
        _write_rows(made, sheet, bold, formats)
    _write_about(made, book)


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet, which is short."""
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"


def _write_rows(made: Any, sheet: Sheet, bold: Any, formats: Mapping[Kind, Any]) -> None:
    page = made.add_worksheet(sheet_name(sheet.title))
    kinds = [head.kind for head in sheet.heads]
    page.freeze_panes(1, 0)
    for place, head in enumerate(sheet.heads):
        page.set_column(place, place, WIDTHS.get(head.kind, 30))
        page.write_string(0, place, neutral(head.title), bold)
    last = 0
    for line, row in enumerate(sheet.rows, 1):
        if line == MOST_ROWS:
            raise _too_many(sheet)
        last = line
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            _write_cell(page, (line, place), value, kind, formats.get(kind))
    page.autofilter(0, 0, max(last, 1), len(kinds) - 1)


def _too_many(sheet: Sheet) -> EwmError:
    return EwmError(
        _("„%(sheet)s“ hat mehr als %(most)d Zeilen, so viele fasst XLSX nicht. Bitte ODS, CSV oder Datenpaket wählen.")
        % {"sheet": sheet.title, "most": MOST_ROWS - 1}
    )


def _write_cell(page: Any, cell: tuple[int, int], value: Any, kind: Kind, written: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(*cell, value, written)
    elif kind is Kind.YES_NO:
        page.write_string(*cell, yes_or_no(value))
    elif isinstance(value, int):
        page.write_number(*cell, value / 100 if kind is Kind.MONEY else value, written)
    else:
        page.write_string(*cell, _short(neutral(value)))


def _short(text: str) -> str:
    text = _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _write_about(made: Any, book: Book) -> None:
    page = made.add_worksheet(_("Angaben"))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 80)
    for line, (name, text) in enumerate(book.about):
        page.write_string(line, 0, neutral(name))
        page.write_string(line, 1, _short(neutral(text)))
