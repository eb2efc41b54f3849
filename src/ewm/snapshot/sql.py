"""The few pieces of SQL that reading a snapshot needs. Names come from the contract; values are spelled here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ewm.snapshot.manifest import file_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ewm.snapshot.schema import ColumnType, Table

Value: TypeAlias = int | str | date | bool | None

_TYPES: dict[ColumnType, str] = {
    "int64": "bigint",
    "int32": "integer",
    "text": "varchar",
    "date": "date",
    "bool": "boolean",
}


def relation(folder: Path, table: Table) -> str:
    """The rows of a table as they stand in its file (none without the file), as something to select from."""
    if table.later and not (folder / file_of(table.name)).exists():
        columns = ", ".join(f'cast(null as {_TYPES[column.type]}) as "{column.name}"' for column in table.columns)
        return f"(select {columns} where false)"
    # DuckDB would take these characters for a pattern unless they stand in brackets.
    path = "".join(f"[{char}]" if char in "*?[" else char for char in str((folder / file_of(table.name)).resolve()))
    return f"read_parquet({_quoted(path)})"


def literal(value: Value, kind: ColumnType) -> str:
    """One value, typed as its column is."""
    text = "null" if value is None else _quoted(str(value))
    return f"cast({text} as {_TYPES[kind]})"


def where(table: Table, names: Sequence[str], values: Sequence[Value]) -> str:
    """Condition that picks the rows with these values."""
    return " and ".join(
        f'"{name}" = {literal(value, table.column(name).type)}' for name, value in zip(names, values, strict=True)
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
