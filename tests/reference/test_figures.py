"""Every figure that the report of 2020 published comes out of the reference records."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import duckdb
import pytest
import yaml

from ewm.indicators.published import check_published, rounded_half_up
from tests.reference.results_table import create_results

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.published_form import Published
    from ewm.programme import Programme
    from tests.reference.conftest import Reference


pytestmark = pytest.mark.django_db


def test_the_records_give_every_published_figure(
    reference: Reference, published: Published, methodology: Methodology
) -> None:
    checks = check_published(published, reference.for_report, methodology)
    assert [check.message for check in checks if not check.passed] == []
    assert len(checks) >= 110


def test_what_is_recorded_later_moves_no_figure_of_2020(
    reference: Reference, published: Published, methodology: Methodology
) -> None:
    assert all(check.passed for check in check_published(published, reference.known_now, methodology))
    counted = "SELECT count(*) FROM project_status_events"
    assert reference.known_now.execute(counted).fetchone() == reference.for_report.execute(counted).fetchone()


def test_without_results_only_zeros_and_comparisons_of_zeros_pass(
    published: Published, methodology: Methodology
) -> None:
    with duckdb.connect() as connection:
        create_results(connection, [])
        checks = check_published(published, connection, methodology)
    passed = [check.figure for check in checks if check.passed]
    assert all(figure.value == 0 or figure.word in {"gleich", "nicht kleiner", "nicht größer"} for figure in passed)
    assert sum(not check.passed for check in checks) >= 110


def test_table_2_is_listed_completely(published: Published) -> None:
    """Thirteen rows and their sum in four columns, zeros included."""
    columns = {figure.caption for figure in published.figures if figure.caption.startswith("Tabelle 2")}
    assert len(columns) == 4
    for column in columns:
        printed = [figure.value for figure in published.figures if figure.caption == column]
        rows, total, types, sizes = printed[:-3], *printed[-3:]
        assert len(rows) == 13
        assert total == types == sum(value or 0 for value in rows) - (sizes or 0)


def test_figures_about_single_projects(programme: Programme, reference: Reference) -> None:
    path = programme.path / "reference" / "published-2020.yaml"
    for named in yaml.safe_load(path.read_text(encoding="utf-8"))["named_records"]:
        found = reference.for_report.execute(
            "SELECT project_volume, status_at_cut_off, year(support_start) FROM projects WHERE title = ?",
            [named["title"]],
        ).fetchall()
        assert len(found) == 1, named["title"]
        ((volume, status, year),) = found
        assert rounded_half_up(Fraction(volume, 100_000_000), 1) == Fraction(named["volume"])
        assert (status, year) == (named["status"], named["year"])


def test_outside_facts_have_their_source(programme: Programme) -> None:
    path = programme.path / "reference" / "published-2020.yaml"
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))["outside_facts"]
    assert len({fact["id"] for fact in facts}) == len(facts) >= 10
    assert all(set(fact) == {"id", "chapter", "from_page", "text", "value"} for fact in facts)
