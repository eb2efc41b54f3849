"""The delivered report's text, tags and number of pages are those that somebody has read and accepted.

``make golden`` writes them anew; read the difference, and say in the changelog what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.report.pdf.pages import Tag
from tests.report.whole import golden

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pdf(report: Path) -> Path:
    return report / f"{report.name}.pdf"


def accepted(name: str) -> str:
    return (golden.GOLDEN / name).read_text(encoding="utf-8")


def test_the_text_of_every_page_is_the_accepted_one(pdf: Path) -> None:
    assert golden.text(pdf).splitlines() == accepted(golden.TEXT).splitlines()


def test_the_tags_are_the_accepted_ones(pdf: Path) -> None:
    assert golden.tags(pdf).splitlines() == accepted(golden.TAGS).splitlines()


def test_the_number_of_pages_is_the_accepted_one(pdf: Path) -> None:
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == golden.pages_of(accepted(golden.TEXT))


def test_what_changes_by_itself_is_not_in_the_golden_text() -> None:
    page = (
        "Herausgeber\tAmt\nStand\n24.11.2026\nStichtag der Daten 31.12.2020\nlän\N{SOFT HYPHEN}\nder\n"
        "3 Stichtag 31.12.2020 · Datenexport 24.11.2026 Datenstand 6524 8967\n"
        f"Datenstand 2020-12-31_65248967\nPrüfwert {'0f' * 32}\n"
    )
    assert golden.settled(page) == (
        "Herausgeber Amt\nStand\n<Tag des Exports>\nStichtag der Daten 31.12.2020\nlän-\nder\n"
        "3 Stichtag 31.12.2020 · Datenexport <Tag des Exports> Datenstand <Prüfwert>\n"
        "Datenstand 2020-12-31_<Prüfwert>\nPrüfwert <Prüfwert>\n"
    )


def test_an_outline_counts_runs_and_keeps_what_differs() -> None:
    row = [Tag("TR", "", {}, 2, ("TH", "TD")), Tag("TH", "", {}, 3, ()), Tag("TD", "", {}, 3, ())]
    table = [Tag("Table", "", {}, 1, ("TR", "TR")), *row, *row]
    picture = [Tag("Figure", "Eine  Karte", {}, 1, ())]
    text = [Tag("P", "", {}, 1, ())]
    document = [Tag("Document", "", {}, 0, ()), *text, *text, *table, *picture]
    assert golden.outline(document) == "2×P\nTable(2×TR(TH TD))\nFigure   „Eine Karte“\n"
