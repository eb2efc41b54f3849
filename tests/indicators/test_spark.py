"""Whoever outgrows one machine runs the same sheets on Spark: golden statements and explanations give the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import duckdb
import pytest

from ewm.indicators.explain import ask, explain
from ewm.indicators.golden import golden_statements
from ewm.snapshot.schema import TABLES
from tests.support.random_region import fill, random_region
from tests.support.snapshots import write_rows
from tests.support.spark import spark_connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme
    from tests.support.spark import SparkConnection

# One funnel of each kind: merged actors, pairs as unit of count, sums, a cell.
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"indicator_id": "A-01", "population": "running_project", "year": 2018},
    {"indicator_id": "A-02", "year": 2020},
    {"indicator_id": "P-04", "year": 2019, "value": "funded_share"},
    {"indicator_id": "P-08", "year": 2020, "cell": {"guideline": "gl-nachhaltig"}},
)


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


def explained(
    connection: duckdb.DuckDBPyConnection | SparkConnection, methodology: Methodology, asked: dict[str, Any]
) -> object:
    found = explain(cast("duckdb.DuckDBPyConnection", connection), methodology, ask(methodology, **asked), records=True)
    return found.value, found.whole, found.lines, found.record_columns, in_order(found.records), found.names


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
def test_spark_gives_the_rows_that_duckdb_gives(tmp_path: Path, programme: Programme, delivered: Methodology) -> None:
    """One test, since a Spark session costs more than everything that it is asked here."""
    rows = random_region(programme, count=60, seed=3)
    snapshot = write_rows(tmp_path, {name: rows.get(name, []) for name in TABLES})
    cluster = str(rows["projects"][0]["cluster_id"])
    with spark_connection(snapshot) as spark, duckdb.connect() as duck:
        fill(duck, rows)

        for name, statement in golden_statements(delivered).items():
            expected = in_order(duck.execute(statement).fetchall())
            assert expected, f"{name}: the random region has no rows for it"
            assert in_order(spark.execute(statement).fetchall()) == expected, name
        for asked in QUESTIONS:
            question = {"cluster_id": cluster, **asked}
            assert explained(spark, delivered, question) == explained(duck, delivered, question), asked
