"""The delivered tables, asked for in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ewm.report.document import Document
    from tests.report.whole.desk import Desk

TABLE = "tables/tabelle-2.yaml"


def test_a_year_may_be_named_instead_of_counted_back(desk: Desk, document: Document) -> None:
    desk.spoil(TABLE, "year: -2}", "year: 2018}")
    desk.spoil(TABLE, "population: new_project}}", "population: new_project, year: 2020}}")
    assert desk.build().chapters == document.chapters
