"""What the pages say: golden text, characters that markup would eat, nothing overlapping or outside the type area."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.report.document import Cell, Chapter, Grid, Heading, KeyNumber, Number, Paragraph, PlainTable, Row, Text
from ewm.report.pdf import Layout
from tests.report.pdf.pages import overlaps, text_of, whites, words_of
from tests.report.sample import NASTY, cell, text

if TYPE_CHECKING:
    from ewm.report.document import Document, Inlines
    from tests.report.pdf.conftest import Printer

GOLDEN = Path(__file__).parent / "golden" / "sample.txt"
MM = 72 / 25.4


def test_the_text_is_the_golden_one(report: Path) -> None:
    """Read a difference before accepting it: pdftotext -layout report.pdf tests/report/pdf/golden/sample.txt"""
    assert text_of(report, "-layout") == GOLDEN.read_text(encoding="utf-8")


def test_characters_of_markup_stay_text(report: Path) -> None:
    assert "".join(NASTY.split()) in "".join(text_of(report).split())


def test_no_word_lies_on_another(report: Path) -> None:
    assert overlaps(report) == []


def test_all_words_stand_between_the_margins(report: Path) -> None:
    outside = [
        (number, word.text)
        for number, page in enumerate(words_of(report), 1)
        for word in page
        if word.left < 22 * MM - 1 or word.right > 190 * MM + 1 or word.top < 20 * MM or word.bottom > 285 * MM
    ]
    assert outside == []


def test_heads_and_feet(report: Path) -> None:
    page = text_of(report, "-f", "4", "-l", "4", "-layout")
    head, foot = page.strip().splitlines()[0], page.strip().splitlines()[-1]
    assert head.split("  ")[0] == "Cluster Beispiel Brandenburg"
    assert head.endswith("Monitoringergebnisse")
    assert "Stichtag 31.12.2020 · Datenexport 15.02.2021" in foot
    assert foot.endswith("Datenstand 7f3a 91c4")


@pytest.mark.parametrize("dots", [(0, 0), (1, 1), (5, 2), (73, 27), (84, 84), (600, 80)])
def test_a_cover_for_few_and_many_units(printer: Printer, document: Document, dots: tuple[int, int]) -> None:
    meta = replace(document.meta, dots=dots, title="Jahresbericht 2020 mit einem Titel über zwei Zeilen")
    target = printer(replace(document, meta=meta))
    assert overlaps(target) == []
    assert "73 begleitete Projekte" in text_of(target, "-l", "1")
    filled = dots[1] / max(1, dots[0])
    assert 0.0005 < whites(target, 1, 0.56) <= 0.01 + 0.4 * filled


def test_large_numbers_and_long_words_stay_in_their_columns(printer: Printer, document: Document) -> None:
    hash_ = document.meta.snapshot_hash
    chapter = Chapter(
        "lang",
        "1",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        (
            Heading("h", 2, text("Innovationsförderungsfinanzierungsvereinbarungsverwaltungsvorschriften"), "1.1"),
            KeyNumber(Number("1.234.567.890", "x"), text("Euro Projektvolumen"), "Mio. Euro und mehr"),
            Paragraph((Text(f"{hash_} und https://example.org/{hash_}?a={hash_}"),)),
            KeyNumber(Number("9", "x"), text("kurz")),
            KeyNumber(Number("10", "x"), text("gleich danach, damit die Randspalte höher ist als ihr Text")),
            Paragraph(text("Ein kurzer Absatz.")),
            KeyNumber(Number("11", "x"), text("noch eine")),
            Paragraph(text("Noch ein kurzer Absatz.")),
        ),
    )
    target = printer(replace(document, chapters=(chapter,), evidence={}))
    assert overlaps(target) == []
    assert hash_ in "".join(text_of(target).split())
    right = max(word.right for word in words_of(target)[2])
    assert right <= 190 * MM + 2  # a hyphen may hang


def test_chapters_share_pages_as_the_layout_says(printer: Printer, document: Document) -> None:
    starts = []
    for room in (0.2, 1.0):
        target = printer(document, layout=Layout(chapter_room=room))
        pages = [page for page in text_of(target).split("\f")[2:] if page]
        starts.append([sum(chapter.title in page.splitlines() for chapter in document.chapters) for page in pages])
    assert max(starts[0]) == 2
    assert len(starts[1]) > len(starts[0])


@pytest.mark.parametrize("rows", [21, 43, 44, 45, 46])
def test_a_long_table_repeats_its_head_and_leaves_no_row_alone(printer: Printer, document: Document, rows: int) -> None:
    body = tuple(Row((cell(f"Zeile {n}"), cell(str(n), "right"))) for n in range(1, rows + 1))
    table = PlainTable("Lange Tabelle", Grid(((cell("Kopfwort"), cell("Wert", "right")),), body, (0.7, 0.3)))
    chapter = Chapter("k", "1", "Tabellen", (Paragraph(text("Ein Satz davor.")), table))
    target = printer(replace(document, chapters=(chapter,), evidence={}))
    pages = text_of(target, "-layout").split("\f")
    counts = [(page.count("Zeile "), page.count("Kopfwort")) for page in pages if "Zeile " in page]
    assert sum(count for count, _ in counts) == rows
    assert [heads for _, heads in counts] == [1] * len(counts)
    assert [count for count, _ in counts if count < 3] == []
    assert len(counts) == (1 if rows < 44 else 2)


def test_an_empty_upper_head_gives_way_to_the_lower_one(printer: Printer, document: Document) -> None:
    def printed(empty: Inlines) -> str:
        upper = (Cell(empty), cell("Projekte", "right", span=2))
        lower = (cell("Jahr"), cell("neu", "right"), cell("alle", "right"))
        grid = Grid((upper, lower), (Row((cell("2020"), cell("27"), cell("73"))),), (0.4, 0.3, 0.3))
        chapter = Chapter("k", "1", "Tabellen", (PlainTable("Werte", grid),))
        return printer(replace(document, chapters=(chapter,), evidence={})).read_bytes().hex()

    assert printed(()) == printed((Text(""),))


def test_a_number_stays_on_one_line_with_its_unit(printer: Printer, document: Document) -> None:
    amount = Number("17,6 Mio. Euro", "x")
    blocks = tuple(Paragraph((Text("Das Volumen beträgt nun " + "w" * n + " "), amount)) for n in range(30))
    target = printer(replace(document, chapters=(Chapter("k", "1", "Zahlen", blocks),), evidence={}))
    words = [word for page in words_of(target)[2:] for word in page]
    amounts = [(one.top, other.top) for one, other in pairwise(words) if one.text == "17,6"]
    assert len(amounts) == 30
    assert [pair for pair in amounts if pair[0] != pytest.approx(pair[1])] == []
    assert len({round(word.left) for word in words if word.text == "17,6"}) > 10
