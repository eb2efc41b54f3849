"""What a table must fulfil before it is written: columns, types, nullability, unique keys, references, hierarchies.

Every check answers with refusals that name the table, the row's key and the column.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from ewm.errors import Refusal
from ewm.snapshot.arrow import arrow_schema
from ewm.snapshot.hierarchy import PARENT, find_cycle, has_hierarchy
from ewm.snapshot.schema import TABLES, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Values: TypeAlias = "pa.ChunkedArray[Any]"
# As many offending rows of one column are named; the rest is counted.
NAMED = 20


def structure(table: Table, batch: pa.RecordBatch) -> Iterator[Refusal]:
    """Columns that are missing, unknown, of another type than the contract's, or with text that is no UTF-8."""
    wanted, given = arrow_schema(table), batch.schema
    for name in sorted({*given.names} - {*wanted.names}):
        yield Refusal(table.name, name, "unknown_column", "Diese Spalte gibt es in der Tabelle nicht")
    for field in wanted:
        if field.name not in given.names:
            yield Refusal(table.name, field.name, "missing_column", "Diese Spalte fehlt")
        elif not given.field(field.name).type.equals(field.type):
            message = f"Die Spalte hat die Art {given.field(field.name).type}, verlangt ist {field.type}"
            yield Refusal(table.name, field.name, "column_type", message)
        elif not _readable(batch.column(field.name)):
            yield Refusal(table.name, field.name, "readable", "Die Spalte enthält Zeichen, die kein UTF-8 sind")


def nulls(table: Table, data: pa.Table) -> Iterator[Refusal]:
    """Empty values in columns that must not be empty."""
    for column in table.columns:
        values = data[column.name]
        if not column.nullable and values.null_count:
            absent = pc.is_null(values)
            yield from _name_rows(table, data, column, mask=absent, rule="not_null", say=lambda _: "Der Wert fehlt")


def sort_by_key(table: Table, data: pa.Table) -> pa.Table:
    """The rows in the order of their key, the only order in which a snapshot keeps them."""
    if _strictly_increasing(table, data):
        return data
    return data.sort_by([(name, "ascending") for name in table.key]).combine_chunks()


def duplicates(table: Table, data: pa.Table) -> Iterator[Refusal]:
    """Keys that occur more than once; ``data`` is sorted by key."""
    if data.num_rows < 2 or _strictly_increasing(table, data):
        return
    mask: Any = None
    for name in table.key:
        same = pc.equal(data[name].slice(1), data[name].slice(0, data.num_rows - 1))
        mask = same if mask is None else pc.and_(mask, same)
    repeated = data.slice(1).filter(mask)
    for row in repeated.slice(0, NAMED).to_pylist():
        yield Refusal(row_name(table, row), ", ".join(table.key), "unique_key", "Der Schlüssel kommt mehrfach vor")
    yield from _rest(table, ", ".join(table.key), "unique_key", repeated.num_rows)


def cycles(table: Table, data: pa.Table) -> Iterator[Refusal]:
    """A record that is its own ancestor."""
    if not has_hierarchy(table):
        return
    children = data.filter(pc.is_valid(data[PARENT]))
    keys, parents = children[table.key[0]].to_pylist(), children[PARENT].to_pylist()
    found = find_cycle(dict(zip(keys, parents, strict=True)))
    if found is not None:
        [row] = children.slice(keys.index(found), 1).to_pylist()
        yield Refusal(row_name(table, row), PARENT, "cycle", "Die Hierarchie führt im Kreis zu diesem Eintrag zurück")


class Keys:
    """Keys of the tables that others refer to, gathered while tables pass by, and the references still to check."""

    def __init__(self) -> None:
        self._keys: dict[str, _Values] = {}
        self._terms: dict[str, _Values] = {}

    def remember(self, table: Table, data: pa.Table | None) -> None:
        """Keep the key of a table that others refer to, and of the terms also their taxonomy."""
        if data is None or table.name not in _REFERENCED:
            return
        self._keys[table.name] = data[table.key[0]]
        if table.name == "terms":
            taxonomies = data["taxonomy"]
            for taxonomy in pc.unique(taxonomies):
                self._terms[str(taxonomy)] = data.filter(pc.equal(taxonomies, taxonomy))["term_id"]

    def dangling(self, table: Table, data: pa.Table) -> Iterator[Refusal]:
        """References of ``data`` to keys that no remembered table has; a table not remembered was refused already."""
        for column in table.columns:
            if column.target not in self._keys:
                continue
            known = self._known(column)
            mask = pc.and_(pc.is_valid(data[column.name]), pc.invert(pc.is_in(data[column.name], value_set=known)))
            rule = "term" if column.taxonomy else "reference"
            yield from _name_rows(table, data, column, mask=mask, rule=rule, say=partial(_dangling_message, column))

    def _known(self, column: Column) -> _Values:
        empty = pa.chunked_array([], type=pa.string())
        if column.target == "terms" and column.taxonomy:
            return self._terms.get(column.taxonomy, empty)
        return self._keys[str(column.target)]


_REFERENCED = frozenset(c.target for table in TABLES.values() for c in table.columns if c.target)


def row_name(table: Table, row: dict[str, Any]) -> str:
    """How a message names a row: table, key, and the code that people know it by."""
    key = ", ".join(f"{name}={row[name]}" for name in table.key)
    return f"{table.name}[{key}]" + (f" {row['code']}" if row.get("code") else "")


def _readable(values: pa.Array[Any]) -> bool:
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _dangling_message(column: Column, value: object) -> str:
    if column.taxonomy:
        return f"„{value}“ ist kein Begriff der Taxonomie {column.taxonomy}"
    return f"„{value}“ gibt es in der Tabelle {column.target} nicht"


def _strictly_increasing(table: Table, data: pa.Table) -> bool:
    """Whether every key is greater than the one before it: sorted and unique at once, without sorting."""
    if data.num_rows < 2:
        return True
    greater: Any = None
    for name in reversed(table.key):
        before, after = data[name].slice(0, data.num_rows - 1), data[name].slice(1)
        step = pc.greater(after, before)
        greater = step if greater is None else pc.or_(step, pc.and_(pc.equal(after, before), greater))
    return pc.all(greater).as_py() is True


def _name_rows(
    table: Table, data: pa.Table, column: Column, *, mask: Any, rule: str, say: Callable[[object], str]
) -> Iterator[Refusal]:
    rows = data.filter(mask)
    for row in rows.slice(0, NAMED).to_pylist():
        yield Refusal(row_name(table, row), column.name, rule, say(row[column.name]))
    yield from _rest(table, column.name, rule, rows.num_rows)


def _rest(table: Table, column: str, rule: str, found: int) -> Iterator[Refusal]:
    if found > NAMED:
        yield Refusal(table.name, column, rule, f"… und {found - NAMED} weitere Zeilen")
