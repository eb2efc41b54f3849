"""The results of a run: one tidy table and a table of year pairs, in Parquet, CSV and JSON, hashed and atomic.

A run is named after what it was computed from (snapshot, corrections, methodology, engine), so the same inputs give
the same folder with the same bytes, and a reader asks for exactly the run that belongs to its inputs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm import __version__
from ewm.errors import MissingError, TamperedError
from ewm.indicators.cells import neutral_sql
from ewm.indicators.compare import pairs
from ewm.indicators.measure import unit_of
from ewm.indicators.run import compute, result_table
from ewm.indicators.sheet import ALWAYS
from ewm.snapshot.home import draft, locked, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.units import Units

FORMATS = ("parquet", "csv", "json")
MANIFEST = "run.json"


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One documented column of a result table: name, DuckDB type, German description."""

    name: str
    type: str
    description: str


RESULT_COLUMNS = (
    ResultColumn("indicator_id", "VARCHAR", "Kennung des Indikators"),
    ResultColumn("population", "VARCHAR", "Grundgesamtheit (Begriff), über die gezählt wird"),
    ResultColumn("cluster_id", "VARCHAR", "Cluster"),
    ResultColumn("reporting_year", "INTEGER", "Berichtsjahr"),
    ResultColumn("level", "VARCHAR", "Stufe der Aufgliederung: total oder die Wörter des Pfads"),
    ResultColumn("k1", "VARCHAR", "Ausprägung der ersten Stufe; leer heißt ohne Angabe, bei total ohne Bedeutung"),
    ResultColumn("k2", "VARCHAR", "Ausprägung der zweiten Stufe"),
    ResultColumn("value_name", "VARCHAR", "Name des Werts im Blatt"),
    ResultColumn("unit", "VARCHAR", "Einheit: count, cents, number, share (Teil und Ganzes) oder beide Einheiten"),
    ResultColumn("value", "BIGINT", "Wert, bei Anteilen und Mittelwerten der Zähler; leer heißt nicht bekannt"),
    ResultColumn("whole", "BIGINT", "Nenner bei Anteilen und Mittelwerten"),
    ResultColumn("state", "VARCHAR", "zum Vorjahr: first_year, comparable, footnote, withhold, not_recorded"),
    ResultColumn("filled", "BOOLEAN", "kein Eintrag in diesem Jahr, als 0 ergänzt"),
)  # fmt: skip
PAIR_COLUMNS = (
    ResultColumn("indicator_id", "VARCHAR", "Kennung des Indikators"),
    ResultColumn("level", "VARCHAR", "Stufe der Aufgliederung"),
    ResultColumn("value_name", "VARCHAR", "Name des Werts"),
    ResultColumn("year_a", "INTEGER", "früheres Berichtsjahr"),
    ResultColumn("year_b", "INTEGER", "späteres Berichtsjahr"),
    ResultColumn("state", "VARCHAR", "comparable, footnote, withhold oder not_recorded"),
    ResultColumn("changed", "VARCHAR", "Sätze, in denen sich die Regeln unterscheiden, durch Komma getrennt"),
)
TABLES = {"results": RESULT_COLUMNS, "pairs": PAIR_COLUMNS}
_ORDER = {
    "results": "indicator_id, population, cluster_id, reporting_year, level, k1 NULLS LAST, k2 NULLS LAST, value_name",
    "pairs": "indicator_id, level, value_name, year_a, year_b",
}


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run was computed from: hashes of snapshot, corrections and methodology, and the engine's version."""

    snapshot: str
    snapshot_hash: str
    corrections_hash: str
    methodology_hash: str

    @property
    def inputs(self) -> dict[str, str]:
        """The inputs that decide the results."""
        return {
            "snapshot": self.snapshot,
            "snapshot_hash": self.snapshot_hash,
            "corrections_hash": self.corrections_hash,
            "methodology_hash": self.methodology_hash,
            "engine": f"ewm {__version__}",
        }

    @property
    def folder(self) -> str:
        """Name of the run's folder: the snapshot's name and a hash over all inputs."""
        text = json.dumps(self.inputs, sort_keys=True)
        return f"{self.snapshot}~{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _create(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    columns = ", ".join(f"{column.name} {column.type}" for column in TABLES[name])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")


