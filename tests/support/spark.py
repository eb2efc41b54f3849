"""Spark where it is installed: one local session, and as much of a DuckDB connection as a computation needs."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from ewm.indicators.golden import spark_sql
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Small data: one partition, nothing compiled at run time, nothing shown.
_SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


_CREATE = re.compile(r"CREATE OR REPLACE TEMP TABLE (\w+) AS\s+")


class SparkConnection:
    """Runs DuckDB statements on Spark: translated by sqlglot, parameters bound by position."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, query: str, parameters: Sequence[object] = ()) -> SparkConnection:
        """Run a statement and keep its rows; a temporary table becomes a view, which Spark has instead."""
        created = _CREATE.match(query)
        found = self.session.sql(spark_sql(query[created.end() :] if created else query), args=list(parameters))
        if created:
            found.cache().createOrReplaceTempView(created[1])
        self._rows = [] if created else [tuple(row) for row in found.collect()]
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows of the last statement."""
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the first row of the last statement, if there is one."""
        return self._rows[0] if self._rows else None


@contextmanager
def spark_connection(snapshot: Path) -> Iterator[SparkConnection]:
    """Yield a connection that has the tables of a snapshot; skips the test where Spark or Java is missing."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark fehlt: pip install '.[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Java fehlt: apt-get install openjdk-17-jre-headless")
    builder = sql.SparkSession.builder.master("local[1]").appName("ewm")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        session.sparkContext.setLogLevel("ERROR")
        for name in (name for name in TABLES if (snapshot / f"{name}.parquet").exists()):
            session.read.parquet(str(snapshot / f"{name}.parquet")).createOrReplaceTempView(name)
        yield SparkConnection(session)
    finally:
        session.stop()
