"""European size: twelve tables from sheets, by hand and in pandas, side by side; growth; tidy export apart."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import VAR, child, interleaved, module, ratio, snapshot, tell
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = 2_000_000
"""Projects of the full size; the bars hold for it alone."""
ENGINES = {
    "handwritten": ("engine_handwritten",),
    "words": ("engine_handwritten", "--words"),
    "compiled": ("engine_compiled",),
    "pandas": ("engine_pandas",),
}
TITLES = {
    "handwritten": "SQL von Hand",
    "words": "SQL von Hand mit ENUM",
    "compiled": "aus Blättern",
    "pandas": "pandas",
}


def command(engine: str, folder: Path) -> list[str]:
    """Return the command that runs one engine on a snapshot."""
    name, *options = ENGINES[engine]
    return module(name, str(folder), *options)


def equal_rows(folder: Path) -> int:
    """Prove that every engine gives the same rows; returns their number. Leaves naming the table that differs."""
    found = {name: child([*command(name, folder), "--digest"]).data["digests"] for name in ENGINES}
    for name in ENGINES:
        for table in sorted({*found["handwritten"], *found[name]}):
            if found["handwritten"].get(table) != found[name].get(table):
                sys.exit(f"{table}: {TITLES[name]} gibt andere Zeilen als das von Hand geschriebene SQL.")
    return sum(int(rows) for rows, *_ in found["handwritten"].values())


def measure(projects: int, runs: int) -> Iterator[Row]:
    """Yield the rows of the table for this number of projects; a fifth of them stands for growth."""
    part = f"EU {projects:,}".replace(",", ".")
    folder, fifth = snapshot(projects), snapshot(projects // 5)
    tell("Zwölf Tabellen werden verglichen ...")
    rows = equal_rows(folder)
    yield Row(part, "gleiche Zeilen in allen Fassungen", rows, "Zeilen")
    commands = {name: command(name, folder) for name in ENGINES}
    samples = interleaved({**commands, "fifth": command("compiled", fifth)}, runs)
    compiled = samples["compiled"]
    for name, title in TITLES.items():
        yield Row(part, f"{title}, kalter Prozess", samples[name].wall_s, "s", samples[name].spread)
    growth = f"Wachstum {projects // 5:,} → {projects:,}".replace(",", ".")
    yield Row(part, "aus Blättern ÷ von Hand", *ratio(compiled, samples["handwritten"]), "<=", _bar(projects, 1.2))
    yield Row(part, "aus Blättern ÷ von Hand mit ENUM", *ratio(compiled, samples["words"]))
    yield Row(part, "pandas ÷ aus Blättern", *ratio(samples["pandas"], compiled), ">=", _bar(projects, 1.5))
    yield Row(part, growth, *ratio(compiled, samples["fifth"]), "<=", _bar(projects, 6.0))
    for name, title in TITLES.items():
        limit = _bar(projects, 3_000.0) if name == "compiled" else None
        yield Row(part, f"{title}, Spitze", samples[name].peak_mb, "MB", f"n={runs}", "<=", limit)
    yield from export(part, folder, runs)


def _bar(projects: int, limit: float) -> float | None:
    return limit if projects == FULL else None


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
