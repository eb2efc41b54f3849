"""What changed between two snapshots: records that came, went or changed, value by value, corrections in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import duckdb

from ewm.snapshot.manifest import file_of
from ewm.snapshot.schema import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.snapshot.reader import Snapshot
    from ewm.snapshot.sql import Value

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that differs; for an added or removed record there are none."""

    column: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """One place whose value differs; ``column`` is ``None`` where the whole record came or went."""

    table: str
    key: tuple[Value, ...]
    column: str | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that differs; ``code`` and ``title`` as the later snapshot has them, where the table has any."""

    table: str
    key: tuple[Value, ...]
    kind: Kind
    code: str | None
    title: str | None
    fields: tuple[FieldChange, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The places that differ."""
        if self.kind != "changed":
            return (Cell(self.table, self.key, None),)
        return tuple(Cell(self.table, self.key, field.column) for field in self.fields)


@dataclass(frozen=True, slots=True)
class SnapshotDiff:
    """All differences from ``a`` to ``b`` (names of snapshots), by table in the contract's order and by key."""

    a: str
    b: str
    records: tuple[RecordChange, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The places that differ, for whoever asks which figures they move."""
        return tuple(cell for record in self.records for cell in record.cells)


def diff_snapshots(a: Snapshot, b: Snapshot) -> SnapshotDiff:
    """Compare two snapshots record by record; a record is the same one where its key is."""
    records: list[RecordChange] = []
    with duckdb.connect() as connection:
        a.register(connection, schema="a")
        b.register(connection, schema="b")
        for table in TABLES.values():
            if not _surely_equal(a, b, table):
                records += _changes(connection, table)
    return SnapshotDiff(a.info.name, b.info.name, tuple(records))


def _surely_equal(a: Snapshot, b: Snapshot, table: Table) -> bool:
    corrected = any(correction.table == table.name for correction in (*a.corrections, *b.corrections))
    return not corrected and a.info.files.get(file_of(table.name)) == b.info.files.get(file_of(table.name))


def _changes(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[RecordChange]:
    names = [column.name for column in table.columns]
    size = len(names)
    for row in connection.execute(_query(table)).fetchall():
        in_a, in_b, old, new = row[0], row[1], row[2 : 2 + size], row[2 + size :]
        kind: Kind = "changed" if in_a and in_b else "removed" if in_a else "added"
        shown = dict(zip(names, new if in_b else old, strict=True))
        changed = zip(names, old, new, strict=True) if kind == "changed" else ()
        yield RecordChange(
            table=table.name,
            key=tuple(shown[name] for name in table.key),
            kind=kind,
            code=shown.get("code"),
            title=next((shown[name] for name in ("title", "name", "label_de") if name in shown), None),
            fields=tuple(FieldChange(name, before, after) for name, before, after in changed if before != after),
        )


def _query(table: Table) -> str:
    """Rows that differ: whether a has it, whether b has it, all columns of a, all columns of b."""
    sides = [f'{side}."{column.name}"' for side in ("x", "y") for column in table.columns]
    joined = " and ".join(f'x."{key}" = y."{key}"' for key in table.key)
    differs = " or ".join(f'x."{c.name}" is distinct from y."{c.name}"' for c in table.columns)
    order = ", ".join(f'coalesce(x."{key}", y."{key}")' for key in table.key)
    key = table.key[0]
    # Keys are never null, so a null key tells which side lacks the record.
    return (
        f'select x."{key}" is not null, y."{key}" is not null, {", ".join(sides)} '  # noqa: S608
        f'from a."{table.name}" x full join b."{table.name}" y on {joined} where {differs} order by {order}'
    )
