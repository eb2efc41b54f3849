"""Rows and cells of a table as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ewm.capture.lists.columns import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.utils.safestring import SafeString

    from ewm.capture.lists.columns import Column
    from ewm.capture.lists.labels import Labels
    from ewm.capture.lists.reading import Reading


MISSING = "missing"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a record as the page writes it: a text that is ready, else by its kind (or ``missing``)."""

    attributes: SafeString
    kind: str
    value: Any = None
    text: str = ""
    word: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its address, title, a second line, whether a question is open, its cells."""

    url: str
    title: str
    second: str
    question: bool
    cells: Sequence[Cell]


def row_of(reading: Reading, record: Any, columns: Sequence[tuple[Column, SafeString]], base: str) -> Row:
    """Return a record as a row, of columns with their cells' attributes; its page lies under the list's address."""
    listing, labels = reading.listing, reading.scene.labels
    return Row(
        url=f"{base}{record.code}/",
        title=listing.record_title(record),
        second=listing.record_second(record, labels),
        question=listing.record_question(record),
        cells=[_cell(labels, record, column, attributes) for column, attributes in columns],
    )


def _cell(labels: Labels, record: Any, column: Column, attributes: SafeString) -> Cell:
    if column.missing(record):
        return Cell(attributes, MISSING)
    value, kind = column.read(record), column.kind
    if kind is Kind.STATUS:
        return Cell(attributes, kind, value, word=labels(value))
    if kind in READY:
        return Cell(attributes, kind, text=READY[kind](value, labels) or NOTHING)
    if value is None:
        return Cell(attributes, kind, text=NOTHING)
    return Cell(attributes, kind, value, estimated=bool(column.estimated(record)))


READY: Mapping[Kind, Callable[[Any, Labels], str]] = {
    Kind.TEXT: lambda value, labels: value or "",  # noqa: ARG005
    Kind.TERM: lambda value, labels: labels(value),
    Kind.TERMS: lambda value, labels: ", ".join(labels(each) for each in sorted(value, key=labels.order)),
    Kind.YES_NO: lambda value, labels: str(_("ja") if value else _("nein")),  # noqa: ARG005
}


def attributes_of(column: Column) -> SafeString:
    """Return the attributes of a column's cells: their classes, and the label that stands in a card."""
    classes = " ".join(["num"] * column.is_number + ["hide-m hide-s"] * column.wide)
    named = format_html(' class="{}"', classes) if classes else mark_safe("")
    return named if column.kind is Kind.STATUS else format_html('{} data-l="{}"', named, column.label)
