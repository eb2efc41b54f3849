"""What the pages say: golden text, characters that markup would eat, nothing overlapping or outside the type area."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.report.document import Chapter, Heading, KeyNumber, Number, Paragraph, Text
from ewm.report.pdf import Layout
from tests.report.pdf.pages import overlaps, text_of, whites, words_of
from tests.report.sample import NASTY, text

if TYPE_CHECKING:
    from ewm.report.document import Document
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
