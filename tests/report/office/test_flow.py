"""From document to items: what begins a page, how labels count, which title is printed, in which order notes stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.report.document import (
    Cell,
    Chapter,
    FigureBlock,
    Grid,
    Heading,
    KeyNumber,
    MarginNote,
    Note,
    Number,
    Paragraph,
    PlainTable,
    Reference,
    Row,
    Strong,
    Text,
    Tiles,
)
from ewm.report.office import write_docx, write_odt
from ewm.report.office.flow import office_document
from ewm.report.office.items import Break, Contents, Label, LabelReference, Para, Span, Tab, Table
from tests.report.office.reading import FO, STYLE, TABLE, W, part

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document
    from ewm.report.office.items import Item


class Maker:
    """Makes items of documents with other chapters."""

    def __init__(self, document: Document, assets: Path, brand: Brand) -> None:
        self.document, self.assets, self.brand = document, assets, brand

    def with_chapters(self, *chapters: Chapter) -> Document:
        return replace(self.document, chapters=chapters)

    def body(self, *chapters: Chapter) -> tuple[Item, ...]:
        return office_document(self.with_chapters(*chapters), assets=self.assets, brand=self.brand).body

    def items(self, *blocks: Block) -> list[Item]:
        """The items of one chapter's blocks."""
        body = self.body(Chapter("k", "1", "Titel", blocks))
        start = next(place for place, item in enumerate(body) if isinstance(item, Para) and item.style == "heading_1")
        return list(body[start + 1 : -5])  # after it comes the imprint: its heading and four facts

    def figure(self, label: str, name: str = "f", **changes: object) -> FigureBlock:
        (found,) = (b for b in self.document.chapters[1].blocks if isinstance(b, FigureBlock))
        return replace(found, id=name, label=label, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def make(document: Document, assets: Path, brand: Brand) -> Maker:
    return Maker(document, assets, brand)


def paragraphs(items: list[Item], style: str) -> list[Para]:
    return [item for item in items if isinstance(item, Para) and item.style == style]


def text(*inlines: str) -> Paragraph:
    return Paragraph(tuple(Text(inline) for inline in inlines))


def test_first_chapter_unnumbered_page_and_annex_begin_a_page(make: Maker) -> None:
    numbers = ("", "1", "2", "A", "B")
    body = make.body(*(Chapter(f"k{number}", number, f"Titel {number}", (text("x"),)) for number in numbers))
    begins = [item.new_page for item in body if isinstance(item, Para) and item.style == "heading_1"]
    assert begins == [True, True, False, True, False, False]  # the last one is the imprint


def test_labels_count_and_begin_anew_where_a_number_is_left_out(make: Maker) -> None:
    items = make.items(*(make.figure(f"Abbildung {number}", f"f{number}") for number in (1, 2, 4, 5)))
    labels = [run for item in paragraphs(items, "caption") for run in item.runs if isinstance(run, Label)]
    assert [(label.word, label.number, label.restart) for label in labels] == [
        ("Abbildung", 1, False),
        ("Abbildung", 2, False),
        ("Abbildung", 4, True),
        ("Abbildung", 5, False),
    ]


def test_a_label_that_nobody_can_count_is_text_with_a_place(make: Maker) -> None:
    items = make.items(make.figure("Abbildung B1"), Paragraph((Reference("f", "Abbildung B1"),)))
    (caption,) = paragraphs(items, "caption")
    assert caption.anchors
    assert Span("Abbildung B1", "label") in caption.runs
    assert paragraphs(items, "body")[0].runs == (Span("Abbildung B1", "", anchor=caption.anchors[0]),)


@pytest.mark.parametrize(("said", "kind"), [("Abbildung\N{NO-BREAK SPACE}1", LabelReference), ("siehe oben", Span)])
def test_a_reference_follows_the_label_only_where_it_says_the_same(make: Maker, said: str, kind: type) -> None:
    items = make.items(make.figure("Abbildung 1"), Paragraph((Reference("f", said),)))
    (run,) = paragraphs(items, "body")[0].runs
    assert isinstance(run, kind)


def test_notes_stand_in_their_order_and_method_is_told_by_its_colour(make: Maker) -> None:
    notes = (
        Note("explanation", (Text("drei"),)),
        Note("method", (Strong((Text("zwei"),)), Text(" und mehr"))),
        Note("reading", (Text("eins"),)),
    )
    items = make.items(make.figure("Abbildung 1", notes=notes))
    told = [item for item in items if isinstance(item, Para) and item.style in {"note", "method_note"}]
    assert [(item.style, item.runs[0]) for item in told] == [
        ("note", Span("eins")),
        ("method_note", Span("zwei", "method")),
        ("note", Span("drei")),
    ]


def test_figure_stands_between_finding_and_notes(make: Maker) -> None:
    styles = [item.style for item in make.items(make.figure("Abbildung 1")) if isinstance(item, Para)]
    assert styles == ["finding", "caption", "figure", "note", "method_note", "note", "source"]


def grid(rows: int) -> Grid:
    return Grid(((Cell((Text("Wert"),)),),), tuple(Row((Cell((Text(str(n)),)),)) for n in range(rows - 1)), (1.0,))


def test_a_heading_before_a_table_is_its_title(make: Maker) -> None:
    named = PlainTable("Werte", grid(3))
    heading = Heading("h", 2, (Text("Daten"),), outlined=False)
    assert [item.style for item in make.items(text("x"), named) if isinstance(item, Para)] == ["body", "table_title"]
    assert [item.style for item in make.items(heading, named) if isinstance(item, Para)] == ["section"]
    (table,) = (item for item in make.items(heading, named) if isinstance(item, Table))
    assert table.name == "Werte"


def test_headings_by_level_number_and_contents(make: Maker) -> None:
    blocks = (
        Heading("a", 2, (Text("mit Nummer"),), "1.1"),
        Heading("b", 2, (Text("im Inhalt"),)),
        Heading("c", 2, (Text("klein"),), outlined=False),
        Heading("d", 3, (Text("tiefer"),), outlined=False),
    )
    body = make.body(Chapter("k", "1", "Titel", blocks))
    styles = [item.style for item in body if isinstance(item, Para)]
    assert styles[1:5] == ["heading_2", "heading_2", "section", "heading_3"]
    (contents,) = (item for item in body if isinstance(item, Contents))
    assert [(entry.level, entry.number, entry.title) for entry in contents.entries] == [
        (1, "1", "Titel"),
        (2, "1.1", "mit Nummer"),
        (2, "", "im Inhalt"),
        (1, "", "Impressum"),
    ]


def test_key_numbers_stand_in_the_margin_unless_they_are_too_wide(make: Maker) -> None:
    small, wide = (
        KeyNumber(Number(text, "x"), (Text("Bedeutung"),), "Mio. Euro") for text in ("17,6", "123.456.789,5")
    )
    items = make.items(small, Tiles((wide,)))
    first, second = paragraphs(items, "key_number")
    assert [type(run) for run in first.runs] == [Span, Span, Tab, Span]
    assert [type(run) for run in second.runs] == [Span, Span, Break, Span]
    assert first.runs[:2] == (Span("17,6", "key_value"), Span("\N{NO-BREAK SPACE}Mio. Euro", "value"))


def test_margin_notes_stand_in_the_margin_unless_their_title_is_too_wide(make: Maker) -> None:
    items = make.items(MarginNote("Kurz", (Text("x"),)), MarginNote("Sicht des Clustermanagements", (Text("x"),)))
    assert [type(item.runs[1]) for item in paragraphs(items, "margin_note")] == [Tab, Break]


@pytest.mark.parametrize(("rows", "whole"), [(18, True), (19, False)])
def test_only_a_short_table_stays_on_one_page(make: Maker, rows: int, *, whole: bool, tmp_path: Path) -> None:
    document = make.with_chapters(Chapter("k", "1", "Titel", (PlainTable("Werte", grid(rows)),)))
    write_docx(document, tmp_path / "a.docx", assets=make.assets, brand=make.brand)
    write_odt(document, tmp_path / "a.odt", assets=make.assets, brand=make.brand)
    (table,) = part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}tbl")
    kept = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
    assert kept == [whole] * (rows - 1) + [False]
    styles = part(tmp_path / "a.odt", "content.xml").iter(f"{STYLE}table-properties")
    assert [style.get(f"{STYLE}may-break-between-rows") for style in styles] == [str(not whole).lower()]


