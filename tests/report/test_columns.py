"""Columns as wide as what stands in them (more in the tests of the office files, which share the rule)."""

from __future__ import annotations

import pytest

from ewm.report.columns import Room, column_widths, placed
from ewm.report.document import Cell, Grid, Row, Sign, Text

ROOM = Room(width=100.0, padding=4.0, size=8.6)
LONG = "Ein Satz, der nie auf eine einzige Zeile dieser Spalte passt, weil er viel zu lang ist und noch weitergeht"


def grid(*cells: Cell, widths: tuple[float, ...] = (0.5, 0.5)) -> Grid:
    return Grid((tuple(Cell((Text("a"),)) for _ in widths),), (Row(cells),), widths)


def test_a_sign_is_as_wide_as_two_figures_not_as_its_words() -> None:
    sentence = Cell((Text(LONG),))
    drawn = column_widths(grid(sentence, Cell((Sign("withheld", LONG),))), ROOM)
    written = column_widths(grid(sentence, Cell((Text("00"),))), ROOM)
    assert drawn == written
    assert drawn[1] < 10


def test_widths_fill_the_room() -> None:
    assert sum(column_widths(grid(Cell((Text(LONG),)), Cell((Text("17,6"),))), ROOM)) == pytest.approx(100)


def test_cells_begin_after_the_columns_before_them() -> None:
    cells = (Cell((), span=3), Cell(()), Cell((), span=2))
    assert [column for column, _ in placed(cells)] == [0, 3, 4]
