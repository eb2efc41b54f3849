"""Measures time and memory: ``python benchmarks/run.py [region] [explain] [eu] [actors] [printing] [report] [lists]
[memory]``.

Without a name all of it is measured. Nothing is needed but the extra "bench"; data are made under var/bench.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from benchmarks import actors, eu, lists, printing, publishing, region, report  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Row

PARTS = ("region", "explain", "eu", "actors", "printing", "report", "lists", "memory")
ALL = ("region", "eu", "actors", "printing", "report", "lists")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Misst Zeit und Speicher.")
    parser.add_argument("parts", nargs="*", metavar="TEIL", help=f"{', '.join(PARTS)}; sonst alles")
    parser.add_argument("--projects", type=int, default=eu.FULL, help="Projekte der EU-Messung")
    parser.add_argument("--runs", type=int, default=5, help="Läufe je Wert (Median)")
    given = parser.parse_args()
    unknown = sorted(set(given.parts) - set(PARTS))
    if unknown:
        parser.error(f"Unbekannt: {', '.join(unknown)}. Möglich sind {', '.join(PARTS)}.")
    return given


def measured(part: str, projects: int, runs: int) -> Iterator[Row]:
    """Yield the rows of one part."""
    if part == "region":
        yield from region.measure(runs)
    elif part == "explain":
        yield from region.measure_explain(runs)
    elif part == "eu":
        yield from eu.measure(projects, runs)
    elif part == "actors":
        yield from actors.measure(projects, runs)
    elif part == "printing":
        yield from printing.measure(runs)
    elif part == "report":
        yield from publishing.measure(runs)
    elif part == "lists":
        yield from lists.measure()
    else:
        yield from (row for row in (*region.measure(1), *eu.measure(projects, 1)) if row.unit == "MB")


def main() -> int:
    """Measure, print the table, keep it as JSON; returns 1 where a bar is missed."""
    given = arguments()
    parts = given.parts or list(ALL)
    rows = [row for part in parts for row in measured(part, given.projects, given.runs)]
    print(report.markdown(rows))
    print(f"\nGeschrieben: {report.write('-'.join(parts), rows)}")
    return int(any(row.verdict == "VERFEHLT" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
