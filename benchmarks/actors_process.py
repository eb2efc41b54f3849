"""One way to count distinct actors, as JSON: ``python -m benchmarks.actors_process FOLDER VARIANT``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engine_handwritten import SQL, WORDS, blocks, open_tables
from benchmarks.twelve import cpu, digests

if TYPE_CHECKING:
    import duckdb

WAYS = SQL.with_name("distinct_actors.sql")
SHARED = ("shared_terms", "shared_projects", "shared_actors")


def steps(variant: str) -> list[str]:
    """Return the statements of one variant, up to and without the levels."""
    if variant in ("by_hand", "words"):
        return [blocks(SQL.read_text(encoding="utf-8"))["shared_seen"]]
    ways = blocks(WAYS.read_text(encoding="utf-8"))
    return [sql for name, sql in ways.items() if name.startswith(f"{variant}__")]


def timed(connection: duckdb.DuckDBPyConnection, statements: list[str]) -> tuple[float, float]:
    """Execute statements; returns wall and CPU seconds."""
    begun, used = time.perf_counter(), cpu()
    for sql in statements:
        connection.execute(sql)
    return time.perf_counter() - begun, cpu() - used


def run(folder: Path, variant: str) -> None:
    """Run one variant and print its seconds and the digest of its rows."""
    connection = open_tables(folder)
    hand = blocks(SQL.read_text(encoding="utf-8"))
    if variant != "by_hand":
        timed(connection, list(blocks(WORDS.read_text(encoding="utf-8")).values()))
    timed(connection, [hand[name] for name in SHARED])
    distinct = timed(connection, steps(variant))
    levels = timed(connection, [hand["result_a_01"]])
    print(json.dumps({"distinct": distinct, "levels": levels, "digests": digests(connection)}))


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
