"""Hierarchies within a table: whoever follows ``parent_id`` upwards must arrive somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.snapshot.schema import Table

PARENT = "parent_id"
Key = TypeVar("Key")


def has_hierarchy(table: Table) -> bool:
    """Whether the records of a table have parents in the same table."""
    return any(column.name == PARENT and column.references == table.name for column in table.columns)


def find_cycle(parents: Mapping[Key, Key]) -> Key | None:
    """A record that is its own ancestor, from each record's parent; ``None`` where there is none."""
    settled: set[Key] = set()
    for start in parents:
        path: set[Key] = set()
        at = start
        while at in parents and at not in settled:
            if at in path:
                return at
            path.add(at)
            at = parents[at]
        settled |= path
    return None
