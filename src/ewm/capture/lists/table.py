"""Rows and cells of a table as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.lists.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.lists.columns import Column
    from ewm.capture.lists.reading import Reading


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a record: as it is read, and the words of terms."""

    column: Column
    value: Any
    text: str
    estimated: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its address, title, a second line, whether a question is open, its cells."""

    url: str
    title: str
    second: str
    question: bool
    cells: Sequence[Cell]


def row_of(reading: Reading, record: Any, columns: Sequence[Column], base: str) -> Row:
    """Return a record as a row; its page lies under the list's address."""
    listing = reading.listing
    return Row(
        url=f"{base}{record.code}/",
        title=listing.record_title(record),
        second=listing.record_second(record, reading.scene.labels),
        question=listing.record_question(record),
        cells=[_cell(reading, record, column) for column in columns],
    )


def _cell(reading: Reading, record: Any, column: Column) -> Cell:
    value = column.read(record)
    labels = reading.scene.labels
    text = ""
    if column.kind in {Kind.TERM, Kind.STATUS}:
        text = labels(value)
    elif column.kind is Kind.TERMS:
        text = ", ".join(labels(each) for each in sorted(value, key=labels.order))
    return Cell(column, value, text, bool(column.estimated(record)), bool(column.missing(record)))
