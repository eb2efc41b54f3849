"""What changed between two snapshots, in words, for whoever may read the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from ewm.snapshot.diff import diff_snapshots
from ewm.snapshot.schema import TABLES
from ewm.web.numbers.showing import formatter

if TYPE_CHECKING:
    from collections.abc import Collection

    from ewm.snapshot.diff import RecordChange
    from ewm.snapshot.reader import Snapshot
    from ewm.snapshot.schema import Column

NAMED_AT_MOST = 100
_OWNERS = {"project_id": "projects", "activity_id": "activities", "story_id": "success_stories"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value that differs: the column in words, before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One record that differs: ``kind`` is added, removed or changed; the words by which it is known."""

    kind: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The differences of one table: how many of which kind, and the first of them."""

    title: str
    added: int
    removed: int
    changed: int
    records: tuple[Changed, ...]

    @property
    def left_out(self) -> int:
        """How many are not named."""
        return self.added + self.removed + self.changed - len(self.records)


def differences(a: Snapshot, b: Snapshot, readable: Collection[str]) -> list[Changes]:
    """Compare two snapshots, table by table; what belongs to records of other clusters is left out."""
    found = diff_snapshots(a, b).records
    labels = _labels(b)
    foreign = {name: _foreign_keys((a, b), name, readable) for name in {each.table for each in found}}
    shown = []
    for name, table in TABLES.items():
        records = [each for each in found if each.table == name and each.key not in foreign[name]]
        if records:
            kinds = [each.kind for each in records]
            counts = (kinds.count("added"), kinds.count("removed"), kinds.count("changed"))
            named = tuple(_changed(each, labels) for each in records[:NAMED_AT_MOST])
            shown.append(Changes(table.description, *counts, named))
    return shown


def _foreign_keys(snapshots: tuple[Snapshot, ...], table: str, readable: Collection[str]) -> set[tuple[Any, ...]]:
    """Return the keys of a table's rows that belong to a cluster beyond reach; none where rows belong to no cluster."""
    names = {column.name for column in TABLES[table].columns}
    owner = next((column for column in _OWNERS if column in names and _OWNERS[column] != table), None)
    if owner is None and ("cluster_id" not in names or table in ("clusters", "terms", "actor_clusters")):
        return set()
    keys = ", ".join(f't."{key}"' for key in TABLES[table].key)
    source = f'from "{table}" t join "{_OWNERS[owner]}" o using ("{owner}")' if owner else f'from "{table}" t'
    statement = f"select {keys}, {'o' if owner else 't'}.cluster_id {source}"
    found = set()
    for snapshot in snapshots:
        with duckdb.connect() as connection:
            snapshot.register(connection)
            found |= {row[:-1] for row in connection.execute(statement).fetchall() if row[-1] not in readable}
    return found


def _labels(snapshot: Snapshot) -> dict[str, str]:
    """Return the words of terms and clusters, and of records by their number."""
    with duckdb.connect() as connection:
        snapshot.register(connection)
        return dict(
            connection.execute(
                "select term_id, label_de from terms union all select cluster_id, label_de from clusters union all "
                "select 'actors ' || actor_id, name from actors union all select 'projects ' || project_id, title "
                "from projects union all select 'activities ' || activity_id, title from activities"
            ).fetchall()
        )


def _changed(record: RecordChange, labels: dict[str, str]) -> Changed:
    table = TABLES[record.table]
    name = " ".join(filter(None, (record.code, record.title)))
    if not name:
        name = ", ".join(
            _shown(table.column(column), value, labels) for column, value in zip(table.key, record.key, strict=True)
        )
    values = tuple(
        Value(
            table.column(each.column).description,
            _shown(table.column(each.column), each.old, labels),
            _shown(table.column(each.column), each.new, labels),
        )
        for each in record.fields
    )
    return Changed(record.kind, name, values)


def _shown(column: Column, value: Any, labels: dict[str, str]) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if column.unit == "cents":
        return formatter().euros(value)
    if hasattr(value, "year"):
        return formatter().day(value)
    return labels.get(f"{column.references} {value}") or labels.get(str(value)) or str(value)
