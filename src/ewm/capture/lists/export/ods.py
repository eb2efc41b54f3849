"""ODS, row by row into the packed file: libraries for it build the whole table in memory first (Open Document 1.3)."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from ewm.capture.lists.cells import neutral
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import euros, yes_or_no
from ewm.capture.lists.export.packing import member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.capture.lists.export.book import Book, Sheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"'
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_STYLES = (
    "<office:automatic-styles>"
    '<number:date-style style:name="D"><number:day number:style="long"/><number:text>.</number:text>'
    '<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<number:number-style style:name="M"><number:number number:decimal-places="2" number:min-decimal-places="2" '
    'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="1" '
    'number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="Y"><number:number number:decimal-places="0" number:min-integer-digits="1"/>'
    "</number:number-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>'
    '<style:style style:name="money" style:family="table-cell" style:data-style-name="M"/>'
    '<style:style style:name="count" style:family="table-cell" style:data-style-name="N"/>'
    '<style:style style:name="year" style:family="table-cell" style:data-style-name="Y"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles>"
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile("  +|^ | $|\t|\r")
_EMPTY = "<table:table-cell/>"


def write_ods(book: Book, file: IO[bytes]) -> None:
    """Write the book into a file: its sheets, and one that says where they come from."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr(member("mimetype", stored=True), MIMETYPE)
        packed.writestr(member("META-INF/manifest.xml"), _MANIFEST)
        with packed.open(member("content.xml"), "w", force_zip64=True) as content:
            for piece in _content(book):
                content.write(piece.encode())


def _content(book: Book) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>{_STYLES}'
    yield "<office:body><office:spreadsheet>"
    for sheet in book.sheets:
        yield from _sheet(sheet)
    yield f"<table:table table:name={quoteattr(_('Angaben'))}>"
    yield '<table:table-column table:number-columns-repeated="2"/>'
    yield from (_row((_text(neutral(name)), _text(neutral(text)))) for name, text in book.about)
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _sheet(sheet: Sheet) -> Iterator[str]:
    kinds = [head.kind for head in sheet.heads]
    yield f"<table:table table:name={quoteattr(sheet.title)}>"
    yield f'<table:table-column table:number-columns-repeated="{len(kinds)}"/>'
    yield f"<table:table-header-rows>{_row(_text(neutral(head.title), 'head') for head in sheet.heads)}"
    yield "</table:table-header-rows>"
    for row in sheet.rows:
        yield _row(_cell(kind, value) for kind, value in zip(kinds, row, strict=True))
    yield "</table:table>"


def _row(cells: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(kind: Kind, value: Any) -> str:
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, date):
        return _typed("date", f'office:date-value="{value:%Y-%m-%d}"', "day", f"{value:%d.%m.%Y}")
    if kind is Kind.YES_NO:
        return _text(yes_or_no(value))
    if kind is Kind.MONEY:
        return _typed("float", f'office:value="{euros(value, ".")}"', "money", euros(value, ","))
    if isinstance(value, int):
        return _typed("float", f'office:value="{value}"', "year" if kind is Kind.YEAR else "count", str(value))
    return _text(neutral(value))


def _typed(kind: str, value: str, style: str, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {value} table:style-name="{style}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text(text: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{_BLANKS.sub(_blank, escape(line))}</text:p>" for line in _clean(text).split("\n"))
    return f'<table:table-cell office:value-type="string"{named}>{lines}</table:table-cell>'


def _clean(text: str) -> str:
    """Return a text without what no XML can hold; a replacement sign shows where something was."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _blank(found: re.Match[str]) -> str:
    """Write blanks that XML would fold."""
    blanks = found.group()
    if blanks == "\t":
        return "<text:tab/>"
    return "&#13;" if blanks == "\r" else f'<text:s text:c="{len(blanks)}"/>'
