"""Every number of the sample leads to its records, and a folder in which one does not is found out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.report.html.links import check_links, number_links

if TYPE_CHECKING:
    from pathlib import Path

STATED = frozenset({"fact:contacts", "fact:ideas"})


def test_every_number_of_the_sample_is_the_count_or_sum_of_its_records(report: Path) -> None:
    assert check_links(report, stated=STATED) == []
    assert {link.text for link in number_links(report)} >= {"27", "73", "17,6 Mio. Euro", "76,5", "76,5 %"}


def test_a_number_without_a_page_is_found_unless_it_is_declared(report: Path) -> None:
    found = check_links(report, stated=STATED - {"fact:ideas"})

    assert found == ["index.html: „70+“ has no page (fact:ideas)"]


PAGES = {"new": "evidence/p-01-new-63f74b.html", "actors": "evidence/a-01-actors-c2c8cf.html", "report": "index.html"}


@pytest.mark.parametrize(
    ("page", "change", "said"),
    [
        ("report", ('data-value="27"', 'data-value="28"'), "is ('28', None), but p-01-new-63f74b.html explains"),
        ("report", ('href="#anhang-b"', 'href="#anhang-c"'), "#anhang-c leads to no place"),
        ("report", (PAGES["new"], "evidence/p-01-new.html"), "evidence/p-01-new.html leads to no file"),
        ("report", ('href="assets/report.css"', 'href="../report.css"'), "../report.css leads out of the folder"),
        ("new", ('data-unit="26"', 'data-unit="25"'), "value is 27, but the records give 26"),
        ("new", ('data-unit="0" data-amount="1"', 'data-unit="0" data-amount="2"'), "but the records give 28"),
        ("new", ('data-unit="1" data-amount="1"', 'data-unit="0" data-amount="2"'), "unit 0 adds different amounts"),
        ("actors", ('data-whole="34"', 'data-whole="35"'), "whole is 35, but the records give 34"),
    ],
)
def test_a_broken_folder_is_found_out(
    report: Path, tmp_path: Path, page: str, change: tuple[str, str], said: str
) -> None:
    folder = tmp_path / "report"
    shutil.copytree(report, folder)
    text = (folder / PAGES[page]).read_text(encoding="utf-8")
    assert change[0] in text

    (folder / PAGES[page]).write_text(text.replace(*change), encoding="utf-8")

    assert any(said in problem for problem in check_links(folder, stated=STATED))
