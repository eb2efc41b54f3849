"""From a grid to a native table: repeated header rows, lines, indented sub rows, figures to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ewm.errors import ContentError
from ewm.report.columns import placed
from ewm.report.office.items import Para, Table, TableCell, TableRow
from ewm.report.office.widths import column_widths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Cell, Grid, Row
    from ewm.report.office.inlines import Inliner

Below = Literal["", "ink", "projects", "activities"]


def grid_table(name: str, grid: Grid, inliner: Inliner) -> Table:
    """Return a table; raises ContentError for a grid without columns or head, or with a row of another width."""
    _check(name, grid)
    last = len(grid.head) - 1
    head = tuple(
        TableRow(tuple(_head_cells(cells, grid, inliner, is_last=place == last)), header=True)
        for place, cells in enumerate(grid.head)
    )
    body = tuple(TableRow(tuple(_body_cells(row, grid, inliner)), ruled=row.kind == "sum") for row in grid.rows)
    return Table(name, column_widths(grid), head + body)


def _head_cells(cells: tuple[Cell, ...], grid: Grid, inliner: Inliner, *, is_last: bool) -> Iterator[TableCell]:
    for column, cell in placed(cells):
        style = "table_head_number" if cell.align == "right" else "table_head"
        below: Below = "ink" if is_last else _group(grid, column, cell)
        broken = is_last and column in grid.break_before
        yield TableCell((Para(style, inliner.runs(cell.content)),), cell.span, below, broken)


def _group(grid: Grid, column: int, cell: Cell) -> Below:
    """Return the line under a head that spans a group of columns, in the colour of its series."""
    if not cell.content:
        return ""
    group = grid.groups[column] if column < len(grid.groups) else ""
    return "projects" if group == "projects" else "activities" if group == "activities" else "ink"


def _body_cells(row: Row, grid: Grid, inliner: Inliner) -> Iterator[TableCell]:
    for column, cell in placed(row.cells):
        strong = cell.strong or row.kind in {"sum", "group"}
        runs = inliner.runs(cell.content, "strong" if strong else "")
        yield TableCell((Para(_body_style(row, cell, column), runs),), cell.span, broken=column in grid.break_before)


def _body_style(row: Row, cell: Cell, column: int) -> str:
    if cell.align == "right":
        return "table_number"
    return "table_sub" if row.kind == "sub" and column == 0 else "table_text"


def _check(name: str, grid: Grid) -> None:
    if not grid.widths or not grid.head:
        raise ContentError(f"Die Tabelle „{name}“ hat keine Spalten oder keinen Kopf. Bitte ergänzen.")
    for cells in (*grid.head, *(row.cells for row in grid.rows)):
        width = sum(cell.span for cell in cells)
        if width != len(grid.widths):
            raise ContentError(
                f"Die Tabelle „{name}“ hat eine Zeile mit {width} statt {len(grid.widths)} Spalten. "
                "Bitte die Zellen prüfen."
            )
