"""The workbook as XLSX: lists, hints and formats for every column, heads in sight, pages that print."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from textwrap import shorten
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ewm.capture.imports.workbook.pages import FILLED_ROWS, Cell, Form, Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.imports.workbook.pages import Book, Check, Page

_A3, _A4 = 8, 9
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3E8F4", "border": 1}
_STYLES: dict[Style, dict[str, Any]] = {
    Style.PLAIN: {"valign": "top"},
    Style.WRAPPED: {"text_wrap": True, "valign": "top"},
    Style.TITLE: {"bold": True, "font_size": 15},
    Style.HEAD: _HEAD,
    Style.NEEDED: _HEAD | {"bg_color": "#1B3A8C", "font_color": "#FFFFFF"},
    Style.EXAMPLE: {"italic": True, "font_color": "#595959", "bg_color": "#F2F2F2", "valign": "top"},
}
_NUMBERS = {Form.DAY: "dd.mm.yyyy", Form.MONEY: "#,##0.00"}
_LINE = 15
"""Height of a line, in points."""
_TITLE_LENGTH, _HINT_LENGTH = 32, 255
"""Characters of a hint's title and text, by the format."""
_DAYS = (date(1900, 1, 1), date(2199, 12, 31))


def write_xlsx(book: Book, file: IO[bytes]) -> None:
    """Write the workbook into a file."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made.set_properties({"title": book.title, "subject": book.about, "comments": f"Fassung {book.version}"})
    made.set_custom_property("EWM-Vorlage", book.version)
    formats = {
        (style, form): made.add_format(values | ({"num_format": _NUMBERS[form]} if form in _NUMBERS else {}))
        for style, values in _STYLES.items()
        for form in Form
    }
    for name, (on, column, rows) in book.lists.items():
        letter = xl_col_to_name(column, col_abs=True)
        made.define_name(_list_name(name), f"='{on}'!{letter}$2:{letter}${rows + 1}")
    for page in book.pages:
        _write_page(made.add_worksheet(page.name), page, formats)
    made.close()
    _with_language(held, file)


def _list_name(name: str) -> str:
    return f"Liste_{name}"


def _write_page(sheet: Any, page: Page, formats: Mapping[tuple[Style, Form], Any]) -> None:
    for at, line in enumerate(page.lines):
        sheet.set_column(at, at, line.width, formats[Style.PLAIN, line.form])
        if line.check and page.heads:
            sheet.data_validation(page.heads, at, FILLED_ROWS, at, _validation(line.check, line.form))
    for number, row in enumerate(page.rows):
        if (lines := _lines(page, row)) > 1:
            sheet.set_row(number, lines * _LINE)
        for at, cell in enumerate(row):
            form = Form.TEXT if isinstance(cell.value, str) else page.lines[at].form
            _write(sheet, (number, at), cell, formats[cell.style, form])
    _print(sheet, page)


def _lines(page: Page, row: Sequence[Cell]) -> int:
    """Return in how many lines the longest text of a row is wrapped: not every program finds that out by itself."""
    wrapped = ((cell, page.lines[at]) for at, cell in enumerate(row) if cell.style is Style.WRAPPED)
    return max((-(-len(str(cell.value)) // line.width) for cell, line in wrapped), default=1)


def _write(sheet: Any, place: tuple[int, int], cell: Cell, written: Any) -> None:
    if cell.value is None:
        if cell.style is not Style.PLAIN:
            sheet.write_blank(*place, None, written)
    elif isinstance(cell.value, date):
        sheet.write_datetime(*place, cell.value, written)
    elif isinstance(cell.value, int):
        sheet.write_number(*place, cell.value / 100, written)
    else:
        sheet.write_string(*place, cell.value, written)


def _validation(check: Check, form: Form) -> dict[str, Any]:
    title = shorten(check.title, _TITLE_LENGTH, placeholder=" …")
    found: dict[str, Any] = {
        "input_title": title,
        "input_message": check.hint[:_HINT_LENGTH],
        "error_title": title,
        "error_message": f"Erwartet wird etwas anderes: {check.hint}"[:_HINT_LENGTH],
        "error_type": "stop" if check.strict else "warning",
        "ignore_blank": True,
    }
    if check.choices:
        return found | {"validate": "list", "source": f"={_list_name(check.choices)}"}
    if form is Form.DAY:
        return found | {"validate": "date", "criteria": "between", "minimum": _DAYS[0], "maximum": _DAYS[1]}
    if form is Form.MONEY:
        return found | {"validate": "decimal", "criteria": ">=", "value": 0}
    if check.longest:
        return found | {"validate": "length", "criteria": "<=", "value": check.longest}
    return found | {"validate": "any"}


def _print(sheet: Any, page: Page) -> None:
    sheet.set_paper(_A3 if page.wide else _A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&A&CEWM-Arbeitsmappe&RSeite &P von &N")
    if page.wide:
        sheet.set_print_scale(65)
        sheet.set_row(0, 48)
        sheet.print_across()
    else:
        sheet.fit_to_pages(1, 0)
    if page.heads:
        sheet.freeze_panes(page.heads, page.fixed)
        sheet.repeat_rows(0, page.heads - 1)
    if page.fixed:
        sheet.repeat_columns(0, page.fixed - 1)
        sheet.autofilter(0, 0, FILLED_ROWS, len(page.lines) - 1)


def _with_language(held: io.BytesIO, file: IO[bytes]) -> None:
    """Copy the packed file and say in which language it is: the library has no word for it."""
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = content.replace(
                    b"</cp:coreProperties>", b"<dc:language>de-DE</dc:language></cp:coreProperties>"
                )
            packed.writestr(part.filename, content)
