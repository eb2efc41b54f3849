"""The empty workbook for a cluster and a year, made from the programme's terms."""

from __future__ import annotations

from datetime import date
from typing import IO, TYPE_CHECKING

from django.utils import timezone

from ewm.capture.imports.reading.whole import GUIDE, VERSION_LABEL
from ewm.capture.imports.workbook.columns import Column, Holds
from ewm.capture.imports.workbook.examples import examples
from ewm.capture.imports.workbook.guide import guide
from ewm.capture.imports.workbook.layout import SHEETS, columns_of, without_nobody
from ewm.capture.imports.workbook.pages import Book, Cell, Check, Form, Line, Page, Style
from ewm.capture.imports.workbook.words import read_words
from ewm.capture.imports.workbook.write_ods import write_ods
from ewm.capture.imports.workbook.write_xlsx import write_xlsx
from ewm.capture.periods import Period
from ewm.capture.served import programme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.imports.found import RecordKind
    from ewm.capture.imports.workbook.words import Words

VERSION = "1"
"""Grows when a column changes its meaning; a file of a later version is not read."""
TERMS = "Begriffe"
YES_NO = "yes_no"
_WRITERS = {"xlsx": write_xlsx, "ods": write_ods}
FORMS = tuple(_WRITERS)


def write_template(file: IO[bytes], *, cluster: str, year: int, form: str) -> None:
    """Write the workbook of a cluster into a file, with the terms in force from a year's first day on."""
    _WRITERS[form](book_of(cluster, year), file)


def book_of(cluster: str, year: int) -> Book:
    """Return the workbook of a cluster, with the terms in force from a year's first day on."""
    words, days = read_words(cluster), Period(date(year, 1, 1))
    sheets = {kind: columns_of(kind, words, days) for kind in SHEETS}
    lists = _lists([column for columns in sheets.values() for column in columns], words, days)
    label = next((each.label_de for each in words.clusters if each.cluster_id == cluster), cluster)
    facts = (
        (VERSION_LABEL, VERSION),
        ("Programm", f"{programme().title.de}, Fassung {programme().version}"),
        ("Cluster", label),
        ("Begriffe gültig ab", f"{days.first:%d.%m.%Y}"),
        ("Erzeugt am", f"{timezone.localdate():%d.%m.%Y}"),
    )
    places = {name: (TERMS, at, len(found)) for at, (name, (_, found)) in enumerate(lists.items())}
    pages = [
        guide(facts, sheets),
        *(_sheet(kind, columns, words, days) for kind, columns in sheets.items()),
        _terms(list(lists.values())),
    ]
    return Book(
        title=f"EWM-Arbeitsmappe {label}",
        about=f"Vorlage für den Import von Projekten, Aktivitäten und Akteuren; das Blatt „{GUIDE}“ erklärt sie.",
        version=VERSION,
        pages=pages,
        lists=places,
    )


def _lists(columns: Sequence[Column], words: Words, days: Period) -> Mapping[str, tuple[str, Sequence[str]]]:
    """Return every list that a column offers, with its heading: the first column's."""
    found: dict[str, tuple[str, Sequence[str]]] = {YES_NO: ("ja oder nein", ("ja", "nein"))}
    for column in columns:
        if column.words and column.words not in found:
            offered = words.lists(column.words, days)
            offered = without_nobody(offered, words) if column.words == "funding_body" else offered
            if offered:
                found[column.words] = (column.header.rstrip(" 1"), offered)
    return found


def _sheet(kind: RecordKind, columns: Sequence[Column], words: Words, days: Period) -> Page:
    heads = [Cell(each.marked, Style.NEEDED if each.needed else Style.HEAD) for each in columns]
    rows = [[Cell(row.get(each.key), Style.EXAMPLE) for each in columns] for row in examples(kind, words, days)]
    return Page(
        SHEETS[kind], [_line(each, words, days) for each in columns], [heads, *rows], heads=1, fixed=2, wide=True
    )


_FORMS = {Holds.DAY: Form.DAY, Holds.DAYS: Form.DAY, Holds.MONEY: Form.MONEY}


def _line(column: Column, words: Words, days: Period) -> Line:
    choices = YES_NO if column.holds is Holds.YES_NO else column.words if column.holds is Holds.WORD else ""
    if column.words and not words.lists(column.words, days):
        choices = ""
    hint = f"{column.hint}{' Pflicht.' if column.needed else ''}"
    check = Check(column.header, hint, choices, column.longest, strict=column.holds is Holds.YES_NO)
    return Line(column.width, _FORMS.get(column.holds, Form.TEXT), check)


def _terms(lists: Sequence[tuple[str, Sequence[str]]]) -> Page:
    longest = max(len(found) for _, found in lists)
    rows = [[Cell(heading, Style.HEAD) for heading, _ in lists]]
    rows += [
        [Cell(found[at]) if at < len(found) else Cell() for _, found in lists] for at in range(longest)
    ]  # fmt: skip
    return Page(TERMS, [Line(max(16, *(min(len(each), 60) for each in found))) for _, found in lists], rows, heads=1)