def _fill_pairs(connection: duckdb.DuckDBPyConnection, methodology: Methodology, sheets: list[Sheet]) -> None:
    _create(connection, "pairs")
    rows = [
        (sheet.id, level, value, pair.year_a, pair.year_b, pair.state, ", ".join(pair.changed))
        for sheet in sheets
        for level, value, pair in pairs(methodology, sheet)
    ]
    if rows:  # one list per column: a statement with every row spelled out takes seconds at twenty years
        columns = ", ".join("unnest(?)" for _ in PAIR_COLUMNS)
        connection.execute(f"INSERT INTO pairs SELECT {columns}", [list(column) for column in zip(*rows, strict=True)])


def _value_rows(units: Units) -> Iterator[str]:
    """Yield, per value, the SELECT that turns the wide table into tidy rows."""
    table = result_table(units.sheet)
    fragments = {fragment.name: fragment for _, fragment in units.sheet.fragments("value")}
    for value in units.values:
        whole = f"{value.name}_whole" if len(value.parts) > 1 else "CAST(NULL AS BIGINT)"
        levels = ", ".join(f"'{level}'" for level in value.levels)
        limited = f" WHERE level IN ({levels})" if levels else ""
        yield (
            f"SELECT '{units.sheet.id}' AS indicator_id, population, cluster_id, reporting_year, level, k1, k2, "
            f"'{value.name}' AS value_name, '{unit_of(fragments[value.name])}' AS unit, {value.name} AS value, "
            f"{whole} AS whole, false AS filled FROM {table}{limited}"
        )


def _missing_totals(units: Units) -> Iterator[str]:
    """Yield, per value, the SELECT that gives zeros to clusters and years without any unit.

    Counts and money of nothing are zero; a number that somebody else measured is unknown where nobody did.
    """
    sheet = units.sheet
    table = result_table(sheet)
    populations = ", ".join(f"('{name}')" for name in sheet.of)
    fragments = {fragment.name: fragment for _, fragment in sheet.fragments("value")}
    for value in units.values:
        unit = unit_of(fragments[value.name])
        if unit == "number" or (value.levels and "total" not in value.levels):
            continue
        zero = _zero(sheet, value.name)
        whole = zero if len(value.parts) > 1 else "CAST(NULL AS BIGINT)"
        yield (
            f"SELECT '{sheet.id}', p.population, clusters.cluster_id, years.reporting_year, 'total', NULL, NULL, "
            f"'{value.name}', '{unit}', {zero}, {whole}, true "
            f"FROM (VALUES {populations}) AS p(population) CROSS JOIN clusters CROSS JOIN years "
            f"LEFT JOIN {table} AS r ON r.level = 'total' AND r.population = p.population "
            "AND r.cluster_id = clusters.cluster_id AND r.reporting_year = years.reporting_year "
            f"WHERE r.level IS NULL AND clusters.kind <> 'outside' "
            f"AND years.reporting_year BETWEEN {sheet.valid.first} AND {sheet.valid.last}"
        )


def _zero(sheet: Sheet, name: str) -> str:
    """Return the SQL of nothing: zero in the years for which some sentence gives the value, else not known."""
    versions = [sentence.years for sentence, fragment in sheet.fragments("value") if fragment.name == name]
    if ALWAYS in versions:
        return "0"
    known = " OR ".join(f"years.reporting_year BETWEEN {years.first} AND {years.last}" for years in versions)
    return f"CASE WHEN {known} THEN 0 END"


