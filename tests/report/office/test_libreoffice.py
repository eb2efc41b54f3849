"""LibreOffice opens both files: as many pages as contents say, in the house fonts, nothing outside of the margins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.report.office.opened import Opened, misprints, open_files
from tests.report.pdf.pages import poppler

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.document import Document


@pytest.fixture(scope="module")
def opened(docx: Path, odt: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    return open_files({"docx": docx, "odt": odt}, tmp_path_factory.mktemp("libreoffice"))


FORMS = pytest.mark.parametrize("form", ["docx", "odt"])


@FORMS
def test_all_chapters_and_notes_are_printed(opened: dict[str, Opened], document: Document, form: str) -> None:
    printed = " ".join(" ".join(opened[form].pages).split())
    for chapter in document.chapters:
        for word in chapter.title.split():
            assert word in printed
    assert "Volumina in Vorbereitung oder Antragstellung können geschätzt sein." in printed
    assert "Stichtag 31.12.2020 · Datenexport 15.02.2021" in printed
    assert "Fehler" not in printed
    assert "Error" not in printed


@FORMS
def test_numbers_of_headings_stand_in_the_margin(opened: dict[str, Opened], form: str) -> None:
    printed = "\n".join(opened[form].pages[2:])
    assert re.search(r"^ {0,4}2 {12,}Monitoringergebnisse$", printed, re.MULTILINE)
    assert re.search(r"^ {0,4}2\.1 {12,}Neu initiierte Projekte$", printed, re.MULTILINE)


@FORMS
def test_references_show_the_label_that_they_lead_to(opened: dict[str, Opened], form: str) -> None:
    printed = " ".join(" ".join(opened[form].pages).split())
    assert "das Ergebnis zeigt Abbildung 1." in printed
    assert "siehe Tabelle 1" in printed


def test_contents_of_the_odt_name_the_pages(opened: dict[str, Opened], document: Document) -> None:
    pages = opened["odt"].pages
    contents = pages[1]
    for chapter in document.chapters:
        (listed,) = re.findall(rf"^\s*{chapter.number}\s+{re.escape(chapter.title)}\s+(\d+)$", contents, re.MULTILINE)
        assert chapter.title.split()[0] in pages[int(listed) - 1]
        heading = rf"^\s*{chapter.number}\s+{re.escape(chapter.title.split()[0])}"
        assert re.search(heading, pages[int(listed) - 1], re.MULTILINE)
    for label in ("Abbildung 1", "Tabelle 1"):
        (listed,) = re.findall(rf"^\s*{label}\s.*\s(\d+)$", contents, re.MULTILINE)
        assert re.search(rf"^\s*{label}\s", pages[int(listed) - 1], re.MULTILINE)


def test_contents_of_the_docx_name_no_page_that_nobody_has_counted(opened: dict[str, Opened]) -> None:
    lines = [line for line in opened["docx"].pages[1].splitlines() if line.strip()]
    body = lines[lines.index(next(line for line in lines if line.strip() == "Inhalt")) + 1 : -1]
    assert len(body) >= 12
    assert not [line for line in body if re.search(r"\s\d+$", line)]


@FORMS
def test_fonts_come_from_the_file(opened: dict[str, Opened], form: str) -> None:
    listed = poppler("pdffonts", str(opened[form].pdf)).decode()
    fonts = {line.split()[0].partition("+")[2] for line in listed.splitlines()[2:]}
    assert {"FiraSans-Regular", "FiraSans-SemiBold", "FiraSans-Light", "FiraMono-Regular"} <= fonts
    assert all(font.startswith("Fira") for font in fonts)


@FORMS
def test_both_files_have_about_as_many_pages(opened: dict[str, Opened], form: str) -> None:
    assert 6 <= len(opened[form].pages) <= 10
    assert abs(len(opened["docx"].pages) - len(opened["odt"].pages)) <= 1


@FORMS
def test_every_page_is_filled_and_none_prints_into_its_edge(opened: dict[str, Opened], form: str) -> None:
    assert misprints(opened[form].pdf) == []
