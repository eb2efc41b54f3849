"""A value whose sentence changes: every year is counted by the sentence in force in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.indicators.checks import check_meaning
from ewm.indicators.explain import ask, explain
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.sheet import Sheet
    from ewm.programme import Programme

HEAD = "id: P-01\ntitle: Zahl\nof: new_project\ncounts: project_id\non_break: withhold"
BIGGER = "sum(project_volume)"
SMALLER = "sum(project_volume_regional)"


def version(years: str, expression: str, levels: str = "") -> str:
    return f"[S2{years}] Satz.\n```sql value volume{levels}\n{expression}\n```\n"


def dated(*versions: str) -> Sheet:
    return sheet(HEAD, COUNT + "".join(versions))


@pytest.fixture(scope="module")
def region(programme: Programme) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=60, seed=3))
        yield connection


def volumes(region: duckdb.DuckDBPyConnection, one: Sheet) -> dict[int, int | None]:
    found = methodology(NEW_PROJECT, one)
    tidy(region, found, compute(region, found))
    return dict(
        region.execute(
            "SELECT reporting_year, SUM(value) FROM results WHERE value_name = 'volume' GROUP BY 1 ORDER BY 1"
        ).fetchall()
    )


def test_each_year_is_counted_by_its_own_version(region: duckdb.DuckDBPyConnection) -> None:
    old, new = volumes(region, dated(version("", BIGGER))), volumes(region, dated(version("", SMALLER)))
    both = volumes(region, dated(version(" | bis 2018", BIGGER), version(" | ab 2019", SMALLER)))
    assert both == {2017: old[2017], 2018: old[2018], 2019: new[2019], 2020: new[2020]}
    assert old[2018] != new[2018]


def test_a_share_changes_in_both_its_parts(region: duckdb.DuckDBPyConnection) -> None:
    whole = f"{BIGGER} / count(*)"
    one = dated(version(" | bis 2018", whole), version(" | ab 2019", f"{SMALLER} / count(*)"))
    old, new = volumes(region, dated(version("", whole))), volumes(region, dated(version("", SMALLER)))
    assert volumes(region, one) == {2017: old[2017], 2018: old[2018], 2019: new[2019], 2020: new[2020]}


def test_before_its_first_sentence_a_value_is_not_known(region: duckdb.DuckDBPyConnection) -> None:
    found = volumes(region, dated(version(" | ab 2019", SMALLER)))
    assert (found[2017], found[2018]) == (None, None)
    assert found[2019] is not None


def test_the_explanation_goes_by_the_same_version(region: duckdb.DuckDBPyConnection) -> None:
    found = methodology(NEW_PROJECT, dated(version(" | bis 2018", BIGGER), version(" | ab 2019", SMALLER)))
    (cluster,) = region.execute(
        "SELECT cluster_id FROM projects GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1"
    ).fetchone() or ("",)
    for year in (2018, 2019):
        answer = explain(region, found, ask(found, "P-01", cluster_id=cluster, year=year, value="volume"))
        assert answer.value == answer.lines[-1].amount


@pytest.mark.parametrize(
    ("versions", "complaint"),
    [
        ((version("", BIGGER), version("", SMALLER).replace("S2", "S3")), "legt für dieselben Jahre schon S2 fest"),
        ((version(" | bis 2018", BIGGER), version(" | ab 2019", "count(*)")), "verschiedene Einheiten"),
        ((version(" | bis 2018", BIGGER), version(" | ab 2019", f"{BIGGER} / count(*)")), "verschiedene Einheiten"),
        ((version(" | bis 2018", BIGGER), version(" | ab 2019", BIGGER, " for total")), "oder Stufen"),
    ],
)
def test_versions_that_do_not_fit_are_refused(versions: tuple[str, ...], complaint: str) -> None:
    assert complaint in "\n".join(check_meaning(methodology(NEW_PROJECT, dated(*versions))))