def tidy(connection: duckdb.DuckDBPyConnection, methodology: Methodology, compiled: dict[str, Units]) -> None:
    """Put the wide results together in the temporary tables ``results`` and ``pairs``.

    A cluster and year without any unit gets a total of zero, marked ``filled``; outside an indicator's validity there
    are no rows, since not recorded is not zero.
    """
    _fill_pairs(connection, methodology, [units.sheet for units in compiled.values()])
    _create(connection, "results")
    for units in compiled.values():
        parts = "\nUNION ALL\n".join([*_value_rows(units), *_missing_totals(units)])
        connection.execute(
            "INSERT INTO results SELECT v.indicator_id, v.population, v.cluster_id, v.reporting_year, v.level, v.k1, "
            "v.k2, v.value_name, v.unit, v.value, v.whole, "
            "CASE WHEN v.reporting_year = (SELECT MIN(reporting_year) FROM years) THEN 'first_year' "
            "ELSE COALESCE(pairs.state, 'comparable') END, v.filled "
            f"FROM ({parts}) AS v LEFT JOIN pairs ON pairs.indicator_id = v.indicator_id AND pairs.level = v.level "
            "AND pairs.value_name = v.value_name AND pairs.year_b = v.reporting_year "
            "AND pairs.year_a = v.reporting_year - 1"
        )


def _write_files(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    options = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER", "json": "FORMAT json, ARRAY"}
    for name, order in _ORDER.items():
        for suffix in FORMATS:
            target = str(folder / f"{name}.{suffix}").replace("'", "''")
            columns = _neutral_columns(name) if suffix == "csv" else "*"
            connection.execute(
                f"COPY (SELECT {columns} FROM {name} ORDER BY {order}) TO '{target}' ({options[suffix]})"
            )


def _neutral_columns(name: str) -> str:
    """Return a table's columns, the texts without anything that a spreadsheet takes for a formula."""
    return ", ".join(
        f"{neutral_sql(column.name)} AS {column.name}" if column.type == "VARCHAR" else column.name
        for column in TABLES[name]
    )


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != MANIFEST
    }


def _is_whole(folder: Path) -> bool:
    try:
        return bool(read_manifest(folder))
    except (TamperedError, MissingError):
        return False


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a run's manifest after comparing every file's bytes with it.

    Raises MissingError where there is no such run, TamperedError naming the file that is missing, added or changed.
    """
    if not (folder / MANIFEST).is_file():
        raise MissingError(f"Ergebnisse {folder.name} gibt es noch nicht. Bitte zuerst: ewm indicators run")
    remedy = "Bitte neu rechnen: ewm indicators run"
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected, found = manifest["files"], _hashes(folder)
    except (ValueError, KeyError, OSError) as error:
        raise TamperedError(f"Ergebnisse {folder.name}: {MANIFEST} ist nicht lesbar. {remedy}") from error
    for name in sorted({*expected, *found}):
        if expected.get(name) != found.get(name):
            what = "fehlt" if name not in found else "ist hinzugekommen" if name not in expected else "ist verändert"
            raise TamperedError(f"Ergebnisse {folder.name}: {name} {what}. {remedy}")
    return dict(manifest)


def write_results(
    connection: duckdb.DuckDBPyConnection,
    methodology: Methodology,
    info: RunInfo,
    home: Path,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Path, bool]:
    """Compute all indicators and publish their results under ``home``; returns the folder and whether it is new.

    An intact run of the same inputs is left as it is; a damaged one is computed again. Nothing half-written is visible.
    """
    target = home / info.folder
    if _is_whole(target):
        return target, False
    compiled = compute(connection, methodology, progress=progress, pack=True)
    tidy(connection, methodology, compiled)
    with locked(home), draft(home) as folder:
        _write_files(connection, folder)
        manifest = {"inputs": info.inputs, "files": _hashes(folder)}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        replace(folder, target)
    return target, True


def open_results(connection: duckdb.DuckDBPyConnection, home: Path, info: RunInfo) -> Path:
    """Make a run's tables ``results`` and ``pairs`` views on a connection, after verifying its files.

    Raises MissingError where these inputs were not computed yet, TamperedError where a file is not what it was.
    """
    folder = home / info.folder
    read_manifest(folder)
    for name in TABLES:
        path = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
    return folder
