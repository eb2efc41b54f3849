"""The twelve tables as a person would write them: ``python -m benchmarks.engine_handwritten FOLDER [--words]``.

With ``--words`` the same SQL reads ids of terms and clusters as ENUM.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, cast

import duckdb

from benchmarks.twelve import Watched, report

SQL = Path(__file__).with_name("handwritten.sql")
WORDS = SQL.with_name("handwritten_words.sql")


def blocks(text: str) -> dict[str, str]:
    """Return the statements of the file by name, in order."""
    parts = re.split(r"^-- (\w+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that has the snapshot's tables as views."""
    connection = duckdb.connect()
    for path in sorted(folder.glob("*.parquet")):
        connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    return connection


def run(folder: Path, measured: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Run every block."""
    connection = open_tables(folder)
    watched = Watched(connection)
    for path in (WORDS, SQL) if "--words" in sys.argv else (SQL,):
        for sql in blocks(path.read_text(encoding="utf-8")).values():
            cast("duckdb.DuckDBPyConnection", watched).execute(sql)
    measured["stages"] = watched.stages
    return connection


if __name__ == "__main__":
    report(run)
