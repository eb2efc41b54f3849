"""European size: twelve tables from sheets, by hand and in pandas, side by side; growth; tidy export apart."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.eu_snapshot import ensure
from benchmarks.measure import VAR, child, interleaved, module, ratio, tell
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENGINES = ("handwritten", "compiled", "pandas")


def equal_rows(folder: Path) -> int:
    """Prove that every engine gives the same rows; returns their number. Leaves naming the table that differs."""
    found = {name: child(module(f"engine_{name}", str(folder), "--digest")).data["digests"] for name in ENGINES}
    for name in ENGINES[1:]:
        for table in sorted({*found["handwritten"], *found[name]}):
            if found["handwritten"].get(table) != found[name].get(table):
                sys.exit(f"{table}: {name} gibt andere Zeilen als das von Hand geschriebene SQL.")
    return sum(int(rows) for rows, *_ in found["handwritten"].values())


def measure(projects: int, runs: int) -> Iterator[Row]:
    """Yield the rows of the table for this number of projects; a fifth of them stands for growth."""
    part = f"EU {projects:,}".replace(",", ".")
    folder, fifth = ensure(VAR, projects), ensure(VAR, projects // 5)
    tell("Zwölf Tabellen werden verglichen ...")
    rows = equal_rows(folder)
    yield Row(part, "gleiche Zeilen in allen drei Fassungen", rows, "Zeilen")
    commands = {name: module(f"engine_{name}", str(folder)) for name in ENGINES}
    commands["fifth"] = module("engine_compiled", str(fifth))
    samples = interleaved(commands, runs)
    compiled = samples["compiled"]
    names = {"handwritten": "SQL von Hand", "compiled": "aus Blättern", "pandas": "pandas"}
    for name, title in names.items():
        yield Row(part, f"{title}, kalter Prozess", samples[name].wall_s, "s", samples[name].spread)
    growth = f"Wachstum {projects // 5:,} → {projects:,}".replace(",", ".")
    yield Row(part, "aus Blättern ÷ von Hand", *ratio(compiled, samples["handwritten"]), "<=", 1.2)
    yield Row(part, "pandas ÷ aus Blättern", *ratio(samples["pandas"], compiled), ">=", 1.5)
    yield Row(part, growth, *ratio(compiled, samples["fifth"]), "<=", 6.0)
    for name, title in names.items():
        limit = 3_000.0 if name == "compiled" else None
        yield Row(part, f"{title}, Spitze", samples[name].peak_mb, "MB", f"n={runs}", "<=", limit)
    yield from export(part, folder, runs)


def export(part: str, folder: Path, runs: int) -> Iterator[Row]:
    """Yield the time of the tidy table and of its Parquet file, beside the wide tables."""
    target = VAR / "tidy.parquet"
    found = [child(module("engine_compiled", str(folder), "--tidy", str(target))) for _ in range(runs)]
    spread = f"n={runs}"
    for key, title in (("tidy_s", "tidy-Tabelle dazu"), ("export_s", "tidy-Tabelle als Parquet")):
        yield Row(part, title, median(run.data[key] for run in found), "s", spread)
    size = target.stat().st_size / 1e6
    target.unlink()
    yield Row(part, "tidy-Datei", size, "MB")
    yield Row(part, "mit tidy-Tabelle, Spitze", max(run.peak_mb for run in found), "MB", spread)
