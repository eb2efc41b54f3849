"""The twelve tables from sheets, as ``ewm indicators run`` does it: ``python -m benchmarks.engine_compiled FOLDER``."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, cast

import duckdb

from benchmarks.twelve import TABLES, Watched, methodology, report
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from ewm.snapshot.home import read_info
from ewm.snapshot.reader import Snapshot

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, measured: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Load and compile the sheets, compute the wide tables; with ``--tidy`` also make and write the tidy results."""
    begun = time.perf_counter()
    info = read_info(folder)
    sheets = methodology(range(info.reporting_years[0], info.reporting_years[-1] + 1))
    measured["load_s"] = time.perf_counter() - begun
    connection = duckdb.connect()
    Snapshot(folder, info, ()).register(connection)
    watched = Watched(connection)
    chosen = [sheets.indicator(name) for name in TABLES]
    compiled = compute(cast("duckdb.DuckDBPyConnection", watched), sheets, chosen, pack=True)
    measured["stages"] = watched.stages
    measured["compute_s"] = time.perf_counter() - begun
    if "--tidy" in sys.argv:
        begun = time.perf_counter()
        tidy(connection, sheets, compiled)
        measured["tidy_s"] = time.perf_counter() - begun
        target = sys.argv[sys.argv.index("--tidy") + 1]
        begun = time.perf_counter()
        connection.execute(f"COPY (SELECT * FROM results) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        measured["export_s"] = time.perf_counter() - begun
    return connection


if __name__ == "__main__":
    report(run)
