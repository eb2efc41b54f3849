"""Native tables: fixed widths, repeated header rows, rows that do not break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ewm.report.office.odt.names import mm
from ewm.report.office.styles import CELL_PADDING
from ewm.report.office.xml import tag, text

if TYPE_CHECKING:
    from ewm.report.office.items import Table, TableCell, TableRow
    from ewm.report.office.odt.body import Body

_ROW = "table_row"
_UNNAMEABLE = re.compile(r"[^\w \-]+")
_LONGEST = 80


def table(item: Table, body: Body) -> str:
    """Return a table; its styles go to the file's automatic ones."""
    body.tables += 1
    name = f"table{body.tables}"
    _table_styles(item, name, body)
    columns = (
        tag("table:table-column", {"table:style-name": f"{name}.{place}"}) for place, _ in enumerate(item.widths)
    )
    head = "".join(_row(row, body) for row in item.rows if row.header)
    rows = "".join(_row(row, body) for row in item.rows if not row.header)
    shown = f"{_UNNAMEABLE.sub(' ', item.name)[:_LONGEST].strip()} ({body.tables})"
    return tag(
        "table:table",
        {"table:name": shown, "table:style-name": name},
        tag("table:title", None, text(item.name)),
        *columns,
        tag("table:table-header-rows", None, head) if head else "",
        rows,
    )


def _table_styles(item: Table, name: str, body: Body) -> None:
    whole = {
        "style:width": mm(sum(item.widths)),
        "table:align": "left",
        "style:may-break-between-rows": "false" if item.whole else "true",
        "fo:keep-with-next": "always" if item.tied else "auto",
    }
    _add(body, name, "table", tag("style:table-properties", whole))
    for place, width in enumerate(item.widths):
        properties = tag("style:table-column-properties", {"style:column-width": mm(width)})
        _add(body, f"{name}.{place}", "table-column", properties)
    _add(body, _ROW, "table-row", tag("style:table-row-properties", {"fo:keep-together": "always"}))


def _row(row: TableRow, body: Body) -> str:
    return tag("table:table-row", {"table:style-name": _ROW}, *(_cell(cell, row, body) for cell in row.cells))


def _cell(cell: TableCell, row: TableRow, body: Body) -> str:
    given = {"table:style-name": _cell_style(cell, row, body), "office:value-type": "string"}
    if cell.span > 1:
        given["table:number-columns-spanned"] = str(cell.span)
    paragraphs = "".join(map(body.paragraph, cell.paragraphs))
    return tag("table:table-cell", given, paragraphs) + tag("table:covered-table-cell") * (cell.span - 1)


def _cell_style(cell: TableCell, row: TableRow, body: Body) -> str:
    colours = body.colours
    below = {
        "": "none" if row.header else f"0.25pt solid {colours.hair}",
        "ink": f"0.75pt solid {colours.ink}",
        "projects": f"0.75pt solid {colours.blue}",
        "activities": f"0.75pt solid {colours.ochre}",
    }[cell.below]
    name = f"cell_{cell.below or 'plain'}{'_head' * row.header}{'_sum' * row.ruled}{'_break' * cell.broken}"
    given = {
        **{f"fo:padding-{side}": mm(CELL_PADDING[side]) for side in ("top", "bottom", "left", "right")},
        "fo:border-bottom": below,
        "fo:border-top": f"0.75pt solid {colours.ink}" if row.ruled else "none",
        "fo:border-left": f"0.75pt dashed {colours.red}" if cell.broken else "none",
        "fo:border-right": "none",
        "style:vertical-align": "bottom" if row.header else "top",
    }
    _add(body, name, "table-cell", tag("style:table-cell-properties", given))
    return name


def _add(body: Body, name: str, family: str, properties: str) -> None:
    body.automatic.setdefault(name, tag("style:style", {"style:name": name, "style:family": family}, properties))
