"""Declared corrections: what is known to be wrong in a sealed snapshot, stated beside it and applied on reading.

They stand in ``corrections/<snapshot>.yaml`` in the snapshots' home. An entry names the record (by its code, or by
the columns of its key), the column, the old value as a guard, the new value, the reason, who decided (an office or a
role, not a person) and when. The bytes of the snapshot stay as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from ewm.errors import ContentError
from ewm.snapshot.corrections_file import Entry, read_entries
from ewm.snapshot.hierarchy import PARENT, find_cycle
from ewm.snapshot.home import CORRECTIONS
from ewm.snapshot.manifest import canonical, sha256
from ewm.snapshot.schema import TABLES, Column, Table
from ewm.snapshot.sql import Value, literal, relation, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one value. ``key`` holds the values of the table's key, in the contract's order."""

    table: str
    key: tuple[Value, ...]
    code: str | None
    column: str
    old: Value
    new: Value
    reason: str
    by: str
    on: date


def corrections_file(folder: Path) -> Path:
    """Where the corrections of a snapshot stand."""
    return folder.parent / CORRECTIONS / f"{folder.name}.yaml"


def load_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections declared for a snapshot, each proved against its rows; none where no file lies there.

    Raises ContentError listing every entry that is wrong: unknown table, record or column, a value of another type
    or unknown to its taxonomy, a guard that does not match, the same value corrected twice.
    """
    path = corrections_file(folder)
    entries, problems = read_entries(path)
    corrections: list[Correction] = []
    if entries:
        with duckdb.connect() as connection:
            for entry in entries:
                try:
                    corrections.append(_prove(entry, folder, connection))
                except _WrongError as error:
                    problems.append(f"Zeile {entry.line}: {error}")
            problems += _corrected_twice(corrections)
            problems += _cycles(corrections, folder, connection)
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise ContentError(f"Die erklärten Korrekturen in {path} sind falsch; es wird nichts daraus gelesen:\n{listed}")
    return tuple(corrections)


def hash_corrections(corrections: Iterable[Correction]) -> str:
    """SHA-256 over what the corrections say, for results that were computed with them."""
    spelled = [
        {**asdict(c), "key": [_spell(value) for value in c.key], "on": c.on.isoformat()}
        | {"old": _spell(c.old), "new": _spell(c.new)}
        for c in corrections
    ]
    return sha256(canonical(spelled))


def corrected(folder: Path, table: Table, corrections: Iterable[Correction]) -> str:
    """Select of all columns of a table in the contract's order, with the corrections in place."""
    own = [correction for correction in corrections if correction.table == table.name]
    columns = ", ".join(_expression(table, column, own) for column in table.columns)
    return f"select {columns} from {relation(folder, table)}"  # noqa: S608


class _WrongError(Exception):
    """Why an entry cannot be applied."""


def _expression(table: Table, column: Column, corrections: list[Correction]) -> str:
    cases = [
        f"when {where(table, table.key, c.key)} then {literal(c.new, column.type)}"
        for c in corrections
        if c.column == column.name
    ]
    return f'case {" ".join(cases)} else "{column.name}" end as "{column.name}"' if cases else f'"{column.name}"'


def _prove(entry: Entry, folder: Path, connection: duckdb.DuckDBPyConnection) -> Correction:
    table = TABLES[entry.table]
    column = table.column(entry.column)
    row = _find(entry, folder, connection)
    found = row[column.name]
    if found != entry.old:
        raise _WrongError(
            f"{entry.name} hat in {column.name} den Wert {_show(found)}, die Korrektur erwartet {_show(entry.old)}"
        )
    _prove_target(column, entry.new, folder, connection)
    return Correction(
        table=table.name,
        key=tuple(row[name] for name in table.key),
        code=row.get("code"),
        column=column.name,
        old=entry.old,
        new=entry.new,
        reason=entry.reason,
        by=entry.by,
        on=entry.on,
    )


def _find(entry: Entry, folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    table = TABLES[entry.table]
    condition = where(table, list(entry.record), list(entry.record.values()))
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    query = f"select {columns} from {relation(folder, table)} where {condition} limit 2"  # noqa: S608
    rows = connection.execute(query).fetchall()
    if len(rows) != 1:
        raise _WrongError(f"{entry.name} gibt es {'mehrfach' if rows else 'nicht'}")
    return dict(zip(names, rows[0], strict=True))


def _prove_target(column: Column, value: Value, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    if column.target is None or value is None:
        return
    target = TABLES[column.target]
    condition = where(target, target.key, [value])
    if column.taxonomy and target.name == "terms":
        condition += " and " + where(target, ["taxonomy"], [column.taxonomy])
    query = f"select 1 from {relation(folder, target)} where {condition}"  # noqa: S608
    if not connection.execute(query).fetchall():
        kind = f"Begriff der Taxonomie {column.taxonomy}" if column.taxonomy else f"Eintrag in {target.name}"
        raise _WrongError(f"new: {_show(value)} ist kein {kind}")


def _corrected_twice(corrections: list[Correction]) -> Iterator[str]:
    for (table, key, column), times in Counter((c.table, c.key, c.column) for c in corrections).items():
        if times > 1:
            yield f"{table} {key}: {column} wird {times}-mal korrigiert; es darf nur eine Korrektur geben"


def _cycles(corrections: list[Correction], folder: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for name in sorted({c.table for c in corrections if c.column == PARENT}):
        table = TABLES[name]
        query = f'select "{table.key[0]}", {PARENT} from ({corrected(folder, table, corrections)})'  # noqa: S608
        rows: list[tuple[Value, Value]] = connection.execute(f"{query} where {PARENT} is not null").fetchall()
        found = find_cycle(dict(rows))
        if found is not None:
            yield f"{name} {table.key[0]}={found}: Mit den Korrekturen führt die Hierarchie im Kreis"


def _spell(value: Value) -> Value:
    return value if value is None or isinstance(value, bool | int | str) else value.isoformat()


def _show(value: Value) -> str:
    return "leer" if value is None else f"„{value}“"
