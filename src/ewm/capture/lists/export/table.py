"""A list as a book of one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import Book, Head, Sheet
from ewm.capture.lists.export.facts import data_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ewm.capture.lists.columns import Column
    from ewm.capture.lists.labels import Labels
    from ewm.capture.lists.reading import Reading

ALL_COLUMNS = "alle_spalten"
ALWAYS = ("kennung", "titel")
CHUNK = 500


def book_of(reading: Reading) -> Book:
    """Return the hits of a list, with the columns shown or (``alle_spalten``) with all there are."""
    columns = _columns(reading)
    listing, about = reading.listing, _about(reading)
    sheet = Sheet(
        name=listing.kind,
        title=str(listing.title),
        description="; ".join(f"{name.strip()}: {text}" for name, text in about[1:-1]),
        heads=[_head(each) for each in columns],
        rows=_rows(reading, columns),
        unique=[("kennung",)] if any(each.key == "kennung" for each in columns) else [],
    )
    return Book(
        name=f"{listing.kind}-{timezone.localdate():%Y-%m-%d}",
        title=str(listing.title),
        sheets=[sheet],
        about=about,
        moment=timezone.now(),
        facts=data_facts(),
    )


def _head(column: Column) -> Head:
    return Head(
        name=column.key,
        title=str(column.name or column.label),
        kind=column.kind,
    )


def _columns(reading: Reading) -> list[Column]:
    listing, chosen = reading.listing, reading.state.columns
    if ALL_COLUMNS in reading.request.GET:
        return list(listing.columns)
    shown = {each.key for each in listing.table_columns.values() if (each.key in chosen if chosen else each.shown)}
    return [each for each in listing.columns if each.key in shown or each.along in shown or each.key in ALWAYS]


def _rows(reading: Reading, columns: Sequence[Column]) -> Iterator[list[Any]]:
    labels = reading.scene.labels
    for record in reading.all_rows().iterator(chunk_size=CHUNK):
        yield [_value(column, column.read(record), labels) for column in columns]


def _value(column: Column, value: Any, labels: Labels) -> Any:
    if column.kind in {Kind.TERM, Kind.STATUS}:
        return labels(value)
    if column.kind is Kind.TERMS:
        return ", ".join(labels(each) for each in sorted(value, key=labels.order))
    if column.kind is Kind.YES_NO:
        return bool(value)
    return value


def _about(reading: Reading) -> list[tuple[str, str]]:
    scene, listing = reading.scene, reading.listing
    chosen = [
        (str(each.label), ", ".join(each.text(value, scene) for value in values))
        for each in listing.filters
        if (values := each.readable(reading.state.values(each.key)))
    ]
    return [
        (_("Quelle"), f"EWM, {listing.title}"),
        (_("Cluster"), scene.focus.label or "–"),
        *((f"{_('Filter')} {label}", text) for label, text in chosen or [("", _("keiner"))]),
        (_("Datenstand"), f"{timezone.localtime():%d.%m.%Y, %H:%M}"),
        (_("Hinweis"), _("Ein Apostroph vor = + - @ schützt vor Formeln; er gehört nicht zum Text.")),
    ]
