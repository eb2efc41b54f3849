"""What makes the DOCX a real Word document: styles, fields, notes, tables, language, parts that belong together."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree
from zipfile import ZipFile

import docx as python_docx
import pytest

from tests.report.office.reading import WP, R, W, part

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from ewm.report.document import Document

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def word(docx: Path) -> WordDocument:
    return python_docx.Document(str(docx))


@pytest.fixture(scope="module")
def body(docx: Path) -> Tree.Element:
    return part(docx, "word/document.xml")


def values(root: Tree.Element, name: str) -> list[str]:
    """Values of all elements of a name."""
    return [element.get(f"{W}val", "") for element in root.iter(f"{W}{name}")]


# -- structure -------------------------------------------------------------------------------------------------------


def test_headings_are_real_and_leave_out_no_level(word: WordDocument) -> None:
    levels = {"Heading 1": 1, "Heading 2": 2, "Zwischentitel": 2, "Herkunft": 2, "Heading 3": 3}
    found = [(levels[p.style.name], p.text.strip()) for p in word.paragraphs if p.style and p.style.name in levels]
    assert found[0] == (1, "1\tEinleitung und methodische Hinweise")
    assert (2, "2.1\tNeu initiierte Projekte") in found
    assert (3, "Akteure nach Typ") in found
    assert found[-1] == (1, "Impressum")
    before = 0
    for level, title in found:
        assert level <= before + 1, title
        before = level


def test_every_paragraph_has_a_style_that_the_file_defines(docx: Path, body: Tree.Element) -> None:
    defined = {style.get(f"{W}styleId") for style in part(docx, "word/styles.xml").iter(f"{W}style")}
    notes = part(docx, "word/footnotes.xml")
    used = {*values(body, "pStyle"), *values(body, "rStyle"), *values(body, "tblStyle"), *values(notes, "pStyle")}
    assert used <= defined
    assert all(paragraph.find(f"{W}pPr/{W}pStyle") is not None for paragraph in body.iter(f"{W}p"))


def test_looks_come_from_styles_alone(body: Tree.Element) -> None:
    runs = {child.tag.removeprefix(W) for properties in body.iter(f"{W}rPr") for child in properties}
    assert runs == {"rStyle", "vanish"}  # hidden are the entries of the list of captions
    paragraphs = {child.tag.removeprefix(W) for properties in body.iter(f"{W}pPr") for child in properties}
    assert paragraphs == {"pStyle", "keepNext", "pageBreakBefore", "numPr", "sectPr"}


def test_own_styles_have_names_of_the_language_and_no_name_twice(docx: Path, document: Document) -> None:
    names = Counter(values(part(docx, "word/styles.xml"), "name"))
    assert max(names.values()) == 1
    assert {text for key, text in document.meta.words.items() if key.startswith("style_")} <= set(names)


def test_nothing_floats(body: Tree.Element) -> None:
    text = Tree.tostring(body, encoding="unicode")
    assert "anchor distT" not in text
    assert "txbxContent" not in text
    assert "pict" not in {element.tag.removeprefix(W) for element in body.iter()}


def test_lists_are_lists_and_every_ordered_one_begins_with_one(docx: Path, body: Tree.Element) -> None:
    numbered = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='ListNumber']") is not None]
    (instance,) = {p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for p in numbered}  # type: ignore[union-attr]
    numbering = part(docx, "word/numbering.xml")
    (found,) = (num for num in numbering.iter(f"{W}num") if num.get(f"{W}numId") == instance)
    assert values(found, "startOverride") == ["1"]
    assert "ListBullet" in values(body, "pStyle")


# -- pictures, tables, notes -----------------------------------------------------------------------------------------


def test_every_picture_says_what_it_shows(body: Tree.Element) -> None:
    pictures = list(body.iter(f"{WP}docPr"))
    assert len(pictures) == 1 + 1 + 1 + 3 + 16  # dots, chart, photograph, legend, matrix
    assert all(picture.get("descr") for picture in pictures)
    assert len({picture.get("id") for picture in pictures}) == len(pictures)


def test_tables_repeat_their_head_and_break_no_row(body: Tree.Element) -> None:
    for table in body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in rows:
            assert sum(_span(cell) for cell in row.findall(f"{W}tc")) == columns


def _span(cell: Tree.Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    return int(found.get(f"{W}val", "1")) if found is not None else 1


def test_figures_stand_right_and_sub_rows_are_indented(word: WordDocument) -> None:
    table = next(table for table in word.tables if "Akteurstyp" in table.cell(1, 0).text)
    styles = {
        row.cells[0].text: [
            paragraph.style.name for cell in row.cells for paragraph in cell.paragraphs if paragraph.style
        ]
        for row in table.rows
    }
    assert styles["Unternehmen"] == ["Tabellentext"] + ["Tabellenzahl"] * 4
    assert styles["10–49"][0] == "Tabelle Unterzeile"
    assert [run.style.name for run in table.rows[-1].cells[1].paragraphs[0].runs if run.style] == ["Strong"]


def test_footnotes_are_footnotes(docx: Path, body: Tree.Element) -> None:
    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): note for note in part(docx, "word/footnotes.xml")}
    assert marks == ["1", "2"]
    assert set(notes) == {"-1", "0", "1", "2"}  # the first two are the separators
    assert next(notes["1"].iter(f"{W}hyperlink")).get(f"{R}id")


# -- fields and links ------------------------------------------------------------------------------------------------


def instructions(root: Tree.Element) -> list[str]:
    return [(element.text or "").strip() for element in root.iter(f"{W}instrText")]


def test_captions_count_and_references_follow_them(body: Tree.Element) -> None:
    fields = instructions(body)
    assert "SEQ Abbildung \\* ARABIC" in fields
    assert "SEQ Tabelle \\* ARABIC" in fields
    anchors = bookmarks(body)
    references = [field.split()[1] for field in fields if field.startswith("REF ")]
    assert len(references) == 3
    assert set(references) <= set(anchors)


def test_contents_are_fields_with_a_page_for_every_entry(body: Tree.Element) -> None:
    fields = instructions(body)
    assert 'TOC \\o "1-2" \\h \\z' in fields
    assert 'TOC \\f F \\l "3-3" \\h \\z' in fields
    pages = [field.split()[1] for field in fields if field.startswith("PAGEREF")]
    assert len(pages) == len(set(pages)) == 10 + 2
    assert set(pages) <= set(bookmarks(body))
    kinds = Counter(element.get(f"{W}fldCharType") for element in body.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["end"] == kinds["separate"] + 2  # two entries of the list of captions show nothing


def bookmarks(body: Tree.Element) -> list[str]:
    return [element.get(f"{W}name", "") for element in body.iter(f"{W}bookmarkStart")]


def test_bookmarks_are_unique_and_every_link_inside_leads_to_one(body: Tree.Element) -> None:
    names = bookmarks(body)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"_[A-Z][a-z]{2}\d{9}", name) for name in names)
    ids = [element.get(f"{W}id") for element in body.iter(f"{W}bookmarkStart")]
    assert ids == [element.get(f"{W}id") for element in sorted_ends(body, ids)]
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink") if link.get(f"{W}anchor")}
    assert links <= set(names)


def sorted_ends(body: Tree.Element, ids: list[str | None]) -> list[Tree.Element]:
    return sorted(body.iter(f"{W}bookmarkEnd"), key=lambda element: ids.index(element.get(f"{W}id")))


def test_a_number_leads_to_its_explanation(word: WordDocument) -> None:
    paragraph = next(p for p in word.paragraphs if p.text.startswith("Begleitet wurden"))
    links = {link.text: link.fragment for link in paragraph.hyperlinks}
    heading = next(p for p in word.paragraphs if p.text.startswith("27\tProjekte neu initiiert"))
    assert f'w:name="{links["27"]}"' in heading._p.xml
    assert "73" not in links  # the annex does not explain it


# -- the file --------------------------------------------------------------------------------------------------------


def test_metadata_and_language(docx: Path, word: WordDocument) -> None:
    core = word.core_properties
    assert core.title == "Jahresbericht 2020 zum Ergebnis- und Wirkungsmonitoring: Cluster Beispiel Brandenburg"
    assert core.author == "Beispielministerium"
    assert core.language == "de-DE"
    assert core.created == core.modified == datetime(2021, 7, 20, tzinfo=UTC)
    (language,) = part(docx, "word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}val") == "de-DE"
    assert part(docx, "word/settings.xml").find(f"{W}themeFontLang").get(f"{W}val") == "de-DE"  # type: ignore[union-attr]


def test_word_does_not_open_it_in_an_old_mode(docx: Path) -> None:
    setting = part(docx, "word/settings.xml").find(f"{W}compat/{W}compatSetting")
    assert setting is not None
    assert setting.get(f"{W}val") == "15"


def test_cover_has_neither_head_nor_foot(word: WordDocument) -> None:
    cover, pages = word.sections
    assert cover.header.is_linked_to_previous
    assert [p.text for p in pages.header.paragraphs] == ["Cluster Beispiel Brandenburg\tJahresbericht 2020"]
    assert [p.text for p in pages.footer.paragraphs] == [
        "1\tStichtag 31.12.2020 · Datenexport 15.02.2021\tDatenstand 7f3a 91c4"
    ]


def test_parts_belong_together(docx: Path) -> None:
    with ZipFile(docx) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    types = part(docx, "[Content_Types].xml")
    suffixes = {entry.get("Extension") for entry in types.iter(f"{TYPES}Default")}
    overrides = {str(entry.get("PartName")).lstrip("/") for entry in types.iter(f"{TYPES}Override")}
    assert overrides <= names
    assert {name.rpartition(".")[2] for name in names - {"[Content_Types].xml"}} <= suffixes
    reached = {"[Content_Types].xml"}
    for name in (name for name in names if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        reached.add(name)
        for relation in part(docx, name).iter(f"{RELATIONS}Relationship"):
            if relation.get("TargetMode") != "External":
                reached.add(posixpath.join(folder, str(relation.get("Target"))))
    assert reached == names


@pytest.mark.parametrize("name", ["document", "footnotes", "fontTable"])
def test_every_relation_that_a_part_uses_is_there(docx: Path, name: str) -> None:
    elements = part(docx, f"word/{name}.xml").iter()
    used = {value for element in elements for key, value in element.attrib.items() if key.startswith(R)}
    relations = part(docx, f"word/_rels/{name}.xml.rels").iter(f"{RELATIONS}Relationship")
    assert used
    assert used <= {relation.get("Id") for relation in relations}


def test_fonts_are_inside_and_readable(docx: Path, assets: Path) -> None:
    fonts = part(docx, "word/fontTable.xml")
    (face,) = (font for font in fonts if font.get(f"{W}name") == "Fira Sans")
    regular = face.find(f"{W}embedRegular")
    assert regular is not None
    assert face.find(f"{W}embedBold") is not None
    relations = {r.get("Id"): r.get("Target") for r in part(docx, "word/_rels/fontTable.xml.rels")}
    with ZipFile(docx) as archive:
        masked = archive.read(f"word/{relations[regular.get(f'{R}id')]}")
    key = bytes.fromhex(re.sub(r"[{}-]", "", regular.get(f"{W}fontKey", "")))[::-1]
    plain = bytes(byte ^ key[place % 16] for place, byte in enumerate(masked[:32])) + masked[32:]
    assert plain == (assets / "fonts" / "FiraSans-Regular.ttf").read_bytes()
