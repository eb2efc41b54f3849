"""How long a page of the list of projects takes the server, and how often it asks the database."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.measure import VAR, child, module
from benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROJECTS = 20_000
LONGEST_MS, MOST_STATEMENTS = 200.0, 12.0
PART = "Listen, 20.000 Projekte, SQLite"
WHOLE, MOST_MB = "Datenausgabe, 20.000 Projekte, SQLite", 300.0


def measure() -> Iterator[Row]:
    """Yield the 95th percentile of 50 different pages and of opened filters, the most statements, and the exports."""
    run = child(module("lists_process", str(PROJECTS)), {"EWM_DATA": str(VAR / "lists")})
    found = run.data["requests"]
    yield from _late("eine Seite, 95. Perzentil", found)
    yield from _late("Auswahl eines Filters öffnen, 95. Perzentil", run.data["openings"])
    yield from _late("Register der Akteure, eine Seite, 95. Perzentil", run.data["actors"])
    cpu = quantiles([each["cpu"] for each in found], n=20, method="inclusive")[-1] * 1000
    yield Row(PART, "eine Seite, Rechenzeit, 95. Perzentil", cpu, "ms", "ohne Warten auf andere Prozesse")
    most = max(each["statements"] for each in (*found, *run.data["openings"], *run.data["actors"]))
    yield Row(PART, "Anfragen an die Datenbank je Seite, höchstens", float(most), "", "", "<=", MOST_STATEMENTS)
    for form, taken in run.data["exports"].items():
        yield Row(PART, f"alles als {form.upper()} mit allen Spalten", taken, "s")
    yield from _whole()


def _late(name: str, found: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield the 95th percentile of some requests, with the longest."""
    seconds = [each["seconds"] for each in found]
    late = quantiles(seconds, n=20, method="inclusive")[-1] * 1000
    slowest = max(found, key=lambda each: each["seconds"])
    spread = f"n={len(seconds)}, Median {median(seconds) * 1000:.0f} ms, längste {slowest['query']}"
    yield Row(PART, name, late, "ms", spread, "<=", LONGEST_MS)


def _whole() -> Iterator[Row]:
    """Yield of each format the seconds and the memory of all records, and how long others wait meanwhile."""
    for form in ("xlsx", "ods", "csv", "datapackage"):
        found = child(module("dataset_process", form), {"EWM_DATA": str(VAR / "lists")}).data
        size = f"{found['bytes'] / 1e6:.1f} MB"
        yield Row(WHOLE, f"Datei ({form}), während andere arbeiten", found["seconds"], "s", size)
        yield Row(WHOLE, f"Arbeitsspeicher ({form})", found["peak_mb"], "MB", "", "<=", MOST_MB)
        spread = f"n={found['pages']}, sonst {found['alone_ms']:.0f} ms"
        yield Row(WHOLE, f"eine Seite währenddessen, 95. Perzentil ({form})", found["meanwhile_ms"], "ms", spread)
        many = f"n={found['changes']}, keine abgewiesen"
        yield Row(WHOLE, f"eine Änderung währenddessen, 95. Perzentil ({form})", found["change_ms"], "ms", many)
