"""Small snapshots for tests: name only the rows and columns that the test is about, the rest is filled in.

    folder = build_snapshot(tmp_path, {"projects": [{"project_id": 1, "support_start": date(2020, 3, 1)}]})

Missing columns get a plain default, a missing record id the next number, and whatever a row refers to
(a cluster, a term, an actor) is added where it is not given.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from ewm.snapshot.arrow import batch_of
from ewm.snapshot.schema import TABLES, Column, Table
from ewm.snapshot.writer import write_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

Row = dict[str, Any]
Rows = dict[str, list[Row]]

CUT_OFF = date(2020, 12, 31)
EXPORTED_AT = datetime(2021, 2, 15, 12, 0, tzinfo=UTC)

# Plain values that most tests want; everything else follows from the column's type.
DEFAULTS: dict[str, object] = {
    "cluster_id": "metall",
    "kind": "regional",
    "taxonomy": "guideline",
    "actor_type": "company",
    "country": "DE",
    "status": "running",
    "status_at_cut_off": "running",
    "funding_state": "none",
    "granting_body": "state",
    "funds_origin": "state",
    "role": "partner",
    "activity_kind": "workshop",
    "delimitation": "core",
    "measure": "companies",
    "unit": "count",
    "scheme": "ror",
    "language": "de",
    "reporting_year": 2020,
    "period": 2020,
    "support_start": date(2020, 1, 1),
    "activity_start": date(2020, 1, 1),
    "example": True,
}
_PLAIN: dict[str, object] = {"int64": 0, "int32": 0, "date": date(2011, 1, 1), "bool": False}


def complete_rows(rows: Mapping[str, Iterable[Mapping[str, object]]], years: Iterable[int] = ()) -> Rows:
    """All tables of the contract, complete in themselves, from the few rows and columns given."""
    filled: Rows = {name: [] for name in TABLES}
    for year in years:
        filled["years"].append({"reporting_year": year, "year_start": date(year, 1, 1), "year_end": date(year, 12, 31)})
    for name, given in rows.items():
        for row in given:
            _add(filled, TABLES[name], row)
    for name in TABLES:
        for row in list(filled[name]):
            _add_targets(filled, TABLES[name], row)
    return filled


def batches(rows: Rows, size: int = 1000) -> dict[str, list[pa.RecordBatch]]:
    """The rows as record batches of at most ``size`` rows."""
    return {
        name: [batch_of(TABLES[name], found[at : at + size]) for at in range(0, len(found), size)]
        for name, found in rows.items()
    }


def write_rows(home: Path, rows: Rows, **overrides: Any) -> Path:
    """Write complete rows as they stand; ``overrides`` go to ``write_snapshot``."""
    arguments: dict[str, Any] = {
        "folder": home,
        "cut_off": CUT_OFF,
        "as_of": None,
        "exported_at": EXPORTED_AT,
        "programme_id": "test",
        "programme_version": "1",
        "programme_hash": "0" * 64,
        "methodology_hash": "1" * 64,
        "reporting_years": [row["reporting_year"] for row in rows["years"]],
        "left_out": {},
        "tables": batches(rows),
        **overrides,
    }
    return home / write_snapshot(**arguments).name


def build_snapshot(
    home: Path,
    rows: Mapping[str, Iterable[Mapping[str, object]]] | None = None,
    *,
    years: Iterable[int] = (2017, 2018, 2019, 2020),
    **overrides: Any,
) -> Path:
    """Complete the rows, write them into ``home`` and return the snapshot's folder."""
    return write_rows(home, complete_rows(rows or {}, years), **overrides)


def _add(filled: Rows, table: Table, given: Mapping[str, object]) -> Row:
    unknown = given.keys() - {column.name for column in table.columns}
    if unknown:
        raise KeyError(f"{table.name} has no {sorted(unknown)}")
    row = {column.name: given.get(column.name, _default(filled, table, column, given)) for column in table.columns}
    filled[table.name].append(row)
    return row


def _default(filled: Rows, table: Table, column: Column, given: Mapping[str, object]) -> object:
    own_key = table.key == (column.name,)
    if column.nullable:
        return None
    if own_key and column.type == "int64":
        return max((row[column.name] for row in filled[table.name]), default=0) + 1
    if column.name == "series_id":
        return given["term_id"]
    if column.name in DEFAULTS:
        return DEFAULTS[column.name]
    number = len(filled[table.name]) + 1
    if column.type == "text":
        key = given.get(table.key[0], number)
        return f"{table.name}-{key}" if column.name == "code" else f"{column.name} {key}"
    return number if column.name == "position" else _PLAIN[column.type]


def _add_targets(filled: Rows, table: Table, row: Row) -> None:
    for column in table.columns:
        value = row[column.name]
        if column.target is None or value is None:
            continue
        target = TABLES[column.target]
        known = {found[target.key[0]]: found for found in filled[target.name]}
        if value not in known:
            added = _add(filled, target, {target.key[0]: value, **_taxonomy(target, column, row)})
            _add_targets(filled, target, added)
        elif target.name == "terms" and column.taxonomy not in (None, known[value]["taxonomy"]):
            raise ValueError(f"{value} is a term of {known[value]['taxonomy']}, {column.name} wants {column.taxonomy}")


def _taxonomy(target: Table, column: Column, row: Row) -> Row:
    if target.name != "terms":
        return {}
    if column.name == "scheme_id":
        return {"taxonomy": "strategy"}
    return {"taxonomy": column.taxonomy or row.get("taxonomy", DEFAULTS["taxonomy"])}
