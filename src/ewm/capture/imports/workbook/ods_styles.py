"""Styles, page layouts and settings of the workbook as ODS (Open Document 1.3, part 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ewm.capture.imports.workbook.pages import Form, Style

if TYPE_CHECKING:
    from ewm.capture.imports.workbook.pages import Book, Line, Page

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"), ("meta", "meta"), ("config", "config"),
    )
) + (
    ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' office:version="1.3"'
)  # fmt: skip
_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    + "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in _PARTS)
    + "</manifest:manifest>"
)
_HEAD = 'fo:background-color="#E3E8F4" fo:wrap-option="wrap" style:vertical-align="top" fo:border="0.5pt solid #808080"'
_CELLS = {
    Style.PLAIN: 'style:vertical-align="top"',
    Style.WRAPPED: 'fo:wrap-option="wrap" style:vertical-align="top"',
    Style.TITLE: "",
    Style.HEAD: _HEAD,
    Style.NEEDED: _HEAD.replace("#E3E8F4", "#1B3A8C"),
    Style.EXAMPLE: 'fo:background-color="#F2F2F2" style:vertical-align="top"',
}
_TEXTS = {
    Style.PLAIN: "",
    Style.WRAPPED: "",
    Style.TITLE: 'fo:font-weight="bold" fo:font-size="15pt"',
    Style.HEAD: 'fo:font-weight="bold"',
    Style.NEEDED: 'fo:font-weight="bold" fo:color="#FFFFFF"',
    Style.EXAMPLE: 'fo:font-style="italic" fo:color="#595959"',
}
_NUMBERS = (
    '<number:date-style style:name="D"><number:day number:style="long"/><number:text>.</number:text>'
    '<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>'
    '</number:date-style><number:number-style style:name="M"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
)
_DATA = {Form.DAY: ' style:data-style-name="D"', Form.MONEY: ' style:data-style-name="M"', Form.TEXT: ""}
_MILLIMETRES = 2.1
"""Width of a character of a column."""


def cell_style(style: Style, form: Form) -> str:
    """Return the name of a cell's style."""
    return f"{style.value}-{form.value}"


def column_style(line: Line) -> str:
    """Return the name of a column's style."""
    return f"width-{line.width}"


def table_style(page: Page) -> str:
    """Return the name of a page's style."""
    return "page-wide" if page.wide else "page-narrow"


def automatic_styles(book: Book) -> str:
    """Return the styles that the content refers to."""
    widths = sorted({line.width for page in book.pages for line in page.lines})
    columns = "".join(
        f'<style:style style:name="width-{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width * _MILLIMETRES:.1f}mm"/></style:style>'
        for width in widths
    )
    tables = "".join(
        f'<style:style style:name="page-{name}" style:family="table" style:master-page-name="{name}">'
        '<style:table-properties table:display="true"/></style:style>'
        for name in ("wide", "narrow")
    )
    return f"<office:automatic-styles>{columns}{tables}</office:automatic-styles>"


def whole_styles() -> str:
    """Return the styles of cells and pages: language, formats, paper, footer."""
    cells = "".join(
        f'<style:style style:name="{cell_style(style, form)}" style:family="table-cell" '
        f'style:parent-style-name="Default"{_DATA[form]}><style:table-cell-properties {_CELLS[style]}/>'
        f"<style:text-properties {_TEXTS[style]}/></style:style>"
        for style in Style
        for form in Form
    )
    default = (
        '<style:default-style style:family="table-cell"><style:text-properties fo:language="de" fo:country="DE" '
        'fo:font-family="Arial" fo:font-size="10pt"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/>'
    )
    layouts = _layout("wide", "420mm", "297mm", 'style:scale-to="65%"') + _layout(
        "narrow", "297mm", "210mm", 'style:scale-to-X="1" style:scale-to-Y="0"'
    )
    footer = (
        "<style:footer><text:p><text:sheet-name>Blatt</text:sheet-name>, Seite <text:page-number>1</text:page-number> "
        "von <text:page-count>1</text:page-count></text:p></style:footer>"
    )
    masters = "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="paper-{name}">{footer}</style:master-page>'
        for name in ("wide", "narrow")
    )
    return (
        f"<office:document-styles {SPACES}><office:styles>{_NUMBERS}{default}{cells}</office:styles>"
        f"<office:automatic-styles>{layouts}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def _layout(name: str, width: str, height: str, scale: str) -> str:
    return (
        f'<style:page-layout style:name="paper-{name}"><style:page-layout-properties fo:page-width="{width}" '
        f'fo:page-height="{height}" style:print-orientation="landscape" fo:margin="13mm" {scale}/>'
        "<style:footer-style/></style:page-layout>"
    )


def meta(book: Book) -> str:
    """Return title, subject, language and version of the file."""
    return (
        f"<office:document-meta {SPACES}><office:meta><dc:title>{escape(book.title)}</dc:title>"
        f"<dc:subject>{escape(book.about)}</dc:subject><dc:language>de-DE</dc:language>"
        f'<meta:user-defined meta:name="EWM-Vorlage">{escape(book.version)}</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )


def settings(book: Book) -> str:
    """Return which rows and columns stay in sight."""
    views = "".join(_view(page) for page in book.pages if page.heads)
    return (
        f'<office:document-settings {SPACES}><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f"{_item('ActiveTable', 'string', book.pages[0].name)}"
        f'<config:config-item-map-named config:name="Tables">{views}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )


def _view(page: Page) -> str:
    items = [_item("VerticalSplitMode", "short", 2), _item("VerticalSplitPosition", "int", page.heads)]
    items += [_item("PositionBottom", "int", page.heads), _item("ActiveSplitRange", "short", 3 if page.fixed else 2)]
    if page.fixed:
        items += [_item("HorizontalSplitMode", "short", 2), _item("HorizontalSplitPosition", "int", page.fixed)]
        items += [_item("PositionRight", "int", page.fixed)]
    name = quoteattr(page.name)
    return f"<config:config-item-map-entry config:name={name}>{''.join(items)}</config:config-item-map-entry>"


def _item(name: str, kind: str, value: object) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{escape(str(value))}</config:config-item>'
