"""The rows of a file that were not taken over, as a table: where, what, why, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.imports.models import Outcome
from ewm.capture.imports.reading.whole import place_of
from ewm.capture.imports.saying import message_of, reason_of
from ewm.capture.lists.columns import Kind
from ewm.capture.lists.export.book import Book, Head, Sheet
from ewm.capture.lists.export.csv import csv_lines
from ewm.capture.lists.export.ods import write_ods
from ewm.capture.lists.export.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ewm.capture.imports.models import ImportItem

NOT_TAKEN = (Outcome.DECIDE, Outcome.ERROR, Outcome.LEFT_OUT)
FORMS = (".csv", ".xlsx", ".ods")


def not_taken(items: Iterable[ImportItem]) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each reason: sheet, row, column, outcome, title or name, what stands there, why."""
    for item in items:
        if item.outcome not in NOT_TAKEN:
            continue
        told = [*item.found["problems"], *item.problems]
        outcome = str(Outcome(item.outcome).label)
        for each in told if item.outcome == Outcome.ERROR and told else [{}]:
            sheet, row = place_of(each.get("row") or item.first_row)
            yield sheet, row, each.get("column", ""), outcome, item.title, each.get("value", ""), (
                message_of(each) if each else reason_of(item)
            )  # fmt: skip


def write_report(path: Path, items: Sequence[ImportItem], about: Sequence[tuple[str, str]]) -> int:
    """Write the table in the format that the file's name says; returns how many rows it has."""
    rows = list(not_taken(items))
    book = report_of(rows, about)
    if path.suffix.lower() == ".csv":
        path.write_text("".join(csv_lines(book)), encoding="utf-8", newline="")
    else:
        with path.open("wb") as file:
            (write_xlsx if path.suffix.lower() == ".xlsx" else write_ods)(book, file)
    return len(rows)


def report_of(rows: Iterable[tuple[Any, ...]], about: Sequence[tuple[str, str]], name: str = "zeilen") -> Book:
    """Return the table as a book; ``name`` is that of its file."""
    heads = [
        Head(name="blatt", title=_("Blatt"), kind=Kind.TEXT),
        Head(name="zeile", title=_("Zeile"), kind=Kind.COUNT),
        Head(name="spalte", title=_("Spalte"), kind=Kind.TEXT),
        Head(name="ergebnis", title=_("Ergebnis"), kind=Kind.TEXT),
        Head(name="titel", title=_("Titel oder Name"), kind=Kind.TEXT),
        Head(name="wert", title=_("Wert"), kind=Kind.TEXT),
        Head(name="grund", title=_("Grund"), kind=Kind.TEXT),
    ]
    title = _("Nicht übernommene Zeilen")
    sheet = Sheet(name="zeilen", title=title, heads=heads, rows=iter(rows))
    return Book(name=name, title=title, sheets=[sheet], about=about, moment=timezone.now())
