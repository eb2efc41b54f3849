"""What a changed record does to the figures: which ones move between two snapshots, and by which sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    before, after = _figures(a, methodology), _figures(b, methodology)
    shared = {*a.info.reporting_years} & {*b.info.reporting_years}
    places = [place for place in {**before, **after} if place[3] in shared and before.get(place) != after.get(place)]
    unknown = (None, None)
    rows: list[tuple[Any, ...]] = [
        (*place, *before.get(place, unknown), *after.get(place, unknown)) for place in sorted(places, key=_order)
    ]
    return tuple(Move(*row) for row in rows)


def _figures(snapshot: Snapshot, methodology: Methodology) -> dict[tuple[Any, ...], tuple[int | None, int | None]]:
    """Return value and whole of every figure by its place, the columns of ``_PLACE``."""
    with duckdb.connect() as connection:
        snapshot.register(connection)
        tidy(connection, methodology, compute(connection, methodology))
        rows = connection.execute(f"SELECT {', '.join(_PLACE)}, value, whole FROM results").fetchall()
    return {row[:-2]: (row[-2], row[-1]) for row in rows}


def _order(place: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """Sort by every column in turn, empty ones last."""
    return tuple((part is None, part if part is not None else "") for part in place)


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
