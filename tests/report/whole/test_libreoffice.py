"""LibreOffice opens the delivered DOCX and ODT: the whole structure, the same pages, none empty."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import pikepdf
import pytest

from tests.report.office.opened import Opened, misprints, open_files, pictures
from tests.report.pdf.pages import Tag, tags_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

FORMS = pytest.mark.parametrize("form", ["docx", "odt"])
HEADINGS = ("H1", "H2")
CAPTION = re.compile(r"^ *((?:Abbildung|Tabelle) \d+)(?= {2,}|$)", re.MULTILINE)


@pytest.fixture(scope="module")
def opened(report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    files = {form: report / f"{report.name}.{form}" for form in ("docx", "odt")}
    return open_files(files, tmp_path_factory.mktemp("libreoffice"))


def read_tags(pdf: Path) -> list[Tag]:
    with pikepdf.open(pdf) as found:
        return tags_of(found)


@pytest.fixture(scope="module")
def printed(report: Path) -> Path:
    """The report as the house prints it: what the office files are compared with."""
    return report / f"{report.name}.pdf"


@FORMS
def test_headings_tables_and_figures_are_those_of_the_printed_report(
    opened: dict[str, Opened], printed: Path, form: str
) -> None:
    ours, theirs = (Counter(tag.role for tag in read_tags(pdf)) for pdf in (printed, opened[form].pdf))
    counted = ("H2", "H3", "Table", "TR", "Note")
    assert {role: theirs[role] for role in counted} == {role: ours[role] for role in counted}
    assert theirs["H1"] == ours["H1"] - 1, "the contents' own title is no heading for an editor"
    assert theirs["Figure"] == ours["Figure"] + 1, "the dots of the cover are a picture with a text of its own"
    assert ours["H2"] > 50
    assert ours["Table"] > 15


@FORMS
def test_every_figure_has_its_alternative_text(opened: dict[str, Opened], printed: Path, form: str) -> None:
    cover, *figures = [tag.alt for tag in read_tags(opened[form].pdf) if tag.role == "Figure"]
    assert cover
    assert Counter(figures) == Counter(tag.alt for tag in read_tags(printed) if tag.role == "Figure")


@FORMS
def test_all_captions_are_printed_in_their_order(opened: dict[str, Opened], printed: Path, form: str) -> None:
    def captions(pages: list[str]) -> list[str]:
        return CAPTION.findall("\n".join(pages[2:]))

    house = captions(text_of(printed, "-layout").split("\f"))
    assert len(house) == 13
    assert captions(opened[form].pages) == house


@FORMS
def test_no_page_is_empty_or_prints_into_its_edge(opened: dict[str, Opened], form: str) -> None:
    assert misprints(opened[form].pdf) == []


@FORMS
def test_no_page_but_the_last_breaks_off_in_its_upper_half(opened: dict[str, Opened], form: str) -> None:
    *pages, _ = pictures(opened[form].pdf)
    short = [number for number, page in enumerate(pages, 1) if page.body[-1] < len(page.rows) / 2]
    assert short == []


def test_both_files_run_through_the_same_pages(opened: dict[str, Opened], printed: Path) -> None:
    """What is printed up to the end of each page is the same share of the whole, up to a part of a page."""
    shares = []
    for form in ("docx", "odt"):
        ink = list(accumulate(page.ink for page in pictures(opened[form].pdf)))
        shares.append([sum_ / ink[-1] for sum_ in ink])
    docx, odt = shares
    assert len(docx) == pytest.approx(len(odt), abs=1)
    assert (
        max(abs(one - other) for one, other in zip(docx, odt, strict=False)) < 0.05
    )  # the longer a file, the more its two layouts drift apart
    with pikepdf.open(printed) as house:
        assert len(docx) == pytest.approx(len(house.pages), rel=0.25)
