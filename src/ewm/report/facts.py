"""Facts: single results bound to prose, figures and tables, each remembering what it was read from.

Reads only the tidy results and the year pairs of one run, for one cluster; it computes no figure of its own beyond
adding what a spec asks to add.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

_K = TypeVar("_K")
_V = TypeVar("_V")

Key = tuple[str, str, int, str, str | None, str | None, str]
"""Indicator, population, reporting year, level, k1, k2, value name."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the results."""

    value: int | None
    whole: int | None


@dataclass(frozen=True, slots=True)
class Query:
    """Which cell of the results is meant; the population defaults to the indicator's only one."""

    indicator: str
    year: int
    value: str | None = None
    population: str | None = None
    level: str = "total"
    k1: str | None = None
    k2: str | None = None

    @property
    def cell(self) -> dict[str, str | None]:
        """The cell as an explanation asks for it: word to value."""
        words = [] if self.level == "total" else self.level.split(" > ")
        return dict(zip(words, (self.k1, self.k2), strict=False))


@dataclass(frozen=True, slots=True)
class Fact:
    """One result: value and whole as integers, the unit, and the query that it answers.

    ``known`` is false where nobody measured what others have to measure; the value is then no zero.
    """

    query: Query
    unit: str
    value: int
    whole: int | None
    known: bool = True

    @property
    def id(self) -> str:
        """A stable key for the evidence: indicator, population, year, cell and value."""
        q = self.query
        cell = ",".join(f"{word}={value if value is not None else ''}" for word, value in q.cell.items())
        return "/".join(filter(None, (q.indicator, q.population, str(q.year), cell, q.value)))


@dataclass(slots=True)
class Facts:
    """All results of one cluster up to a reporting year."""

    cluster_id: str
    year: int
    results: Mapping[Key, Result]
    states: Mapping[tuple[str, str, str, int, int], tuple[str, str]]
    populations: Mapping[str, tuple[str, ...]]
    values: Mapping[tuple[str, str], tuple[str, ...]]
    years: Mapping[str, tuple[int, ...]]
    forms: Mapping[tuple[str, str, str], tuple[str, bool]]
    used: dict[str, Fact] = field(default_factory=dict)

    def complete(self, query: Query) -> Query:
        """Fill in population and value where there is but one; raises ContentError for what is unknown or left open."""
        populations = self.populations.get(query.indicator)
        if populations is None:
            known = ", ".join(sorted(self.populations))
            raise ContentError(
                f"Den Indikator „{query.indicator}“ gibt es in den Ergebnissen nicht. Vorhanden: {known}."
            )
        if query.population is None and len(populations) > 1:
            raise ContentError(f"{query.indicator}: Bitte die Grundgesamtheit nennen ({', '.join(populations)}).")
        population = query.population or populations[0]
        if population not in populations:
            raise ContentError(
                f"{query.indicator}: Die Grundgesamtheit „{population}“ gibt es nicht ({', '.join(populations)})."
            )
        values = self.values.get((query.indicator, query.level))
        if values is None:
            levels = ", ".join(level for indicator, level in self.values if indicator == query.indicator)
            raise ContentError(f"{query.indicator}: Die Stufe „{query.level}“ gibt es nicht ({levels}).")
        if query.value is None and len(values) > 1:
            raise ContentError(f"{query.indicator}: Bitte den Wert nennen ({', '.join(values)}).")
        value = query.value or values[0]
        if value not in values:
            raise ContentError(f"{query.indicator}: Den Wert „{value}“ gibt es nicht ({', '.join(values)}).")
        return replace(query, population=population, value=value)

    def fact(self, query: Query) -> Fact:
        """Return the result that a query names; a missing row within recorded years is zero, or not known.

        Raises ContentError for an unknown indicator, population, level or value, and for a year not recorded.
        """
        full = self.complete(query)
        if full.year not in self.years[full.indicator]:
            raise ContentError(f"{full.indicator} ist für {full.year} nicht erhoben; das ist etwas anderes als null.")
        key = (full.indicator, str(full.population), full.year, full.level, full.k1, full.k2, str(full.value))
        unit, has_whole = self.forms[full.indicator, full.level, str(full.value)]
        measured = unit == "number"
        if measured and full.level.endswith("unit") and full.k2:
            unit = full.k2
        found = self.results.get(key)
        value = found.value if found is not None else (None if measured else 0)
        whole = (found.whole if found is not None else 0) or 0 if has_whole else None
        fact = Fact(full, unit, value or 0, whole, known=value is not None)
        if fact.known:
            self.used.setdefault(fact.id, fact)
        return fact

    def state(self, query: Query, year_a: int, year_b: int) -> tuple[str, str]:
        """Return comparability of two years for a query's value and level: state and the changed sentences."""
        full = self.complete(query)
        first, second = sorted((year_a, year_b))
        if first == second:
            return "comparable", ""
        return self.states[full.indicator, full.level, str(full.value), first, second]


def load_facts(connection: duckdb.DuckDBPyConnection, cluster_id: str, year: int) -> Facts:
    """Load one cluster's facts from a connection that has the views ``results`` and ``pairs``.

    What an indicator offers (populations, levels, values, years) is read from all clusters.
    """
    known = connection.execute(
        "SELECT indicator_id, population, level, value_name, unit, BOOL_OR(whole IS NOT NULL) FROM results "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    years = connection.execute(
        "SELECT DISTINCT indicator_id, reporting_year FROM results WHERE reporting_year <= ? ORDER BY ALL", [year]
    ).fetchall()
    results = connection.execute(
        "SELECT indicator_id, population, reporting_year, level, k1, k2, value_name, value, whole FROM results "
        "WHERE cluster_id = ? AND reporting_year <= ? ORDER BY ALL",
        [cluster_id, year],
    ).fetchall()
    pairs = connection.execute(
        "SELECT indicator_id, level, value_name, year_a, year_b, state, changed FROM pairs"
    ).fetchall()
    return Facts(
        cluster_id=cluster_id,
        year=year,
        results={tuple(row[:7]): Result(row[7], row[8]) for row in results},
        states={tuple(row[:5]): (row[5], row[6]) for row in pairs},
        populations=_grouped((row[0], row[1]) for row in known),
        values=_grouped(((row[0], row[2]), row[3]) for row in known),
        years=_grouped((row[0], row[1]) for row in years),
        forms={(row[0], row[2], row[3]): (row[4], row[5]) for row in known},
    )


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    found: dict[_K, dict[_V, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
