"""What a changed record does to the figures: which ones move between two snapshots, and by which sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
from sqlglot import exp

from ewm.indicators.compare import sheets_below
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from ewm.indicators.scope import columns_of
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Fragment, Sheet
    from ewm.snapshot.diff import Cell
    from ewm.snapshot.reader import Snapshot

_PLACE = ("indicator_id", "population", "cluster_id", "reporting_year", "level", "k1", "k2", "value_name", "unit")


@dataclass(frozen=True, slots=True)
class Move:
    """One figure that differs between two snapshots; value and whole before and after, None where there was none."""

    indicator_id: str
    population: str
    cluster_id: str
    reporting_year: int
    level: str
    k1: str | None
    k2: str | None
    value_name: str
    unit: str
    old: int | None
    old_whole: int | None
    new: int | None
    new_whole: int | None


def moved_figures(a: Snapshot, b: Snapshot, methodology: Methodology) -> tuple[Move, ...]:
    """Compute all indicators on both snapshots under one methodology and return the figures that differ, in order.

    Only reporting years that both snapshots cover are compared.
    """
    with duckdb.connect() as connection:
        for schema, snapshot in (("a", a), ("b", b)):
            snapshot.register(connection, schema=schema)
            connection.execute(f"SET search_path = '{schema}'")
            tidy(connection, methodology, compute(connection, methodology))
            connection.execute(f"CREATE TABLE main.figures_{schema} AS SELECT * FROM results")
        return tuple(Move(*row) for row in connection.execute(_difference()).fetchall())


def _difference() -> str:
    names = ", ".join(f"COALESCE(a.{name}, b.{name}) AS {name}" for name in _PLACE)
    joined = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in _PLACE)
    years = "(SELECT reporting_year FROM a.years INTERSECT SELECT reporting_year FROM b.years)"
    return (
        f"SELECT {names}, a.value, a.whole, b.value, b.whole "
        f"FROM main.figures_a AS a FULL JOIN main.figures_b AS b ON {joined} "
        "WHERE (a.value IS DISTINCT FROM b.value OR a.whole IS DISTINCT FROM b.whole) "
        f"AND COALESCE(a.reporting_year, b.reporting_year) IN {years} ORDER BY ALL"
    )


def touched_sentences(methodology: Methodology, indicator: Sheet, cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the sentences of an indicator and its terms that read a changed place, as ``<sheet> <number>``.

    A record that came or went touches every sentence that reads its table.
    """
    places = {(cell.table, cell.column) for cell in cells}
    return tuple(
        dict.fromkeys(
            f"{sheet.id} {sentence.number}"
            for sheet in sheets_below(methodology, indicator)
            for sentence in sheet.sentences
            for fragment in sentence.fragments
            if any(
                (table, column) in places or (table, None) in places
                for table, column in _reads(methodology, sheet, fragment)
            )
        )
    )


def _reads(methodology: Methodology, sheet: Sheet, fragment: Fragment) -> Iterator[tuple[str, str | None]]:
    """Yield the tables and columns of the snapshot that a fragment reads; a whole query reads all of its tables."""
    names = [column.name for part in fragment.parts for column in columns_of(part)]
    if fragment.kind == "select":
        yield from ((table, column.name) for table in _tables(fragment.parts) for column in TABLES[table].columns)
        return
    for source in _sources(methodology, sheet):
        yield from ((source, name) for name in names if name in {column.name for column in TABLES[source].columns})
        if not names:
            yield source, None


def _sources(methodology: Methodology, sheet: Sheet) -> Iterator[str]:
    populations = [methodology.population(name) for name in sheet.of] if sheet.kind == "indicator" else [None]
    for population in populations:
        yield from (source.name for source in methodology.scope(sheet, population).sources if source.name in TABLES)


def _tables(parts: Iterable[exp.Expression]) -> Iterator[str]:
    yield from (found.name for part in parts for found in part.find_all(exp.Table) if found.name in TABLES)
