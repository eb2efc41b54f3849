"""Every number explains itself: the funnel ends in the result, merges add up, records are the units."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from ewm.errors import ContentError
from ewm.indicators.explain import Explanation, ask, explain
from ewm.indicators.funnel import CELL, COUNTED, SENTENCE

if TYPE_CHECKING:
    import duckdb

    from ewm.indicators.methodology import Methodology

SAMPLE = 70


def cells(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int, str, str, str, str, int, int]]:
    columns = "indicator_id, population, cluster_id, reporting_year, level, k1, k2, value_name, value, whole"
    sample = f"USING SAMPLE reservoir({SAMPLE} ROWS) REPEATABLE (42)"
    return connection.execute(f"SELECT {columns} FROM results WHERE value IS NOT NULL {sample}").fetchall()  # noqa: S608


def test_funnel_and_records_of_every_kind_of_cell_end_in_the_result(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    sampled = cells(region)
    for indicator, population, cluster, year, level, k1, k2, name, value, whole in sampled:
        words = [] if level == "total" else level.split(" > ")
        cell = dict(zip(words, (k1, k2), strict=False))
        question = ask(
            delivered, indicator, cluster_id=cluster, year=year, population=population, value=name, cell=cell
        )
        answer = explain(region, delivered, question, records=True)
        last = explain(region, delivered, question).lines[-1]
        assert answer.lines[-1] == last
        assert (answer.value, answer.whole) == (value, whole)
        assert (last.count if last.amount is None else last.amount) == value
        units = {record[: len(question.sheet.counts)] for record in answer.records}
        assert len(units) == last.count == len(set(answer.units))
        assert_units_add_up(answer)
        assert_lines_add_up(answer)
    assert len({(row[0], row[4]) for row in sampled}) > 30


def assert_units_add_up(answer: Explanation) -> None:
    adds = dict(zip(answer.units, answer.adds, strict=True))
    assert all(adds[unit] == row for unit, row in zip(answer.units, answer.adds, strict=True))
    assert sum(row[0] for row in adds.values()) == answer.value
    if answer.whole is not None:
        assert sum(row[1] for row in adds.values()) == answer.whole


def assert_lines_add_up(answer: Explanation) -> None:
    for above, line in pairwise(answer.lines):
        same_unit = above.unit == line.unit or line.merges
        if line.kind in (SENTENCE, CELL) and same_unit:
            assert line.removed == above.count - line.count
        assert line.count >= 0
        if line.removed_records:
            assert len(line.removed_records) == line.removed


def test_a_merging_sentence_names_what_it_merged(region: duckdb.DuckDBPyConnection, delivered: Methodology) -> None:
    cluster = region.execute(
        "SELECT cluster_id FROM projects GROUP BY ALL ORDER BY COUNT(*) DESC, 1 LIMIT 1"
    ).fetchone()
    assert cluster is not None
    answer = explain(
        region, delivered, ask(delivered, "A-01", cluster_id=cluster[0], year=2020, population="running_project")
    )
    recorded = next(line for line in answer.lines if line.kind == COUNTED)
    merging = [line for line in answer.lines if line.unit == ("counting_actor_id",)]
    assert recorded.count - sum(line.removed for line in merging) == answer.value
    moved = [merge for line in merging for merge in line.merges]
    assert moved
    parents = dict(region.execute("SELECT actor_id, parent_id FROM actors").fetchall())
    for merge in moved:
        assert merge.counted_as != merge.counted_before
        ancestor = merge.unit
        while ancestor != merge.counted_as:
            ancestor = parents[ancestor]
        assert answer.names is not None
        assert {merge.unit, merge.counted_as} <= set(answer.names)


def test_a_sentence_names_the_records_that_it_removed(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    (cluster,) = region.execute(
        "SELECT cluster_id FROM projects GROUP BY ALL ORDER BY COUNT(*) DESC, 1 LIMIT 1"
    ).fetchone() or ("",)
    answer = explain(region, delivered, ask(delivered, "P-01", cluster_id=cluster, year=2020))
    expected = region.execute(
        "SELECT code || ' · ' || title FROM projects WHERE cluster_id = ? AND year(support_start) = 2020 "
        "AND status_at_cut_off IN ('aborted', 'refused') ORDER BY 1",
        [cluster],
    ).fetchall()
    assert expected
    assert answer.lines[-1].removed_records == tuple(row[0] for row in expected)


def test_the_term_tables_are_whole_again_after_a_funnel(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    before = region.execute("SELECT * FROM counting_level ORDER BY ALL").fetchall()
    explain(region, delivered, ask(delivered, "A-01", cluster_id="metall", year=2020))
    assert region.execute("SELECT * FROM counting_level ORDER BY ALL").fetchall() == before


def test_an_empty_cluster_year_is_zero_and_still_explained(
    region: duckdb.DuckDBPyConnection, delivered: Methodology
) -> None:
    empty = region.execute(
        "SELECT cluster_id FROM clusters WHERE cluster_id NOT IN (SELECT cluster_id FROM projects) ORDER BY 1"
    ).fetchone()
    assert empty is not None
    answer = explain(region, delivered, ask(delivered, "P-01", cluster_id=empty[0], year=2018), records=True)
    assert answer.value == 0
    assert {line.count for line in answer.lines} == {0}
    assert answer.records == ()


@pytest.mark.parametrize(
    ("indicator", "arguments", "complaint"),
    [
        ("P-99", {}, "Ein Blatt „P-99“ gibt es nicht"),
        ("T-01", {}, "ist ein Begriff, kein Indikator"),
        ("P-01", {"year": 2031}, "Für 2031 gibt es keine Methodik"),
        ("P-08", {"year": 2019}, "ist für 2019 nicht erhoben"),
        ("P-01", {"population": "running_project"}, "Die Grundgesamtheit „running_project“ gibt es nicht"),
        ("P-01", {"value": "volume"}, "Den Wert „volume“ gibt es hier nicht. Möglich: n"),
        ("P-01", {"cell": {"status": "running"}}, "Mögliche Aufgliederungen: status_at_cut_off, status_at_year_end"),
    ],
)
def test_a_question_about_nothing_names_what_there_is(
    delivered: Methodology, indicator: str, arguments: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ContentError) as caught:
        ask(delivered, indicator, **{"cluster_id": "metall", "year": 2020, **arguments})  # type: ignore[arg-type]
    assert complaint in str(caught.value)


def test_an_unknown_cluster_is_refused(region: duckdb.DuckDBPyConnection, delivered: Methodology) -> None:
    with pytest.raises(ContentError, match=r"Das Cluster „stahl“ gibt es nicht\. Vorhanden: "):
        explain(region, delivered, ask(delivered, "P-01", cluster_id="stahl", year=2020))
