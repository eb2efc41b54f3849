"""A run on packed words gives what a run on texts gives, and leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.indicators.packed import packed, typed
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from tests.indicators.build import COUNT, NEW_PROJECT, methodology, sheet
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme


def results(programme: Programme, methodology: Methodology, *, pack: bool) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=150, seed=11))
        tidy(connection, methodology, compute(connection, methodology, pack=pack))
        return connection.execute("SELECT * FROM results ORDER BY ALL").fetchall()


def test_packed_words_change_no_number(programme: Programme, delivered: Methodology) -> None:
    plain = results(programme, delivered, pack=False)
    assert len(plain) > 1000
    assert results(programme, delivered, pack=True) == plain


def test_statements_read_packed_columns_only_while_the_run_lasts(programme: Programme) -> None:
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=5, seed=1))
        statement = "SELECT project_id, status_at_cut_off FROM projects"
        with packed(connection, [statement], ["one"]):
            described = connection.execute(f"DESCRIBE {statement}").fetchall()
            assert [row[1].split("(")[0] for row in described] == ["BIGINT", "ENUM"]
            with pytest.raises(duckdb.BinderException):
                connection.execute("SELECT title FROM projects")
        assert connection.execute("SELECT typeof(title) FROM projects").fetchone() == ("VARCHAR",)


def test_sorting_by_a_packed_word_is_sorting_by_its_text(programme: Programme) -> None:
    statement = "SELECT DISTINCT status_at_cut_off FROM projects ORDER BY status_at_cut_off DESC"
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=60, seed=1))
        plain = connection.execute(statement).fetchall()
        with packed(connection, [statement], ["one"]):
            assert connection.execute(statement).fetchall() == plain
        assert len(plain) > 3


def test_an_interrupted_run_leaves_the_tables_as_they_were(programme: Programme) -> None:
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=5, seed=1))
        with pytest.raises(KeyboardInterrupt), packed(connection, ["SELECT project_id FROM projects"], ["one"]):
            raise KeyboardInterrupt
        connection.execute("SELECT title FROM projects")


def test_the_texts_of_a_statement_are_words_but_its_literals_are_not() -> None:
    assert typed("'one' AS population, 'one' AS other", ["one"]) == "CAST('one' AS word) AS population, 'one' AS other"
    assert typed("'total' AS level, 'two' AS level", ["total"]) == "CAST('total' AS word) AS level, 'two' AS level"
    assert typed("CAST(NULL AS TEXT) AS k1", []) == "CAST(NULL AS word) AS k1"
    assert typed("CAST(units.a AS TEXT) AS k1, CAST(b AS TEXT) AS k2", []) == "units.a AS k1, CAST(b AS TEXT) AS k2"


def test_a_breakdown_by_what_is_no_word_is_spelled_as_before(programme: Programme) -> None:
    one = sheet("id: P-90\ntitle: x\nof: new_project\ncounts: project_id\nby: [is_rdi, project_volume]", COUNT)
    spelled = {}
    for pack in (False, True):
        with duckdb.connect() as connection:
            fill(connection, random_region(programme, count=60, seed=2))
            compute(connection, methodology(NEW_PROJECT, one), pack=pack)
            query = "SELECT level::VARCHAR, k1::VARCHAR, n FROM result_p_90 ORDER BY ALL"
            spelled[pack] = connection.execute(query).fetchall()
    assert spelled[True] == spelled[False]
    assert any(row[1] == "true" for row in spelled[True])
