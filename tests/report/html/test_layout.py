"""Bands open at sections and at margin notes after text; ids stand once; the cover's dots are counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.report.document import Chapter, Heading, KeyNumber, MarginNote, Number, Paragraph, PlainTable, Story, Text
from ewm.report.document import Grid as EmptyGrid
from ewm.report.html.dots import field_of_dots
from ewm.report.html.layout import Band, anchors, stretches

if TYPE_CHECKING:
    from ewm.report.document import Document

TEXT = Paragraph((Text("Text"),))
NOTE = MarginNote("Zeitraum", (Text("2020"),))
KEY = KeyNumber(Number("27", "x"), (Text("Projekte"),))
SECTION = Heading("s", 2, (Text("Abschnitt"),), "1.1")
SMALL = Heading("t", 3, (Text("Klein"),))
TABLE = PlainTable("Tabelle", EmptyGrid((), (), ()))


def test_a_section_opens_a_band_with_its_key_number_beside_the_text() -> None:
    assert list(stretches([TEXT, SECTION, KEY, TEXT, SMALL, TEXT])) == [
        Band(text=[TEXT]),
        Band(SECTION, [KEY], [TEXT, SMALL, TEXT]),
    ]


def test_a_note_after_text_stands_beside_what_follows() -> None:
    assert list(stretches([TEXT, NOTE, KEY, TEXT])) == [Band(text=[TEXT]), Band(margin=[NOTE, KEY], text=[TEXT])]


def test_a_wide_block_ends_a_band() -> None:
    assert list(stretches([SECTION, TABLE, TEXT])) == [Band(SECTION), TABLE, Band(text=[TEXT])]


def test_an_id_that_stands_twice_is_refused_with_both_places(document: Document) -> None:
    again = Chapter("kap-9", "9", "Neunter", (Story("kap-2-1", "Noch einmal", None, (), (), ()),))

    with pytest.raises(ContentError, match=r"„kap-2-1“ steht zweimal: in „Monitoringergebnisse“ und in „Neunter“"):
        anchors(replace(document, chapters=(*document.chapters, again)))


def test_an_id_of_the_page_itself_is_refused(document: Document) -> None:
    with pytest.raises(ContentError, match=r"„imprint“ steht zweimal: in „die Seite selbst“"):
        anchors(replace(document, chapters=(Chapter("imprint", "1", "Impressum", ()),)))


@pytest.mark.parametrize(("count", "filled"), [(1, 1), (12, 0), (13, 5), (73, 27), (400, 399)])
def test_there_is_a_dot_for_every_unit_and_the_last_are_filled(count: int, filled: int) -> None:
    dots = field_of_dots(count, filled)

    assert dots is not None
    assert len({(x, y) for x, y, _ in dots.circles}) == count
    assert [is_filled for *_, is_filled in dots.circles] == [False] * (count - filled) + [True] * filled
    assert max(x for x, *_ in dots.circles) <= dots.width
    assert max(y for _, y, _ in dots.circles) <= dots.height


def test_no_unit_no_field() -> None:
    assert field_of_dots(0, 0) is None
