"""The workbook to fill in: the same in both formats, its lists from the programme, its rules where they are needed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.workbook.guide import EXAMPLE
from ewm.capture.imports.workbook.layout import SHEETS
from ewm.capture.imports.workbook.template import FORMS, book_of, write_template
from ewm.capture.imports.workbook.words import UnknownWordError, read_words
from ewm.capture.periods import Period
from ewm.capture.taxonomies.services import programme_load
from tests.capture.programme import small_programme

if TYPE_CHECKING:
    from ewm.capture.imports.workbook.pages import Page

pytestmark = pytest.mark.usefixtures("programme")


def written(form: str, cluster: str = "metal", year: int = 2020) -> bytes:
    held = io.BytesIO()
    write_template(held, cluster=cluster, year=year, form=form)
    return held.getvalue()


def cells(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: [[*row] for row in book.get_sheet_by_name(name).iter_rows()] for name in book.sheet_names}


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def page(name: str) -> Page:
    return next(each for each in book_of("metal", 2020).pages if each.name == name)


def test_both_formats_say_the_same() -> None:
    xlsx, ods = (cells(written(form)) for form in FORMS)
    assert list(xlsx) == ["Anleitung", *SHEETS.values(), "Begriffe"]
    assert xlsx == ods


def test_every_sheet_begins_with_its_columns_and_marked_examples() -> None:
    found = cells(written("xlsx"))
    for name in SHEETS.values():
        head, *rows = found[name]
        assert len(set(head)) == len(head)
        assert {row[0] for row in rows} == {EXAMPLE}
        assert all(str(row[1]).startswith(f"{EXAMPLE}: ") for row in rows)
    assert "Beginn *" in found["Projekte"][0]
    assert "Ende" in found["Projekte"][0]
    assert found["Projekte"][1][found["Projekte"][0].index("Beginn *")] == date(2020, 2, 3)


def test_lists_hold_what_is_in_force_in_the_cluster() -> None:
    def offered(cluster: str, year: int) -> list[object]:
        head, *rows = cells(written("ods", cluster, year))["Begriffe"]
        at = head.index("Handlungsfeld")
        return [row[at] for row in rows if row[at]]

    assert offered("metal", 2020) == ["metal-2014-a (de)", "metal-2014-b (de)", "metal-2020-a (de)"]
    assert offered("metal", 2021) == ["metal-2020-a (de)"]
    assert offered("optics", 2021) == ["optics-a (de)"]


def test_nobody_is_no_funding_body() -> None:
    head, *rows = cells(written("xlsx"))["Begriffe"]
    assert "unfunded (de)" not in [row[head.index("Bewilligt von")] for row in rows]


def test_every_column_of_a_list_points_to_it() -> None:
    text = parts(written("xlsx"))
    names = dict(re.findall(r'<definedName name="(Liste_\w+)">([^<]+)<', text["xl/workbook.xml"]))
    assert max(map(len, re.findall(r'promptTitle="([^"]+)"', "".join(text.values())))) <= 32
    used = set(re.findall(r'type="list"[^>]*>\s*<formula1>(\w+)<', "".join(text.values())))
    assert used == set(names)
    book = book_of("metal", 2020)
    for name, (sheet, column, rows) in book.lists.items():
        assert names[f"Liste_{name}"].startswith(f"'{sheet}'!$")
        assert all(row[column].value for row in page(sheet).rows[1 : rows + 1])
    assert f"is-in-list([$Begriffe.$A$2:.$A${1 + 2}])" in parts(written("ods"))["content.xml"]


@pytest.mark.parametrize("name", list(SHEETS.values()))
def test_hints_fit_the_format_and_say_what_is_needed(name: str) -> None:
    sheet = page(name)
    for head, line in zip(sheet.rows[0], sheet.lines, strict=True):
        assert line.check is not None
        assert 0 < len(line.check.hint) <= 255 - len("Erwartet wird etwas anderes: ")
        assert str(head.value).endswith(" *") == line.check.hint.endswith("Pflicht.")


def test_the_file_tells_title_language_and_version() -> None:
    xlsx, ods = (parts(written(form)) for form in FORMS)
    assert "<dc:title>EWM-Arbeitsmappe metal (de)</dc:title>" in xlsx["docProps/core.xml"]
    assert "<dc:language>de-DE</dc:language>" in xlsx["docProps/core.xml"]
    assert "EWM-Vorlage" in xlsx["docProps/custom.xml"]
    assert "<dc:title>EWM-Arbeitsmappe metal (de)</dc:title><dc:subject>" in ods["meta.xml"]
    assert '<meta:user-defined meta:name="EWM-Vorlage">1<' in ods["meta.xml"]
    assert cells(written("xlsx"))["Anleitung"][1][:2] == ["Fassung der Vorlage", "1"]


def test_sheets_print_with_their_heads() -> None:
    sheet = parts(written("xlsx"))["xl/worksheets/sheet2.xml"]
    assert '<pane xSplit="2" ySplit="1" topLeftCell="C2"' in sheet
    assert 'orientation="landscape"' in sheet
    assert "Projekte!$A:$B,Projekte!$1:$1" in parts(written("xlsx"))["xl/workbook.xml"]
    ods = parts(written("ods"))
    assert "<table:table-header-rows>" in ods["content.xml"]
    assert "VerticalSplitPosition" in ods["settings.xml"]
    assert 'style:print-orientation="landscape"' in ods["styles.xml"]


def test_a_word_means_the_term_of_that_label_in_force() -> None:
    programme_load(programme=small_programme(**{"metal-2020-a": {"label_de": "metal-2014-a (de)"}}))
    words = read_words("metal")
    assert words.term("action_field", "Metal-2014-a (de)", Period.day(date(2020, 3, 1))) == "metal-2014-a"
    assert words.term("action_field", "metal-2014-a (de)", Period.day(date(2020, 12, 1))) == "metal-2020-a"
    assert words.lists("action_field", Period(date(2020, 1, 1))) == ["metal-2014-a (de)", "metal-2014-b (de)"]
    with pytest.raises(UnknownWordError, match=r"gilt offen bis 31\.10\.2020, nicht 01\.12\.2020"):
        words.term("action_field", "metal-2014-b (de)", Period.day(date(2020, 12, 1)))
    with pytest.raises(UnknownWordError, match="steht nicht in der Liste"):
        words.term("action_field", "optics-a (de)", Period.day(date(2020, 12, 1)))


def test_words_of_two_terms_in_force_are_told_apart() -> None:
    programme_load(programme=small_programme(work={"label_de": "digital (de)", "scheme_id": "metal-2020"}))
    words, days = read_words("metal"), Period.day(date(2020, 3, 1))
    assert words.lists("focus_topic", days) == ["digital (de) (digital)", "digital (de) (metal-2020 (de))"]
    with pytest.raises(UnknownWordError, match=r"„digital \(de\) \(digital\)“ oder „digital \(de\) \(metal-2020"):
        words.term("focus_topic", "digital (de)", days)
    assert words.term("focus_topic", "digital (de) (metal-2020 (de))", days) == "work"
    assert words.term("focus_topic", "work", days) == "work"


def test_every_kind_has_a_sheet() -> None:
    assert set(SHEETS) == set(RecordKind)
