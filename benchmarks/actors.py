"""What the hand-written SQL wastes on distinct actors: the same rows by other ways, each in a process of its own.

python -m benchmarks.actors FOLDER VARIANT        one variant, as JSON
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.engine_handwritten import SQL, blocks, open_tables
from benchmarks.eu_snapshot import ensure
from benchmarks.measure import VAR, child, module, tell
from benchmarks.report import Row
from benchmarks.twelve import cpu, digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from benchmarks.measure import Run

WAYS = SQL.with_name("distinct_actors.sql")
SHARED = ("shared_types", "shared_projects", "shared_actors")
VARIANTS = {
    "by_hand": "wie von Hand",
    "texts": "Cluster als Texte statt als ENUM",
    "years_late": "erst verschiedene Zeiträume, dann Jahre",
    "project_years_first": "Projektjahre als eigene Tabelle",
    "recorded_bits": "Jahre als Bits je erfasstem Akteur",
    "year_bits": "Jahre als Bits je gezähltem Akteur",
}


def steps(variant: str) -> list[str]:
    """Return the statements of one variant, up to and without the levels."""
    if variant == "by_hand":
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
    timed(connection, [hand[name] for name in SHARED])
    distinct = timed(connection, steps(variant))
    levels = timed(connection, [hand["result_a_01"]])
    print(json.dumps({"distinct": distinct, "levels": levels, "digests": digests(connection)}))


def measure(projects: int, runs: int) -> Iterator[Row]:
    """Yield the seconds of each variant; leaves where one gives other rows."""
    part = "Akteure, " + f"{projects:,}".replace(",", ".")
    folder = ensure(VAR, projects)
    found: dict[str, list[Run]] = {name: [] for name in VARIANTS}
    for number in range(runs):
        for name in VARIANTS:
            found[name].append(child(module("actors", str(folder), name)))
        tell(f"  verschiedene Akteure {number + 1}/{runs}")
    if len({json.dumps(run.data["digests"]) for samples in found.values() for run in samples}) > 1:
        sys.exit("Die Fassungen geben nicht die gleichen Zeilen.")
    for name, title in VARIANTS.items():
        walls = [run.data["distinct"][0] for run in found[name]]
        spread = f"n={runs}, {min(walls):.2f}–{max(walls):.2f} s"
        yield Row(part, title, median(walls), "s", spread)
    levels = [run.data["levels"][0] for run in found["by_hand"]]
    yield Row(part, "die fünf Stufen danach", median(levels), "s", f"n={runs}")


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
