"""The annual report as PDF: the first time in a process, and again."""

from __future__ import annotations

import shutil
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure import VAR, child, module, tell
from benchmarks.publishing import COUNT, LOAD, prepare
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

AGAIN = 3


def measure(runs: int) -> Iterator[Row]:
    """Yield the seconds of a first and of a repeated PDF of one report, and the process's peak memory."""
    folder = VAR / "printing"
    tell("Ergebnisse für den Bericht werden gerechnet ...")
    environment = prepare(folder, (*LOAD, *COUNT))
    first: list[float] = []
    again: list[float] = []
    peak = 0.0
    for number in range(runs):
        run = child(module("printing_process", str(1 + AGAIN)), environment)
        cold, *warm = run.data["seconds"]
        first.append(cold)
        again.extend(warm)
        peak = max(peak, run.peak_mb)
        tell(f"  PDF {number + 1}/{runs}: {first[-1]:.2f} s, erneut {min(again[-AGAIN:]):.2f} s")
    part = "Bericht als PDF"
    yield Row(part, "erstes Mal im Prozess", median(first), "s", _spread(first))
    yield Row(part, "erneut im warmen Prozess", median(again), "s", _spread(again), "<=", 0.5)
    yield Row(part, "Spitze", peak, "MB", f"n={runs}", "<=", 500.0)
    shutil.rmtree(folder)


def _spread(seconds: list[float]) -> str:
    return f"n={len(seconds)}, {min(seconds):.2f}–{max(seconds):.2f} s"
