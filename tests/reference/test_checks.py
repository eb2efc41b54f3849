"""Each kind of check at both sides of its limit, and queries that name what is not known."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from ewm.errors import ContentError
from ewm.indicators.published import Check, check_published, rounded_half_up
from ewm.indicators.published_form import load_published
from tests.reference.results_table import create_results

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology

HEAD = """
document: Jahresbericht 2020
cluster: metall
reporting_year: 2020
units: {Mio. Euro: 100000000, Prozent: 1/100}
ranges:
  etwas mehr als die Hälfte: {above: 1/2, at_most: 3/5}
  wenigstens zwei: {at_least: 2}
changes:
  leicht unter: {above: "-0.15", below: 0}
  gleich: {at_least: 0, at_most: 0}
groups:
  - chapter: "4.1"
    from_page: 8
    caption: Abbildung
    figures:
      - {id: f, text: eine Zahl, """

Cell = dict[str, Any]


class Checker:
    """Checks one figure against a few cells."""

    def __init__(self, folder: Path, methodology: Methodology) -> None:
        self.path = folder / "published.yaml"
        self.methodology = methodology

    def __call__(self, figure: str, *cells: Cell) -> Check:
        self.path.write_text(f"{HEAD}{figure}}}\n", encoding="utf-8")
        with duckdb.connect() as connection:
            create_results(connection, cells)
            (check,) = check_published(load_published(self.path), connection, self.methodology)
        return check


@pytest.fixture
def check(tmp_path: Path, methodology: Methodology) -> Checker:
    return Checker(tmp_path, methodology)


@pytest.mark.parametrize(("value", "passed"), [(26, False), (27, True), (28, False)])
def test_exact(check: Checker, value: int, passed: bool) -> None:  # noqa: FBT001
    found = check("check: exact, value: 27, query: {indicator: P-01}", {"value": value})
    assert found.passed is passed
    assert found.message == f"f (Kap. 4.1, eine Zahl): gedruckt 27, errechnet {value}"


def test_a_share_is_compared_as_a_fraction(check: Checker) -> None:
    figure = "check: exact, value: 1/3, query: {indicator: P-03, value: realised_share}"
    share: Cell = {"indicator_id": "P-03", "value_name": "realised_share"}
    assert check(figure, {**share, "value": 9, "whole": 27}).passed
    assert not check(figure, {**share, "value": 10, "whole": 27}).passed


@pytest.mark.parametrize(
    ("cents", "passed"),
    [(1_754_999_999, False), (1_755_000_000, True), (1_764_999_999, True), (1_765_000_000, False)],
)
def test_rounded_in_its_unit(check: Checker, cents: int, passed: bool) -> None:  # noqa: FBT001
    figure = """check: rounded, value: "17.6", unit: Mio. Euro, decimals: 1,
        query: {indicator: P-04, value: project_volume}"""
    found = check(figure, {"indicator_id": "P-04", "value_name": "project_volume", "value": cents})
    assert found.passed is passed
    assert "gedruckt 17,6 Mio. Euro, errechnet 17," in found.message


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [("1/2", 0, 1), ("-1/2", 0, -1), ("49/100", 0, 0), ("5/2", 0, 3), ("1/20", 1, "1/10"), ("0", 3, 0)],
)
def test_a_half_is_rounded_away_from_zero(number: str, decimals: int, rounded: int | str) -> None:
    assert rounded_half_up(Fraction(number), decimals) == Fraction(rounded)


@pytest.mark.parametrize(("value", "passed"), [(50, False), (51, True), (60, True), (61, False)])
def test_range_within_its_limits(check: Checker, value: int, passed: bool) -> None:  # noqa: FBT001
    figure = "check: range, word: etwas mehr als die Hälfte, query: {indicator: P-03, value: realised_share}"
    cell: Cell = {"indicator_id": "P-03", "value_name": "realised_share", "value": value, "whole": 100}
    assert check(figure, cell).passed is passed


@pytest.mark.parametrize(("value", "passed"), [(85, False), (86, True), (99, True), (100, False), (101, False)])
def test_order_by_how_far_a_number_lies_above_another(
    check: Checker,
    value: int,
    passed: bool,  # noqa: FBT001
) -> None:
    found = check(
        "check: order, word: leicht unter, query: {indicator: P-01}, against: {year: 2019}",
        {"value": value},
        {"value": 100, "reporting_year": 2019},
    )
    assert found.passed is passed
    assert found.message.endswith(f"gedruckt „leicht unter“, errechnet {value} gegenüber 100")


def test_against_an_indicator_of_its_own_inherits_nothing(check: Checker) -> None:
    figure = """check: order, word: gleich, query: {indicator: P-10, level: action_field, k1: "*"},
        against: {indicator: P-01}"""
    field: Cell = {"indicator_id": "P-10", "level": "action_field"}
    cells: list[Cell] = [{**field, "k1": "metall-2014-innovationswerkstatt", "value": 5}, {"value": 5}]
    assert check(figure, *cells).passed
    assert not check(figure, cells[0], {"value": 6}).passed


CELLS: list[Cell] = [
    {"level": "status_at_cut_off", "k1": "running", "value": 4},
    {"level": "status_at_cut_off", "k1": "finished", "value": 3},
    {"level": "status_at_cut_off", "k1": "approved", "value": 0},
    {"level": "status_at_cut_off", "k1": None, "value": 9},
    {"level": "total", "value": 16},
]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("k1: running", 4),
        ("k1: aborted", 0),
        ("k1: [running, finished]", 7),
        ('k1: "*"', 7),
        ('k1: "*", pick: largest', 4),
        ('k1: "*", pick: cells', 2),
        ("k1: running, per: total", "1/4"),
        ("k1: running, per: 8", "1/2"),
        ("k1: running, per: {indicator: P-01, level: status_at_cut_off, k1: [running, finished]}", "4/7"),
    ],
)
def test_a_query_picks_cells(check: Checker, query: str, value: int | str) -> None:
    figure = f"query: {{indicator: P-01, level: status_at_cut_off, {query}}}, check: exact, value: {value}"
    assert check(figure, *CELLS).passed


def test_other_clusters_years_and_populations_do_not_count(check: Checker) -> None:
    figure = "check: exact, value: 2, query: {indicator: A-01, population: running_project}"
    own: Cell = {"indicator_id": "A-01", "population": "running_project", "value": 2}
    others: list[Cell] = [{"cluster_id": "optik"}, {"reporting_year": 2019}, {"population": "new_project"}]
    assert check(figure, own, *[{**own, "value": 7, **other} for other in others]).passed


@pytest.mark.parametrize(
    "cell", [{"value": None}, {"value": 0, "whole": 0, "value_name": "rdi_share"}], ids=["empty", "zero whole"]
)
def test_a_number_that_is_not_known_passes_nothing(check: Checker, cell: Cell) -> None:
    value = cell.get("value_name", "n")
    found = check(f"check: exact, value: 0, query: {{indicator: P-01, value: {value}}}", cell)
    assert not found.passed
    assert found.message.endswith("errechnet nicht bekannt")


def test_division_by_zero_is_not_known(check: Checker) -> None:
    found = check("check: exact, value: 0, query: {indicator: P-01, level: status_at_cut_off, k1: running, per: total}")
    assert found.computed is None


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("indicator: P-99", "Einen Indikator „P-99“ gibt es nicht."),
        ("indicator: P-01, population: running_project", "Eine Grundgesamtheit in P-01 „running_project“ gibt es"),
        ("indicator: A-01", "A-01 hat mehrere Grundgesamtheiten. Bitte eine nennen: new_project, running_project."),
        ("indicator: P-01, level: status_at_cutoff, k1: running", "Gemeint „status_at_cut_off“?"),
        ("indicator: P-01, value: m", "Einen Wert in P-01 auf der Stufe „total“ „m“ gibt es nicht."),
        ("indicator: P-01, value: rdi_share, level: status_at_cut_off, k1: running", "„rdi_share“ gibt es nicht."),
        ("indicator: P-01, level: status_at_cut_off, k1: runing", "Gemeint „running“?"),
        ("indicator: P-01, level: status_at_cut_off, k1: [running, runing]", "Gemeint „running“?"),
        ("indicator: P-01, year: 2016", "P-01 ist für 2016 nicht erhoben."),
        ("indicator: P-08, year: 2019", "P-08 ist für 2019 nicht erhoben."),
        ("indicator: P-01, per: {indicator: P-99}", "Einen Indikator „P-99“ gibt es nicht."),
    ],
)
def test_unknown_names_are_errors_of_the_list(check: Checker, query: str, says: str) -> None:
    with pytest.raises(ContentError) as caught:
        check(f"check: exact, value: 0, query: {{{query}}}")
    assert "published.yaml, Zahl f: " in str(caught.value)
    assert says in str(caught.value)


def test_names_in_a_comparison_are_checked_too(check: Checker) -> None:
    with pytest.raises(ContentError, match="P-99"):
        check("check: order, word: gleich, query: {indicator: P-01}, against: {indicator: P-99}")


def test_an_unknown_cluster_is_an_error_of_the_list(tmp_path: Path, methodology: Methodology) -> None:
    path = tmp_path / "published.yaml"
    text = f"{HEAD}check: exact, value: 0, query: {{indicator: P-01}}}}\n"
    path.write_text(text.replace("cluster: metall", "cluster: metal"), encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(ContentError, match="Gemeint „metall“"):
        check_published(load_published(path), connection, methodology)
