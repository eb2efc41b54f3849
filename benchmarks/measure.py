"""Runs child processes and measures them from outside: wall and CPU seconds, peak memory of the whole process.

This process must stay small: a child's peak memory begins with that of the process which started it. So whatever
needs a library runs in a child.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Run:
    """One child process: seconds from outside, its peak resident memory, and what it printed."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    printed: str

    @property
    def data(self) -> dict[str, Any]:
        """The JSON that it printed."""
        found: dict[str, Any] = json.loads(self.printed)
        return found


@dataclass(frozen=True, slots=True)
class Sample:
    """All runs of one command."""

    runs: tuple[Run, ...]

    @property
    def wall_s(self) -> float:
        """Median seconds."""
        return median(run.wall_s for run in self.runs)

    @property
    def spread(self) -> str:
        """Number of runs, fastest and slowest."""
        walls = [run.wall_s for run in self.runs]
        return f"n={len(walls)}, {min(walls):.2f}–{max(walls):.2f} s"

    @property
    def peak_mb(self) -> float:
        """Highest peak memory of any run."""
        return max(run.peak_mb for run in self.runs)


def child(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a cold process; leaves with its message where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        list(command), stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **(environment or {})}
    )
    printed = ""
    if process.stdout:
        with process.stdout as stream:
            printed = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: Rückgabewert {process.returncode}\n{printed}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed)


def module(name: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of the benchmarks in this Python."""
    return [sys.executable, "-m", f"benchmarks.{name}", *arguments]


def interleaved(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str] | None = None
) -> dict[str, Sample]:
    """Run commands in turn, ``runs`` times each: what slows the machine for a while slows all of them."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs):
        for name, command in commands.items():
            found[name].append(child(command, environment))
            tell(f"  {name} {number + 1}/{runs}: {found[name][-1].wall_s:.2f} s")
    return {name: Sample(tuple(samples)) for name, samples in found.items()}


def ratio(above: Sample, below: Sample) -> tuple[float, str, str]:
    """Median of the ratios of runs made side by side, its unit, and their range."""
    ratios = [one.wall_s / other.wall_s for one, other in zip(above.runs, below.runs, strict=True)]
    return median(ratios), "×", f"n={len(ratios)}, {min(ratios):.2f}–{max(ratios):.2f}"


def snapshot(projects: int) -> Path:
    """Return the synthetic snapshot of this size, writing it where it is missing."""
    return Path(child(module("eu_snapshot", "--ensure", str(VAR), str(projects))).printed.strip())


def tell(text: str) -> None:
    """Tell how far the measurement is."""
    print(text, file=sys.stderr, flush=True)
