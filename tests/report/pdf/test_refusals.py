"""What stops the printing: each thing is named with its place and what to do; the former file stays."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError, MissingError
from ewm.report.document import (
    Bullets,
    Cell,
    EvidenceBlock,
    FigureBlock,
    Grid,
    Heading,
    Paragraph,
    PlainTable,
    Reference,
    Row,
    Sign,
    Story,
)
from ewm.report.pdf import write_pdf
from tests.report.sample import text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document
    from tests.report.pdf.conftest import Printer


def with_block(document: Document, block: Block) -> Document:
    """Add a block to the second chapter."""
    chapter = document.chapters[1]
    changed = replace(chapter, blocks=(*chapter.blocks, block))
    return replace(document, chapters=(document.chapters[0], changed, *document.chapters[2:]))


def with_figure(document: Document, **changes: str) -> Document:
    figure = next(block for block in document.chapters[1].blocks if isinstance(block, FigureBlock))
    return with_block(document, replace(figure, id="abb-2", label="Abbildung 2", **changes))  # type: ignore[arg-type]


def with_story(document: Document, **changes: str) -> Document:
    story = next(block for block in document.chapters[2].blocks if isinstance(block, Story))
    assert story.picture is not None
    return with_block(document, replace(story, id="neu", picture=replace(story.picture, **changes)))


def table(*rows: Row, widths: tuple[float, ...] = (0.5, 0.5)) -> PlainTable:
    return PlainTable("Werte", Grid(((Cell(text("a")), Cell(text("b"))),), rows, widths))


IN_CHAPTER = "Kapitel 2 „Monitoringergebnisse“, Beteiligte Akteursgruppen"

WRONG: list[tuple[Callable[[Document], Document], list[str]]] = [
    (lambda d: with_figure(d, alt=" "), [IN_CHAPTER, "Abbildung 2 hat keinen Alternativtext. Bitte"]),
    (lambda d: with_figure(d, svg="<p>kein Bild</p>"), [IN_CHAPTER, "Abbildung 2 hat kein Bild (SVG). Bitte"]),
    (lambda d: with_story(d, alt=""), ["„Transfer im Beispielnetz", "beispielbild.png hat keinen Alternativtext"]),
    (lambda d: with_story(d, path="/nirgends/bild.png"), ["Das Bild /nirgends/bild.png fehlt. Bitte"]),
    (lambda d: with_block(d, Paragraph((Sign("full", ""),))), ["Ein Zeichen (full) hat keinen Text"]),
    (lambda d: with_block(d, Paragraph((Reference("abb-9", "Abbildung 9"),))), ["„Abbildung 9“ zeigt auf „abb-9“"]),
    (lambda d: with_block(d, Heading("kap-2-1", 2, text("Neu"))), ["Die Kennung „kap-2-1“ gibt es schon"]),
    (lambda d: with_block(d, EvidenceBlock("P-99:x")), ["Für „P-99:x“ gibt es keinen Beleg"]),
    (lambda d: with_block(d, Bullets(())), ["Eine Liste hat keinen Punkt"]),
    (lambda d: with_block(d, table(Row((Cell(text("1")),)))), ["Eine Zeile der Tabelle ist 1 statt 2 Spalten breit"]),
    (lambda d: with_block(d, table(widths=(1.0,))), ["Eine Kopfzeile der Tabelle ist 2 statt 1 Spalten breit"]),
    (lambda d: replace(d, meta=replace(d.meta, words={})), ["Feste Wörter der Sprache „de“ fehlen: as_of, contents"]),
    (lambda d: replace(d, meta=replace(d.meta, language="fr")), ["Die Sprache „fr“ kann nicht gesetzt werden"]),
    (
        lambda d: with_block(d, Paragraph(text("Gut gemacht \N{THUMBS UP SIGN}, weiter so"))),
        [IN_CHAPTER, "U+1F44D THUMBS UP SIGN", "Gut gemacht"],
    ),
    (
        lambda d: with_figure(d, svg="<svg xmlns='http://www.w3.org/2000/svg'><text>3 &#8805; 2</text></svg>"),
        ["Abbildung 2", "U+2265 GREATER-THAN OR EQUAL TO"],
    ),
    (
        lambda d: replace(d, meta=replace(d.meta, title="Bericht \N{RIGHTWARDS ARROW}")),
        ["Titelei und Impressum", "U+2192 RIGHTWARDS ARROW"],
    ),
]


@pytest.mark.parametrize(("change", "named"), WRONG, ids=[named[-1][:40] for _, named in WRONG])
def test_names_what_is_wrong_and_keeps_the_former_file(
    printer: Printer, document: Document, change: Callable[[Document], Document], named: list[str]
) -> None:
    printer.target.write_bytes(b"former")
    wrong = change(document)
    with pytest.raises(ContentError) as error:
        printer(wrong)
    assert [part for part in named if part not in str(error.value)] == []
    assert printer.target.read_bytes() == b"former"


def test_all_faults_are_named_at_once(printer: Printer, document: Document) -> None:
    wrong = with_block(with_figure(document, alt=""), EvidenceBlock("P-99:x"))
    with pytest.raises(ContentError) as error:
        printer(wrong)
    assert len(str(error.value).splitlines()) == 2


@pytest.fixture
def theme(tmp_path: Path, brand: Brand) -> Path:
    """A copy of the theme that a test may spoil."""
    return shutil.copytree(brand.folder, tmp_path / "brand")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (
            ("font: report.brand.fonts.sans", 'font: ("Nirgends", report.brand.fonts.sans)'),
            ["gewarnt", "theme.typ:", "nirgends"],
        ),
        (("#let gutter = 4mm", "#let gutter = 4"), ["gescheitert", "theme.typ:"]),
    ],
    ids=["warning", "error"],
)
def test_a_spoilt_theme_is_named_with_its_line(
    printer: Printer, document: Document, theme: Path, spoil: tuple[str, str], named: list[str]
) -> None:
    file = theme / "theme.typ"
    source = file.read_text(encoding="utf-8")
    assert spoil[0] in source
    file.write_text(source.replace(*spoil), encoding="utf-8")
    spoilt = replace(printer.brand, folder=theme)
    with pytest.raises(ContentError) as error:
        printer(document, brand=spoilt)
    assert [part for part in named if part not in str(error.value)] == []
    assert "ewm-pdf-" not in str(error.value)
    assert not printer.target.exists()


def test_fonts_that_were_not_built_are_named(tmp_path: Path, document: Document, brand: Brand) -> None:
    (tmp_path / "fonts").mkdir()
    with pytest.raises(MissingError, match=r"„Fira Sans“ fehlt .*make assets"):
        write_pdf(document, tmp_path / "report.pdf", assets=tmp_path, brand=brand)
