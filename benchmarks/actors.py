"""What the hand-written SQL wastes on distinct actors: the same rows by other ways, each in a process of its own."""

from __future__ import annotations

import json
import sys
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import child, module, snapshot, tell
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Run

VARIANTS = {
    "by_hand": "wie von Hand",
    "words": "Kennungen als ENUM; so auch alle folgenden",
    "years_late": "erst verschiedene Zeiträume, dann Jahre",
    "project_years_first": "Projektjahre als eigene Tabelle",
    "recorded_bits": "Jahre als Bits je erfasstem Akteur",
    "year_bits": "Jahre als Bits je gezähltem Akteur",
}


def measure(projects: int, runs: int) -> Iterator[Row]:
    """Yield the seconds of each variant; leaves where one gives other rows."""
    part = "Akteure, " + f"{projects:,}".replace(",", ".")
    folder = snapshot(projects)
    found: dict[str, list[Run]] = {name: [] for name in VARIANTS}
    for number in range(runs):
        for name in VARIANTS:
            found[name].append(child(module("actors_process", str(folder), name)))
        tell(f"  verschiedene Akteure {number + 1}/{runs}")
    if len({json.dumps(run.data["digests"]) for samples in found.values() for run in samples}) > 1:
        sys.exit("Die Fassungen geben nicht die gleichen Zeilen.")
    for name, title in VARIANTS.items():
        walls = [run.data["distinct"][0] for run in found[name]]
        spread = f"n={runs}, {min(walls):.2f}–{max(walls):.2f} s"
        yield Row(part, title, median(walls), "s", spread)
    for name in ("by_hand", "words"):
        levels = [run.data["levels"][0] for run in found[name]]
        yield Row(part, f"die fünf Stufen danach, {VARIANTS[name].split(';')[0]}", median(levels), "s", f"n={runs}")
