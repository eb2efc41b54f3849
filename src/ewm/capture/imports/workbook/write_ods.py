"""The workbook as ODS: the same lists, hints, heads and pages as in XLSX (Open Document 1.3)."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ewm.capture.imports.reading.sheet_scan import column_letters
from ewm.capture.imports.workbook.ods_styles import (
    MANIFEST,
    SPACES,
    automatic_styles,
    cell_style,
    column_style,
    meta,
    settings,
    table_style,
    whole_styles,
)
from ewm.capture.imports.workbook.pages import FILLED_ROWS, Cell, Form, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.imports.workbook.pages import Book, Line, Page

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def write_ods(book: Book, file: IO[bytes]) -> None:
    """Write the workbook into a file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", _XML + MANIFEST)
        packed.writestr("meta.xml", _XML + meta(book))
        packed.writestr("styles.xml", _XML + whole_styles())
        packed.writestr("settings.xml", _XML + settings(book))
        packed.writestr("content.xml", _XML + "".join(_content(book)))


def _content(book: Book) -> Iterator[str]:
    yield f"<office:document-content {SPACES}>{automatic_styles(book)}<office:body><office:spreadsheet>"
    yield f"<table:content-validations>{''.join(_validations(book))}</table:content-validations>"
    for page in book.pages:
        yield from _page(page)
    ranges = "".join(
        f'<table:database-range table:name={quoteattr(f"Filter_{number}")} table:display-filter-buttons="true" '
        f'table:target-range-address="{_range(page.name, 0, 1, FILLED_ROWS, len(page.lines) - 1)}"/>'
        for number, page in enumerate(book.pages)
        if page.fixed
    )
    yield f"<table:database-ranges>{ranges}</table:database-ranges>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _page(page: Page) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(page.name)} table:style-name={quoteattr(table_style(page))}>"
    for at, line in enumerate(page.lines):
        header = at < page.fixed
        yield "<table:table-header-columns>" if header and at == 0 else ""
        yield (
            f"<table:table-column table:style-name={quoteattr(column_style(line))} "
            f"table:default-cell-style-name={quoteattr(cell_style(Style.PLAIN, line.form))}/>"
        )
        yield "</table:table-header-columns>" if header and at == page.fixed - 1 else ""
    for number, row in enumerate(page.rows):
        header = number < page.heads
        cells = "".join(_cell(cell, page, at, checked=not header) for at, cell in enumerate(row))
        written = f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"
        yield f"<table:table-header-rows>{written}</table:table-header-rows>" if header else written
    if page.heads and any(line.check for line in page.lines):
        cells = "".join(_empty(page, at) for at in range(len(page.lines)))
        rest = FILLED_ROWS - len(page.rows) + 1
        yield f'<table:table-row table:number-rows-repeated="{rest}">{cells}</table:table-row>'
    yield "</table:table>"


def _cell(cell: Cell, page: Page, at: int, *, checked: bool) -> str:
    line = page.lines[at]
    form = Form.TEXT if isinstance(cell.value, str) else line.form
    named = f" table:style-name={quoteattr(cell_style(cell.style, form))}"
    named += f" table:content-validation-name={quoteattr(_check_name(page, at))}" if checked and line.check else ""
    if cell.value is None:
        return f"<table:table-cell{named}/>"
    if isinstance(cell.value, date):
        value, shown = f'office:value-type="date" office:date-value="{cell.value:%Y-%m-%d}"', f"{cell.value:%d.%m.%Y}"
    elif isinstance(cell.value, int):
        euros, cents = divmod(cell.value, 100)
        value, shown = f'office:value-type="float" office:value="{euros}.{cents:02d}"', f"{euros},{cents:02d}"
    else:
        # Within a paragraph a line's end is a blank.
        value, shown = 'office:value-type="string"', "</text:p><text:p>".join(escape(cell.value).split("\n"))
    return f"<table:table-cell {value}{named}><text:p>{shown}</text:p></table:table-cell>"


def _empty(page: Page, at: int) -> str:
    check = f" table:content-validation-name={quoteattr(_check_name(page, at))}" if page.lines[at].check else ""
    return f"<table:table-cell{check}/>"


def _check_name(page: Page, at: int) -> str:
    return f"{page.name}_{column_letters(at + 1)}"


def _validations(book: Book) -> Iterator[str]:
    for page in book.pages:
        for at, line in enumerate(page.lines):
            if line.check and page.heads:
                yield _validation(book, page, at, line)


def _validation(book: Book, page: Page, at: int, line: Line) -> str:
    check = line.check
    assert check is not None  # noqa: S101 (asked for by the caller)
    condition = _condition(book, line)
    kind = "stop" if check.strict else "warning"
    title, hint = quoteattr(check.title), escape(check.hint)
    told = f'<table:help-message table:title={title} table:display="true"><text:p>{hint}</text:p></table:help-message>'
    refused = (
        f'<table:error-message table:title={title} table:display="true" table:message-type="{kind}">'
        f"<text:p>Erwartet wird etwas anderes: {hint}</text:p></table:error-message>"
    )
    return (
        f"<table:content-validation table:name={quoteattr(_check_name(page, at))}"
        f'{f" table:condition={quoteattr(condition)}" if condition else ""} table:allow-empty-cell="true" '
        f"table:base-cell-address={quoteattr(f'{_quoted(page.name)}.{column_letters(at + 1)}{page.heads + 1}')} "
        f'table:display-list="unsorted">{told}{refused if condition else ""}</table:content-validation>'
    )


def _condition(book: Book, line: Line) -> str:
    check = line.check
    assert check is not None  # noqa: S101 (asked for by the caller)
    if check.choices:
        name, column, rows = book.lists[check.choices]
        return f"of:cell-content-is-in-list([{_range(name, column, 2, rows + 1, column, fixed=True)}])"
    if line.form is Form.DAY:
        return "of:cell-content-is-date() and cell-content-is-between(2,109574)"
    if line.form is Form.MONEY:
        return "of:cell-content-is-decimal-number() and cell-content()>=0"
    return f"of:cell-content-text-length()<={check.longest}" if check.longest else ""


def _range(page: str, column: int, first: int, last: int, last_column: int, *, fixed: bool = False) -> str:
    sign = "$" if fixed else ""
    start, end = column_letters(column + 1), column_letters(last_column + 1)
    return (
        f"{sign}{_quoted(page)}.{sign}{start}{sign}{first}:.{sign}{end}{sign}{last}"
        if fixed
        else (f"{_quoted(page)}.{start}{first}:{_quoted(page)}.{end}{last}")
    )


def _quoted(page: str) -> str:
    return page if page.isascii() and page.isalnum() else f"'{page}'"
