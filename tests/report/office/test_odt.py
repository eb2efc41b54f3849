"""What makes the ODT a real OpenDocument text: package, headings, indexes, notes, tables, language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

import odfdo
import pytest

from tests.report.office.reading import DRAW, FO, OFFICE, STYLE, SVG, TABLE, TEXT, XLINK, part

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree import ElementTree as Tree

    from ewm.report.document import Document

MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


@pytest.fixture(scope="module")
def content(odt: Path) -> Tree.Element:
    return part(odt, "content.xml")


@pytest.fixture(scope="module")
def styles(odt: Path) -> Tree.Element:
    return part(odt, "styles.xml")


def test_package_says_first_what_it_is(odt: Path) -> None:
    with ZipFile(odt) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype"
        assert first.compress_type == ZIP_STORED
        assert not first.extra
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        names = set(archive.namelist())
    listed = {entry.get(f"{MANIFEST}full-path") for entry in part(odt, "META-INF/manifest.xml")}
    assert listed == (names | {"/"}) - {"mimetype", "META-INF/manifest.xml"}


def test_odfdo_reads_it(odt: Path, document: Document) -> None:
    read = odfdo.Document(str(odt))
    assert read.get_type() == "text"
    assert read.meta.title == "Jahresbericht 2020 zum Ergebnis- und Wirkungsmonitoring: Cluster Beispiel Brandenburg"
    assert read.meta.creator == "Beispielministerium"
    assert read.meta.language == "de-DE"
    assert str(read.meta.get_creation_date()) == "2021-07-20 00:00:00"
    titles = [str(header).split("\t")[-1].strip() for header in read.body.get_headers()]
    assert [chapter.title for chapter in document.chapters if chapter.title not in titles] == []
    assert len(read.body.get_tables()) == 5
    assert len(read.body.get_elements("descendant::text:note")) == 2


def test_headings_have_levels_and_leave_out_none(content: Tree.Element) -> None:
    before = 0
    for heading in content.iter(f"{TEXT}h"):
        level = int(heading.get(f"{TEXT}outline-level", "0"))
        assert 1 <= level <= before + 1
        before = level


def test_every_style_is_defined(content: Tree.Element, styles: Tree.Element) -> None:
    defined = {style.get(f"{STYLE}name") for root in (content, styles) for style in root.iter(f"{STYLE}style")}
    defined |= {style.get(f"{STYLE}name") for style in styles.iter(f"{TEXT}list-style")}
    keys = (f"{TEXT}style-name", f"{TABLE}style-name", f"{DRAW}style-name", f"{TEXT}visited-style-name")
    used = {element.get(key) for element in content.iter() for key in keys if element.get(key)}
    parents = {
        style.get(f"{STYLE}parent-style-name") for root in (content, styles) for style in root.iter(f"{STYLE}style")
    }
    assert used <= defined
    assert parents - {None} <= defined


def test_own_formatting_is_only_where_a_page_begins_or_lines_stay_together(content: Tree.Element) -> None:
    automatic = [s for s in content.iter(f"{STYLE}style") if s.get(f"{STYLE}family") == "paragraph"]
    given = {key for style in automatic for properties in style for key in properties.attrib}
    assert given == {f"{FO}break-before", f"{FO}keep-with-next"}
    assert not [style for style in content.iter(f"{STYLE}style") if style.get(f"{STYLE}family") == "text"]


def test_language_and_names_of_styles(styles: Tree.Element, document: Document) -> None:
    default = styles.find(f"{OFFICE}styles/{STYLE}default-style[@{STYLE}family='paragraph']/{STYLE}text-properties")
    assert default is not None
    assert (default.get(f"{FO}language"), default.get(f"{FO}country")) == ("de", "DE")
    names = [s.get(f"{STYLE}display-name") for s in styles.iter(f"{STYLE}style")]
    own = {text for key, text in document.meta.words.items() if key.startswith("style_")} - {"Berichtstabelle"}
    assert own <= set(names)


def test_indexes_are_indexes_with_live_pages(content: Tree.Element) -> None:
    (contents,) = content.iter(f"{TEXT}table-of-content")
    (captions,) = content.iter(f"{TEXT}user-index")
    places = {mark.get(f"{TEXT}name") for mark in content.iter(f"{TEXT}bookmark-start")}
    for index, count in ((contents, 10), (captions, 2)):
        pages = list(index.iter(f"{TEXT}bookmark-ref"))
        assert len(pages) == count
        assert {page.get(f"{TEXT}reference-format") for page in pages} == {"page"}
        assert {page.get(f"{TEXT}ref-name") for page in pages} <= places
    source = contents.find(f"{TEXT}table-of-content-source")
    assert source is not None
    assert [s.get(f"{TEXT}style-name") for s in source.iter(f"{TEXT}index-source-style")] == [
        "Heading_20_1",
        "Heading_20_2",
    ]
    (name,) = {mark.get(f"{TEXT}index-name") for mark in content.iter(f"{TEXT}user-index-mark")}
    assert captions.find(f"{TEXT}user-index-source").get(f"{TEXT}index-name") == name  # type: ignore[union-attr]


def test_captions_count_and_references_follow_them(content: Tree.Element) -> None:
    counters = {element.get(f"{TEXT}ref-name"): element for element in content.iter(f"{TEXT}sequence")}
    assert sorted(str(c.get(f"{TEXT}name")) for c in counters.values()) == ["Abbildung", "Tabelle"]
    declared = {element.get(f"{TEXT}name") for element in content.iter(f"{TEXT}sequence-decl")}
    assert declared == {"Abbildung", "Tabelle"}
    references = [element.get(f"{TEXT}ref-name") for element in content.iter(f"{TEXT}sequence-ref")]
    assert len(references) == 3
    assert set(references) <= set(counters)


def test_links_inside_lead_to_a_place(content: Tree.Element) -> None:
    places = [str(mark.get(f"{TEXT}name")) for mark in content.iter(f"{TEXT}bookmark-start")]
    assert len(places) == len(set(places))
    targets = [str(link.get(f"{XLINK}href")) for link in content.iter(f"{TEXT}a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(places)
    assert "https://example.org/methode?a=1&b=2#c" in targets


def test_tables_repeat_their_head_and_hold_as_many_cells_as_columns(content: Tree.Element) -> None:
    for table in content.iter(f"{TABLE}table"):
        columns = len(table.findall(f"{TABLE}table-column"))
        heads = table.findall(f"{TABLE}table-header-rows/{TABLE}table-row")
        assert heads
        for row in (*heads, *table.findall(f"{TABLE}table-row")):
            assert len(list(row)) == columns  # covered cells are counted too
        assert table.findtext(f"{TABLE}title")
    names = [table.get(f"{TABLE}name") for table in content.iter(f"{TABLE}table")]
    assert len(names) == len(set(names))


def test_every_picture_says_what_it_shows_and_stands_in_the_line(odt: Path, content: Tree.Element) -> None:
    frames = list(content.iter(f"{DRAW}frame"))
    assert len(frames) == 22
    assert all(frame.findtext(f"{SVG}desc") for frame in frames)
    assert {frame.get(f"{TEXT}anchor-type") for frame in frames} == {"as-char"}
    assert not list(content.iter(f"{DRAW}text-box"))
    with ZipFile(odt) as archive:
        names = set(archive.namelist())
    assert {image.get(f"{XLINK}href") for image in content.iter(f"{DRAW}image")} <= names


def test_fonts_are_inside(odt: Path, styles: Tree.Element, assets: Path) -> None:
    uris = {uri.get(f"{XLINK}href") for uri in styles.iter(f"{SVG}font-face-uri")}
    assert "Fonts/FiraSans-Regular.ttf" in uris
    with ZipFile(odt) as archive:
        for uri in uris:
            assert archive.read(str(uri)) == (assets / "fonts" / str(uri).rpartition("/")[2]).read_bytes()


def test_lists_are_lists(content: Tree.Element) -> None:
    lists = [(x.get(f"{TEXT}style-name"), len(x.findall(f"{TEXT}list-item"))) for x in content.iter(f"{TEXT}list")]
    assert lists == [("ewm_bullets", 2), ("ewm_numbers", 3)]
