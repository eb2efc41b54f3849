"""What a screen reader meets: roles, alternative texts, table headers, heading order, language, bookmarks, links."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.report.pdf.pages import Tag, bookmarks_of, links_of, tags_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def pdf(report: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(report) as opened:
        yield opened


@pytest.fixture
def tags(pdf: pikepdf.Pdf) -> list[Tag]:
    return tags_of(pdf)


def test_roles_are_counted(tags: list[Tag]) -> None:
    roles = Counter(tag.role for tag in tags)
    expected = {
        "Title": 1, "H1": 7, "H2": 9, "H3": 1, "TOC": 5, "TOCI": 12, "Table": 5, "Caption": 2, "THead": 5, "TBody": 5,
        "TR": 29, "L": 3, "LI": 8, "Note": 2, "Figure": 21, "Strong": 13, "Em": 1, "Code": 6,
    }  # fmt: skip
    assert {role: roles[role] for role in expected} == expected


def test_every_figure_has_an_alternative_text(tags: list[Tag]) -> None:
    figures = [tag for tag in tags if tag.role == "Figure"]
    assert [tag for tag in figures if not tag.alt] == []
    assert [tag.alt.split(":")[0] for tag in figures if ":" in tag.alt] == ["Punktdiagramm", "Foto"]


def test_headings_skip_no_level(tags: list[Tag]) -> None:
    levels = [int(tag.role[1]) for tag in tags if tag.role in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_row_and_column_has_a_header(tags: list[Tag]) -> None:
    headers = Counter(tag.attributes.get("Scope") for tag in tags if tag.role == "TH")
    rows = [tag for tag in tags if tag.role == "TR"]
    # 10 + 4 rows in tables; 4 + 2 + 3 in funnels, where six sentences have a label of their own
    assert headers == {"/Row": 29, "/Column": 7 + 7 + 3 * 3}
    assert [row for row in rows if "TH" not in row.children] == []


def test_column_heads_span_their_groups(tags: list[Tag]) -> None:
    spans = [tag.attributes["ColSpan"] for tag in tags if tag.role == "TH" and "ColSpan" in tag.attributes]
    assert spans.count("3") == 1


def test_document_has_language_title_and_dates(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == (
            "Jahresbericht 2020 zum Ergebnis- und Wirkungsmonitoring: Cluster Beispiel Brandenburg"
        )
        assert metadata["dc:creator"] == ["Beispielministerium"]
        assert metadata["pdf:Keywords"] == "Cluster Beispiel Brandenburg, Jahresbericht 2020, 2020"
        assert metadata["xmp:CreateDate"].startswith("2021-07-20")
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "2", "A")
    assert pdf.Root.Lang == "de-DE"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_bookmarks_follow_the_headings(pdf: pikepdf.Pdf) -> None:
    assert bookmarks_of(pdf) == [
        (0, "1 Einleitung und methodische Hinweise"),
        (0, "2 Monitoringergebnisse"),
        (1, "2.1 Neu initiierte Projekte"),
        (1, "2.2 Beteiligte Akteursgruppen"),
        (0, "3 Erfolgsbeispiele"),
        (1, "Transfer im Beispielnetz: Werkstatt der kurzen Wege"),
        (1, "Ohne Bild: der Prüfstand"),
        (0, "A Woher diese Zahl kommt"),
        (1, "Projekte neu initiiert, Cluster Beispiel, 2020"),
        (1, "Projektvolumen der neu initiierten Projekte, 2020"),
        (1, "der Akteure an neuen Projekten sitzen in Brandenburg"),
        (0, "B Vergleichbarkeit der Jahre"),
        (0, "Impressum"),
    ]


def test_numbers_lead_to_their_evidence_and_back(report: Path, pdf: pikepdf.Pdf) -> None:
    pages = text_of(report).split("\f")
    annex = next(number for number, page in enumerate(pages, 1) if "Projekte neu initiiert, Cluster" in page)
    links = links_of(pdf)
    inside = [(page, target) for page, target in links if target == annex and page > 2]
    # 27 (key number, text, headline), 17,6 (text), 76,5 (key number), nine cells of the table; 73 is not in the annex
    assert len(inside) == 3 + 1 + 1 + 9
    back = {target for page, target in links if page == annex}
    assert {1, 3, 4} <= back


def test_references_and_addresses(pdf: pikepdf.Pdf) -> None:
    addresses = [target for _, target in links_of(pdf) if isinstance(target, str)]
    assert addresses == [
        "https://example.org/methode?a=1&b=2#c",
        "https://example.org/wz",
        "mailto:redaktion@example.org",
    ]
