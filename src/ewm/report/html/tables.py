"""Tables as the browser needs them: every cell with its tag, scope and classes, rows in row groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ewm.report.document import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ewm.report.document import Cell, Evidence, Grid, Inlines, Row

_NUMERIC = re.compile(r"[+\N{MINUS SIGN}-]?\d[\d.,]*(\s\D{1,12})?|[\N{EN DASH}·]")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """One cell: tag (th or td), scope for headers, how many columns it spans, CSS classes, content."""

    tag: str
    scope: str
    span: int
    classes: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """One row with its class."""

    classes: str
    cells: tuple[HtmlCell, ...]


def head_rows(grid: Grid) -> list[HtmlRow]:
    """Return the head's rows; a spanning cell heads its column group, an empty one is no header."""
    return [HtmlRow("", tuple(_head_cells(grid, row))) for row in grid.head]


def _head_cells(grid: Grid, row: Sequence[Cell]) -> Iterator[HtmlCell]:
    for column, cell in _columns(row):
        tag, scope = ("th", "colgroup" if cell.span > 1 else "col") if _says(cell) else ("td", "")
        group = grid.groups[column] if column < len(grid.groups) else ""
        yield HtmlCell(tag, scope, cell.span, _classes(grid, column, cell, group), cell.content)


def bodies(grid: Grid) -> list[list[HtmlRow]]:
    """Return the body's rows in row groups: one begins at every group row."""
    groups: list[list[HtmlRow]] = [[]]
    for row in grid.rows:
        if row.kind == "group" and groups[-1]:
            groups.append([])
        groups[-1].append(HtmlRow(row.kind, tuple(_body_cells(grid, row))))
    return [group for group in groups if group]


def _body_cells(grid: Grid, row: Row) -> Iterator[HtmlCell]:
    for column, cell in _columns(row.cells):
        is_header = _says(cell) and (column == 0 or cell.header)
        scope = ("rowgroup" if row.kind == "group" else "row") if is_header else ""
        yield HtmlCell("th" if is_header else "td", scope, cell.span, _classes(grid, column, cell, ""), cell.content)


def _says(cell: Cell) -> bool:
    """Whether a cell has text: one without heads nothing."""
    return bool(plain(cell.content).strip())


def _columns(row: Iterable[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell.span


def _classes(grid: Grid, column: int, cell: Cell, group: str) -> str:
    names = [
        "right" if cell.align == "right" else "",
        "strong" if cell.strong else "",
        "break" if column in grid.break_before else "",
        group,
    ]
    return " ".join(filter(None, names))


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row of a record list: its cells, the rows that its first cell spans (0: it has none), what its unit adds."""

    cells: tuple[str, ...]
    spans: int
    unit: int
    part: int
    whole: int


def record_groups(evidence: Evidence) -> list[list[RecordRow]]:
    """Return the record list with the rows of one counted unit together."""
    count = len(evidence.records)
    units = evidence.units or tuple(range(count))
    parts, wholes = evidence.parts or (1,) * count, evidence.wholes or (1,) * count
    rows = zip(evidence.records, units, parts, wholes, strict=True)
    groups = []
    for _, members in groupby(rows, key=lambda row: row[1]):
        group = list(members)
        same = len({cells[0] for cells, *_ in group}) == 1
        groups.append(
            [
                RecordRow(cells, (len(group) if index == 0 else 0) if same else 1, unit, part, whole)
                for index, (cells, unit, part, whole) in enumerate(group)
            ]
        )
    return groups


def numeric_columns(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the columns whose cells are all numbers or amounts: they are set flush right."""
    return frozenset(
        index
        for index, column in enumerate(zip(*rows, strict=True))
        if index and all(_NUMERIC.fullmatch(cell) and not _DATE.fullmatch(cell) for cell in column)
    )
