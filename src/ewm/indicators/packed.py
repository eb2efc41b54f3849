"""Words as small numbers while a run lasts: DuckDB then compares, joins and groups codes of two bytes instead of texts.

Every id of a term or cluster and every name of a population or level becomes one value of the type ``word``, an ENUM
in the order of the texts, so that sorting stays the same. For the time of a run, tables of the same names with just
the columns that it reads stand before the snapshot's; of the compiled SQL only the types of its own texts change.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from ewm.snapshot.schema import Column, Table

WORD = "word"
"""The type's name; it lives as long as the connection."""


@contextmanager
def packed(connection: duckdb.DuckDBPyConnection, statements: Iterable[str], words: Iterable[str]) -> Iterator[None]:
    """Let ``statements`` read packed copies of the snapshot's tables; ``words`` belong to the type besides all ids."""
    named = {name for statement in statements for name in re.findall(r"\w+", statement)}
    chosen = [table for table in TABLES.values() if table.name in named]
    _create_type(connection, words)
    try:
        for table in chosen:
            columns = [column for column in table.columns if column.name in named]
            select = ", ".join(_packed(table, column) for column in columns)
            connection.execute(f"CREATE TEMP TABLE {table.name} AS SELECT {select} FROM main.{table.name}")
        yield
    finally:
        for table in chosen:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table.name}")


def _create_type(connection: duckdb.DuckDBPyConnection, words: Iterable[str]) -> None:
    listed = ", ".join(f"('{word}')" for word in words)
    connection.execute(
        f"CREATE OR REPLACE TEMP TYPE {WORD} AS ENUM (SELECT term_id FROM main.terms "
        f"UNION SELECT cluster_id FROM main.clusters UNION SELECT * FROM (VALUES {listed}) ORDER BY 1)"
    )


def _packed(table: Table, column: Column) -> str:
    holds_words = column.target in ("terms", "clusters") or (
        table.name in ("terms", "clusters") and column.name in table.key
    )
    return f"CAST({column.name} AS {WORD}) AS {column.name}" if holds_words else column.name


def typed(statement: str, words: Iterable[str]) -> str:
    """Return an indicator's statement with its own texts as words too, and its breakdowns left as they are.

    Populations stand in every row that is grouped, levels and breakdowns in every row of the result: as texts they
    would take most of its memory. ``words`` are the names of populations and levels.
    """
    for name in words:
        for column in ("population", "level"):
            statement = statement.replace(f"'{name}' AS {column}", f"CAST('{name}' AS {WORD}) AS {column}")
    statement = statement.replace("CAST(NULL AS TEXT)", f"CAST(NULL AS {WORD})")
    return re.sub(r"CAST\((units\.\w+) AS TEXT\) AS (k\d)", r"\1 AS \2", statement)
