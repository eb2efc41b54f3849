"""Run indicators, on the records as they are now or on a snapshot, and return the results as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache as cache_of_process
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from ewm.capture.exporter.now import tables_now
from ewm.config import load_config
from ewm.indicators.methodology import Methodology, load_methodology
from ewm.indicators.results import RunInfo, open_results, tidy, write_results
from ewm.indicators.run import compute
from ewm.snapshot.arrow import arrow_schema
from ewm.snapshot.home import find_snapshot
from ewm.snapshot.reader import open_snapshot
from ewm.snapshot.schema import TABLES
from ewm.web.content import served_methodology
from ewm.web.focus import programme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ewm.indicators.sheet import Sheet

_COLUMNS = "indicator_id, population, cluster_id, reporting_year, level, k1, value_name, value, whole, unit, state"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What a result is about; ``term`` is the entry of the first level, None for a total."""

    indicator: str
    population: str
    cluster: str
    year: int
    value: str
    level: str = "total"
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A value with its denominator (shares and means), its unit, and how it stands to the year before."""

    value: int | None
    whole: int | None
    unit: str
    state: str


Results = dict[Cell, Result]


def compute_now(year: int, sheets: list[Sheet]) -> Results:
    """Compute indicators on the records as they are, up to the end of a year."""
    years = [each for each in programme().reporting_years if each <= year]
    tables = tables_now(cut_off=date(year, 12, 31), years=years)
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, batches in tables.items():
            connection.register("given", pa.Table.from_batches(batches, schema=arrow_schema(TABLES[name])))
            connection.execute(f'create table "{name}" as select * from given')  # noqa: S608 (names of the contract)
            connection.unregister("given")
        methodology = served_methodology()
        tidy(connection, methodology, compute(connection, methodology, sheets))
        return _read(connection)


def _read(connection: duckdb.DuckDBPyConnection, condition: str = "k2 is null") -> Results:
    rows = connection.execute(f"select {_COLUMNS} from results where {condition}").fetchall()  # noqa: S608
    return {
        Cell(indicator, population, cluster, year, name, level, k1): Result(value, whole, unit, state)
        for indicator, population, cluster, year, level, k1, name, value, whole, unit, state in rows
    }


def results_of(name: str, *, levels: bool = False) -> Results:
    """Return the totals (with ``levels``: the first level too) of a snapshot; computed and kept where they are not yet.

    Raises MissingError where there is no such snapshot, TamperedError where it is not as it was written, EwmError
    where somebody else is writing results.
    """
    config = load_config()
    snapshot = open_snapshot(find_snapshot(config.snapshots, name=name))
    methodology = methodology_for(snapshot.info.reporting_years)
    info = RunInfo(snapshot.info.name, snapshot.hash, snapshot.corrections_hash, methodology.content_hash)
    with duckdb.connect() as connection:
        if not _is_there(config.results, info):
            snapshot.register(connection)
            write_results(connection, methodology, info, config.results)
        open_results(connection, config.results, info)
        return _read(connection, "k2 is null" if levels else "level = 'total'")


@cache_of_process
def methodology_for(years: tuple[int, ...]) -> Methodology:
    """Return the methodology for the years of a snapshot, as the command line loads it."""
    return load_methodology(programme().path / "methodology", years, {})


def _is_there(home: Path, info: RunInfo) -> bool:
    return (home / info.folder).is_dir()


def chain(results: Mapping[Cell, Result], cell: Cell, years: int = 4) -> list[tuple[int, int]]:
    """Return the values of a cell in the years before it that may be compared with it, oldest first, itself last."""
    found: list[tuple[int, int]] = []
    for year in range(cell.year, cell.year - years, -1):
        result = results.get(
            Cell(cell.indicator, cell.population, cell.cluster, year, cell.value, cell.level, cell.term)
        )
        if result is None or result.value is None:
            break
        found.append((year, result.value))
        if result.state not in ("comparable", "footnote"):
            break
    return found[::-1]