def test_notes_stay_with_the_end_of_their_table(docx: Path, odt: Path) -> None:
    tables = part(docx, "word/document.xml").iter(f"{W}tbl")
    ends = [table.findall(f"{W}tr")[-1].find(f".//{W}keepNext") is not None for table in tables]
    assert ends == [True, False, False, False, False]  # the captioned one; explanations and matrix have no notes
    styles = part(odt, "content.xml").iter(f"{STYLE}table-properties")
    kept = [style.get(f"{FO}keep-with-next") for style in styles]
    assert kept == ["always", "auto", "auto", "auto", "auto"]


def test_sum_and_break_have_their_lines(docx: Path, odt: Path, brand: Brand) -> None:
    red, ink = brand.colours.red, brand.colours.ink
    cells = list(part(docx, "word/document.xml").iter(f"{W}tcBorders"))
    dashed = [side for cell in cells for side in cell.iter(f"{W}left")]
    assert len(dashed) == 1 + 9  # the last head row and all rows but the spanning one
    assert {(side.get(f"{W}val"), side.get(f"{W}color")) for side in dashed} == {("dashed", red[1:])}
    assert len([side for cell in cells for side in cell.iter(f"{W}top")]) == 5
    content = part(odt, "content.xml")
    styles = {s.get(f"{STYLE}name"): s.find(f"{STYLE}table-cell-properties") for s in content.iter(f"{STYLE}style")}
    used = [styles[cell.get(f"{TABLE}style-name")] for cell in content.iter(f"{TABLE}table-cell")]
    assert len([1 for p in used if p is not None and p.get(f"{FO}border-left") == f"0.75pt dashed {red}"]) == 10
    assert len([1 for p in used if p is not None and p.get(f"{FO}border-top") == f"0.75pt solid {ink}"]) == 5


def test_an_english_report_says_so(document: Document, assets: Path, brand: Brand, tmp_path: Path) -> None:
    english = replace(document, meta=replace(document.meta, language="en"))
    write_docx(english, tmp_path / "a.docx", assets=assets, brand=brand)
    write_odt(english, tmp_path / "a.odt", assets=assets, brand=brand)
    (language,) = part(tmp_path / "a.docx", "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "en-GB"
    texts = [
        p for p in part(tmp_path / "a.odt", "styles.xml").iter(f"{STYLE}text-properties") if p.get(f"{FO}language")
    ]
    assert [(p.get(f"{FO}language"), p.get(f"{FO}country")) for p in texts] == [("en", "GB")]
    assert "20\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2021" in str(
        office_document(english, assets=assets, brand=brand).cover
    ).replace("\\xa0", "\N{NO-BREAK SPACE}")
