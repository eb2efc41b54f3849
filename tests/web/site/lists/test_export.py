"""Exports, read back by other programs: rows as filtered, numbers as numbers, dates as dates, no formula anywhere."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from ewm.capture.lists.cells import restored
from ewm.capture.projects.services import projects_create
from tests.web.site.conftest import project
from tests.web.site.lists.conftest import MILLION

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("projects")

HEADS = ["Kennung", "Titel", "Status", "Projektvolumen in Euro", "Projektvolumen geschätzt", "wer bewilligt", "Akteure",
         "Beginn", "vollständig in %"]  # fmt: skip
BINARY = ("xlsx", "ods")
# What a title may begin with, and what no title should be able to do.
HOSTILE = (
    "=1+1", "+49 30", "-2+3", "@SUM(A1)", '=HYPERLINK("https://beispiel.invalid";"x")', "'=1", "＝1", "'Zitat",
    "a\tb", "zwei  Leerzeichen", "<b>&amp;</b>", "_x0041_", "Zeile\nZwei", "Semikolon; \"Anführung\"", "Emoji 🏭",
)  # fmt: skip


def export(client: Client, form: str, query: str = "ansicht=alle") -> bytes:
    answer: Any = client.get(reverse("projects:export", args=[form]) + f"?{query}")
    assert answer.status_code == 200
    assert answer.streaming
    assert f'.{form}"' in answer["Content-Disposition"]
    content: bytes = b"".join(answer.streaming_content)
    return content


def sheet(content: bytes, name: str = "Projekte") -> list[list[Any]]:
    book = load_workbook(io.BytesIO(content))
    assert book.sheet_names == ["Projekte", "Angaben"]
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python()
    return rows


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("form", BINARY)
def test_a_workbook_holds_the_rows_as_filtered_and_sorted(manager: Client, form: str) -> None:
    rows = sheet(export(manager, form, "beginn=2020&sortierung=-volumen"))
    assert rows[0] == HEADS
    assert [row[1] for row in rows[1:]] == ["Ätzen von Blech", "Bandsäge"]
    assert rows[1][3:8] == [1_000_000.0, "ja", "", 1.0, date(2020, 3, 2)]
    assert rows[2][3] == 999_999.99
    assert rows[2][5] == "Bund"
    assert rows[1][2] == "begonnen/laufend"


def test_csv_holds_the_same_in_german(manager: Client) -> None:
    rows = csv_rows(export(manager, "csv", "beginn=2020&sortierung=-volumen"))
    assert rows[0] == HEADS
    assert rows[1][3:8] == ["1000000,00", "ja", "", "1", "02.03.2020"]
    assert rows[2][3] == "999999,99"


@pytest.mark.parametrize("form", BINARY)
def test_a_second_sheet_says_where_the_rows_come_from(manager: Client, form: str) -> None:
    about = dict(sheet(export(manager, form, "beginn=2020&status=running&suche=blech"), "Angaben"))
    assert about["Quelle"] == "EWM, Projekte"
    assert about["Cluster"] == "Metall"
    assert about["Filter Beginn"] in (2020.0, "2020")
    assert about["Filter Status"] == "begonnen/laufend"
    assert about["Filter Suche"] == "„blech“"
    assert "Datenstand" in about


def test_csv_says_it_after_the_rows(manager: Client) -> None:
    rows = csv_rows(export(manager, "csv", "beginn=2020"))
    assert rows[3] == []
    about = {row[0]: row[1] for row in rows[4:]}
    assert about["# Filter Beginn"] == "2020"
    assert about["# Quelle"] == "EWM, Projekte"
    assert all(name.startswith("# ") for name in about)


@pytest.mark.parametrize("form", [*BINARY, "csv"])
def test_a_list_without_rows_has_its_heads(manager: Client, form: str) -> None:
    content = export(manager, form, "suche=nichtszufinden")
    rows = csv_rows(content)[:1] if form == "csv" else sheet(content)
    assert rows == [HEADS]


@pytest.mark.parametrize("form", [*BINARY, "csv"])
def test_all_columns_hold_everything_of_a_record(manager: Client, form: str) -> None:
    content = export(manager, form, "suche=Bandsäge&alle_spalten=ja")
    heads, row = (csv_rows(content) if form == "csv" else sheet(content))[:2]
    found = dict(zip(heads, row, strict=True))
    assert found["Beteiligte"] == "Linsenwerk Süd GmbH"
    assert found["Handlungsfeld"] == "Kooperationsnetzwerk"
    assert found["Fördervolumen in Euro"] == ("5,00" if form == "csv" else 5.0)
    assert found["Forschung, Entwicklung oder Innovation"] == "nein"
    assert found["Fassung"] == ("1" if form == "csv" else 1.0)


def test_chosen_columns_are_exported_beside_code_and_title(manager: Client) -> None:
    rows = csv_rows(export(manager, "csv", "ansicht=alle&spalten=ende"))
    assert rows[0] == ["Kennung", "Titel", "Ende"]


@pytest.mark.parametrize("form", [*BINARY, "csv"])
def test_hostile_titles_are_neutral_and_come_back(manager: Client, form: str) -> None:
    projects_create(entries=[replace(project(f"X-{place:02d}"), title=text) for place, text in enumerate(HOSTILE)])
    content = export(manager, form, "suche=X-&sortierung=kennung")
    rows = csv_rows(content) if form == "csv" else sheet(content)
    titles = [row[1] for row in rows if row and str(row[0]).startswith("X-")]
    # The reader drops what an ODS writes for a tab; the next test looks for it.
    written = [text.replace("\t", "") for text in HOSTILE] if form == "ods" else list(HOSTILE)
    assert [restored(title) for title in titles] == written
    assert [title for title in titles if title[0] in "=+-@\t\r＝＋－＠"] == []


def test_ods_keeps_the_blanks_that_xml_would_fold(manager: Client) -> None:
    projects_create(entries=[replace(project("X-1"), title=" a\tb  c ")])
    with zipfile.ZipFile(io.BytesIO(export(manager, "ods", "suche=X-1"))) as packed:
        text = packed.read("content.xml").decode()
    assert '<text:p><text:s text:c="1"/>a<text:tab/>b<text:s text:c="2"/>c<text:s text:c="1"/></text:p>' in text


@pytest.mark.parametrize("form", BINARY)
def test_no_cell_is_a_formula(manager: Client, form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(manager, form, "suche=SUMME"))) as packed:
        assert packed.testzip() is None
        text = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    assert "SUMME" in text
    assert "<f>" not in text
    assert "table:formula" not in text


def test_ods_is_packed_as_its_standard_asks(manager: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(export(manager, "ods"))) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        content = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 (our own file)
    value = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"
    assert f"{MILLION // 100}.00" in [cell.get(value) for cell in content.iter()]


def test_text_that_no_xml_can_hold_is_marked_not_fatal(manager: Client) -> None:
    projects_create(entries=[replace(project("X-1"), title="Zeichen\x01Ende")])
    assert sheet(export(manager, "ods", "suche=X-1"))[1][1] == "Zeichen\N{REPLACEMENT CHARACTER}Ende"
    assert sheet(export(manager, "xlsx", "suche=X-1"))[1][1].startswith("Zeichen")
