"""Native tables: fixed widths, repeated header rows, rows that do not break, an accessible name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.report.office.docx.names import border, style_id, twips, val
from ewm.report.office.styles import OWN_TABLE
from ewm.report.office.xml import tag

if TYPE_CHECKING:
    from ewm.report.brand import Colours
    from ewm.report.office.docx.body import Body
    from ewm.report.office.items import Table, TableCell, TableRow


def table(item: Table, body: Body) -> str:
    """Return a table."""
    columns = tag("w:tblGrid", None, *(tag("w:gridCol", {"w:w": twips(width)}) for width in item.widths))
    last = len(item.rows) - 1
    kept = (item.whole if place < last else item.tied for place in range(len(item.rows)))
    rows = (_row(row, item, body, keep=keep) for row, keep in zip(item.rows, kept, strict=True))
    return tag("w:tbl", None, _properties(item), columns, *rows)


def _properties(item: Table) -> str:
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    return tag(
        "w:tblPr",
        None,
        val("w:tblStyle", style_id(OWN_TABLE)),
        tag("w:tblW", {"w:w": twips(sum(item.widths)), "w:type": "dxa"}),
        tag("w:tblLayout", {"w:type": "fixed"}),
        tag("w:tblLook", {"w:val": "06A0", **{f"w:{key}": value for key, value in look.items()}}),
        val("w:tblCaption", item.name),
    )


def _row(row: TableRow, item: Table, body: Body, *, keep: bool) -> str:
    properties = tag("w:trPr", None, tag("w:cantSplit"), tag("w:tblHeader") if row.header else "")
    cells, column = [], 0
    for cell in row.cells:
        width = sum(item.widths[column : column + cell.span])
        cells.append(_cell(cell, row, width, body, keep=keep))
        column += cell.span
    return tag("w:tr", None, properties, *cells)


def _cell(cell: TableCell, row: TableRow, width: float, body: Body, *, keep: bool) -> str:
    """Return a cell; ``keep`` holds its row with the next one, which is how Word keeps a table on one page."""
    properties = (
        tag("w:tcW", {"w:w": twips(width), "w:type": "dxa"}),
        val("w:gridSpan", str(cell.span)) if cell.span > 1 else "",
        _borders(cell, row, body.colours),
        val("w:vAlign", "bottom") if row.header else "",
    )
    paragraphs = (body.paragraph(replace(item, keep=keep)) for item in cell.paragraphs)
    return tag("w:tc", None, tag("w:tcPr", None, *properties), *paragraphs)


def _borders(cell: TableCell, row: TableRow, colours: Colours) -> str:
    """Return the lines that the table's style does not draw."""
    lines = []
    if row.ruled:
        lines.append(border("top", kind="single", width=0.75, colour=colours.ink))
    if cell.broken:
        lines.append(border("left", kind="dashed", width=0.75, colour=colours.red))
    if cell.below:
        colour = {"ink": colours.ink, "projects": colours.blue, "activities": colours.ochre}[cell.below]
        lines.append(border("bottom", kind="single", width=0.75, colour=colour))
    elif row.header:
        lines.append(border("bottom", kind="nil", width=0, colour=colours.ink))
    return tag("w:tcBorders", None, *lines) if lines else ""
