"""What cannot be written is refused, with its place and the remedy, before a file is begun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ewm.errors import ContentError, MissingError
from ewm.report.document import (
    Bullets,
    Cell,
    EvidenceBlock,
    FigureBlock,
    Footnote,
    Grid,
    Heading,
    Paragraph,
    Picture,
    PlainTable,
    Reference,
    Row,
    Sign,
    Story,
    Text,
)
from ewm.report.office import write_docx, write_odt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document, Inline


@pytest.fixture(params=[write_docx, write_odt])
def write(request: pytest.FixtureRequest, assets: Path, brand: Brand, tmp_path: Path) -> Callable[[Document], None]:
    """Write a document; afterwards no file may be there."""
    target = tmp_path / "bericht"

    def written(document: Document) -> None:
        try:
            request.param(document, target, assets=assets, brand=brand)
        finally:
            assert not target.exists()

    return written


def with_block(document: Document, *blocks: Block) -> Document:
    """The document with other blocks in its second chapter."""
    chapters = list(document.chapters)
    chapters[1] = replace(chapters[1], blocks=blocks)
    chapters[0] = replace(chapters[0], blocks=())
    return replace(document, chapters=tuple(chapters))


def with_text(document: Document, *inlines: Inline) -> Document:
    return with_block(document, Paragraph(inlines))


def figure(document: Document, **changes: Any) -> Document:
    (found,) = (block for block in document.chapters[1].blocks if isinstance(block, FigureBlock))
    return with_block(document, replace(found, **changes))


def refused(write: Callable[[Document], None], document: Document, *said: str) -> None:
    with pytest.raises(ContentError) as error:
        write(document)
    for words in said:
        assert words in str(error.value)


def test_figure_without_alternative_text(write: Callable[[Document], None], document: Document) -> None:
    refused(write, figure(document, alt="  "), "Kapitel 2", "Abbildung 1", "Alternativtext fehlt", "ergänzen")


@pytest.mark.parametrize("svg", ["", "kein Bild"])
def test_figure_without_drawing(write: Callable[[Document], None], document: Document, svg: str) -> None:
    refused(write, figure(document, svg=svg), "Abbildung 1", "SVG", "neu erzeugen")


def test_figure_with_a_broken_drawing(write: Callable[[Document], None], document: Document) -> None:
    refused(write, figure(document, svg="<svg><unclosed></svg>"), "Abbildung 1", "lässt sich nicht lesen")


def test_figure_with_a_sign_that_the_fonts_lack(write: Callable[[Document], None], document: Document) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>1 → 2</text></svg>'
    refused(write, figure(document, svg=svg), "Abbildung 1", "U+2192", "ersetzen")


def test_an_alternative_text_may_hold_signs_that_are_not_drawn(
    document: Document, assets: Path, brand: Brand, tmp_path: Path
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>1 → 2</title><text>1</text></svg>'
    write_docx(figure(document, svg=svg), tmp_path / "a.docx", assets=assets, brand=brand)
    assert (tmp_path / "a.docx").exists()


def story(document: Document, picture: Picture) -> Document:
    return with_block(document, Story("s", "Beispiel", picture, (), (), ()))


def test_picture_that_is_not_there(write: Callable[[Document], None], document: Document, tmp_path: Path) -> None:
    missing = Picture(str(tmp_path / "fehlt.png"), "Halle", "Halle")
    refused(write, story(document, missing), "Kapitel 2", "Beispiel", "fehlt.png fehlt", "ablegen")


def test_picture_of_another_format(write: Callable[[Document], None], document: Document, tmp_path: Path) -> None:
    (tmp_path / "bild.png").write_bytes(b"GIF89a")
    refused(write, story(document, Picture(str(tmp_path / "bild.png"), "Halle", "")), "weder PNG noch JPEG")


def test_picture_without_alternative_text(
    write: Callable[[Document], None], document: Document, tmp_path: Path
) -> None:
    refused(write, story(document, Picture(str(tmp_path / "x.png"), "", "")), "keinen Alternativtext")


def test_sign_without_text(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_text(document, Sign("half", "")), "Kapitel 2", "Zeichen (half)")


def test_reference_that_leads_nowhere(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_text(document, Reference("abb-99", "Abbildung 99")), "Abbildung 99", "abb-99", "Kennung")


def test_footnote_inside_a_footnote(write: Callable[[Document], None], document: Document) -> None:
    note = Footnote((Text("außen"), Footnote((Text("innen"),))))
    refused(write, with_text(document, note), "Fußnote", "innere")


def test_control_character(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_text(document, Text("vor\x0bnach")), "Kapitel 2", "U+000B", "vor", "löschen")


def test_control_character_in_a_footnote(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_text(document, Footnote((Text("tief\x01unten"),))), "Kapitel 2", "U+0001", "tief")


def test_list_without_items(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_block(document, Bullets(())), "Liste hat keinen Punkt")


def test_evidence_that_is_not_there(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_block(document, EvidenceBlock("X-99")), "X-99", "keinen Beleg")


def test_id_given_twice(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_block(document, *(Heading("h", 2, (Text("Titel"),)) for _ in range(2))), "„h“", "zweimal")


def table(width: int) -> PlainTable:
    row = Row(tuple(Cell((Text("1"),)) for _ in range(width)))
    return PlainTable("Werte", Grid(((Cell((Text("a"),)), Cell((Text("b"),))),), (row,), (0.5, 0.5)))


@pytest.mark.parametrize("width", [1, 3])
def test_row_of_another_width(write: Callable[[Document], None], document: Document, width: int) -> None:
    refused(write, with_block(document, table(width)), "Werte", f"{width} statt 2 Spalten")


def test_table_without_head_or_title(write: Callable[[Document], None], document: Document) -> None:
    refused(write, with_block(document, PlainTable("Werte", Grid((), (), (1.0,)))), "Werte", "keinen Kopf")
    refused(write, with_block(document, replace(table(2), title=" ")), "keinen Titel")


def test_missing_words_are_named_all_at_once(write: Callable[[Document], None], document: Document) -> None:
    words = {key: text for key, text in document.meta.words.items() if key not in {"imprint", "style_fact"}}
    changed = replace(document, meta=replace(document.meta, words=words))
    refused(write, changed, "imprint", "style_fact", "ergänzen")


@pytest.mark.parametrize("write_file", [write_docx, write_odt])
def test_fonts_that_were_not_built(
    write_file: Callable[..., None], document: Document, brand: Brand, tmp_path: Path
) -> None:
    with pytest.raises(MissingError, match="make assets"):
        write_file(document, tmp_path / "a", assets=tmp_path, brand=brand)
