"""The folder: what lies in it, that it refers to nothing outside, what it says, and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError, MissingError
from ewm.report.document import Chapter, Imprint, Paragraph, Picture, Reference, Story, Text
from ewm.report.html import write_html
from ewm.report.html.words import KEYS, fixed
from tests.report.html.reading import Element, read_page
from tests.report.sample import NASTY, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document


def pages(report: Path) -> list[Path]:
    return [report / "index.html", *sorted((report / "evidence").glob("*.html"))]


Write = Callable[["Document"], "Path"]


@pytest.fixture
def write(tmp_path: Path, brand: Brand, fonts: Path) -> Write:
    def run(document: Document) -> Path:
        write_html(document, tmp_path / "report", assets=fonts, brand=brand)
        return tmp_path / "report"

    return run


@pytest.fixture(scope="module")
def index(report: Path) -> Element:
    return read_page(report / "index.html")


def test_the_folder_holds_the_page_its_assets_and_a_page_per_number(report: Path, document: Document) -> None:
    files = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}

    assert {name for name in files if not name.startswith("evidence/")} == {
        "index.html",
        "assets/brand.css",
        "assets/erfolg-1.png",
        "assets/fonts/fonts.css",
        "assets/report.css",
        "figures/abb-1.vl.json",
    }
    assert len(pages(report)) == 1 + len(document.evidence)


def test_the_chart_lies_beside_the_page_as_a_spec(report: Path, index: Element) -> None:
    (figure,) = index.all("figure", id="abb-1")

    assert json.loads((report / figure.attributes["data-spec"]).read_text(encoding="utf-8"))["mark"] == "point"


def test_no_page_holds_scripts_styles_or_handlers(report: Path) -> None:
    for path in pages(report):
        for element in read_page(path).all():
            assert element.tag not in {"script", "style"}
            assert not any(name == "style" or name.startswith("on") for name in element.attributes)


def test_stylesheets_refer_to_nothing_outside_their_folder(report: Path) -> None:
    for path in report.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]|@import|expression", text)
        assert all("/" not in address for address in re.findall(r"url\(([^)]*)\)", text))


def test_every_page_names_its_language_and_has_landmarks_and_a_way_past_them(report: Path) -> None:
    for path in pages(report):
        page = read_page(path)
        assert next(page.all("html")).attributes["lang"] == "de"
        assert [len(list(page.all(tag))) for tag in ("h1", "header", "main", "footer")] == [1, 1, 1, 1]
        first = next(page.all("a"))
        assert (first.attributes["class"], first.attributes["href"]) == ("skip", "#main")


def test_headings_never_skip_a_level(report: Path) -> None:
    for path in pages(report):
        levels = [int(element.tag[1]) for element in read_page(path).all() if re.fullmatch(r"h\d", element.tag)]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), path.name


def test_contents_lead_to_chapters_sections_stories_and_figures(index: Element) -> None:
    (contents,) = index.all("nav", id="contents")

    assert [link.attributes["href"] for link in contents.all("a")] == [
        *("#kap-1", "#kap-2", "#kap-2-1", "#kap-2-2", "#kap-3", "#erfolg-1", "#erfolg-2", "#anhang-a", "#anhang-b"),
        *("#abb-1", "#tab-1", "#contents"),
    ]


def test_every_figure_has_its_caption_its_alt_text_and_its_data_as_a_table(index: Element) -> None:
    (figure,) = index.all("figure", id="abb-1")
    chart = next(figure.all("svg", role="img"))
    (table,) = next(figure.all("details")).all("table")

    assert figure.children[0].tag == "figcaption"
    assert chart.attributes["aria-label"].startswith("Punktdiagramm: neue Projekte nach Status.")
    assert [row.text for row in table.all("tr")] == [
        "Status 2020",
        "begonnen/laufend 12",
        "regulär beendet 3",
        "Summe 15",
    ]


def test_special_characters_arrive_as_they_were_written(index: Element) -> None:
    assert NASTY in " ".join(paragraph.text for paragraph in index.all("p"))


def test_footnotes_and_their_places_lead_to_each_other(index: Element) -> None:
    notes = list(index.all("a", role="doc-noteref"))
    backs = list(index.all("a", role="doc-backlink"))

    assert [note.text for note in notes] == ["1", "2"]
    assert [back.attributes["href"] for back in backs] == [f"#{note.attributes['id']}" for note in notes]


def test_an_explanation_says_everything_about_its_number(report: Path, document: Document) -> None:
    page = read_page(report / "evidence" / "p-01-new-63f74b.html")
    evidence = document.evidence["P-01:new"]
    codes = [code.text for code in page.all("code")]

    assert next(page.all("h1")).text == f"{evidence.value} {evidence.meaning}"
    assert codes == [*(sql for *_, sql in evidence.sentences), " ".join(evidence.sql.split())]
    assert [item.text for item in page.all("li") if item.text.startswith("BSP")] == list(evidence.lines[3].records)
    assert len(list(page.all("tr", data_amount="1"))) == 27
    assert [link.text for link in page.all("a") if "#" in link.attributes["href"]][1:4] == [
        "Jahresbericht 2020",
        "2.1 Neu initiierte Projekte",
        "Abbildung 1",
    ]
    shown = page.text
    assert evidence.source in shown
    assert evidence.validity in shown
    assert "31.12.2020" in shown
    assert document.meta.snapshot_hash in shown.replace(" ", "")


def test_bars_are_as_long_as_the_shares(report: Path) -> None:
    page = read_page(report / "evidence" / "p-01-new-63f74b.html")
    bars = [
        (bar.attributes["width"], bar.attributes.get("x")) for bar in page.all("rect") if "height" in bar.attributes
    ]

    assert bars[3:6] == [("1000", None), ("966.4", None), ("33.6", "966.4")]


def test_records_that_add_nothing_are_listed_and_say_so(report: Path) -> None:
    page = read_page(report / "evidence" / "a-01-actors-c2c8cf.html")
    rows = [row for row in page.all("tr") if "data-unit" in row.attributes]

    assert [(row.attributes["data-amount"], row.children[-1].text) for row in rows] == [("1", "ja")] * 31 + [
        ("0", "nein")
    ] * 9
    assert "zählt zum Wert" not in read_page(report / "evidence" / "p-01-new-63f74b.html").text


def test_the_same_document_gives_the_same_bytes(report: Path, write: Write, document: Document) -> None:
    again = write(document)

    for path in filter(lambda path: path.is_file(), report.rglob("*")):
        assert path.read_bytes() == (again / path.relative_to(report)).read_bytes(), path.name


def with_block(document: Document, block: Block) -> Document:
    return replace(document, chapters=(*document.chapters, Chapter("kap-9", "9", "Neuntes", (block,))))


def story(picture: Picture) -> Story:
    return Story("s", "Titel", picture, (), (), ())


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Paragraph((Reference("kap-77", "Kapitel 77"),)), "„Kapitel 77“ führt ins Leere"),
        (story(Picture("x/fehlt.jpg", "Alt", "")), "„Titel“: Das Bild x/fehlt.jpg gibt es nicht"),
        (story(Picture("x/bild.jpg", " ", "")), "„Titel“: Dem Bild bild.jpg fehlt der Alternativtext"),
    ],
)
def test_what_cannot_be_shown_is_refused(write: Write, document: Document, block: Block, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        write(with_block(document, block))


def test_without_fonts_the_command_that_builds_them_is_named(document: Document, tmp_path: Path, brand: Brand) -> None:
    with pytest.raises(MissingError, match="make assets"):
        write_html(document, tmp_path / "report", assets=tmp_path, brand=brand)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_word_is_named(key: str) -> None:
    with pytest.raises(ContentError, match=rf"fehlen feste Wörter: {key}\."):
        fixed({**WORDS, key: ""})


def test_another_language_needs_other_words_and_nothing_else(write: Write, document: Document) -> None:
    words = {key: f"<{key}>" for key in KEYS}
    meta = replace(document.meta, language="en", words=words, imprint=Imprint((), (), (), ()))
    chapter = Chapter("one", "1", "One", (Paragraph((Text("Text."),)),))

    page = read_page(write(replace(document, meta=meta, chapters=(chapter,))) / "index.html")

    assert next(page.all("html")).attributes["lang"] == "en"
    assert "<cut_off_of_data> 31 December 2020" in page.text
    assert not any(word in page.text for word in WORDS.values() if len(word) > 4)
