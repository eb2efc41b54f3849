"""The places of an entry at which something can change: its own fields, and in each part one place per key."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from ewm.capture.entries import Item
from ewm.capture.shapes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.shapes import Key, Part, Shape

E = TypeVar("E", bound=Item)


@dataclass(frozen=True, slots=True)
class Place:
    """A field of an entry, or one key of a part."""

    field: str
    key: Key | None = None

    @property
    def token(self) -> str:
        """Name of the place in a form or in JSON: ``title``, ``status_events:2020-11-12``."""
        if self.key is None:
            return self.field
        return ":".join([self.field, *(_written(value) for value in self.key)])


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def places(shape: Shape[E], entry: E | None) -> dict[Place, Any]:
    """Return what stands at every place of an entry: a field's value, the rows of one key of a part."""
    if entry is None:
        return {}
    found: dict[Place, Any] = {Place(name): getattr(entry, name) for name in shape.columns}
    for part in shape.parts:
        found |= {Place(part.name, key): items for key, items in _by_key(part, getattr(entry, part.name)).items()}
    return found


def _by_key(part: Part, items: Iterable[Item]) -> dict[Key, tuple[Item, ...]]:
    """Rows by key; where a key may occur twice, all its rows are one place."""
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in in_order(items):
        found[tuple(getattr(item, name) for name in part.key)].append(item)
    return {key: tuple(rows) for key, rows in found.items()}


def with_place(shape: Shape[E], entry: E, place: Place, value: Any) -> E:
    """Return the entry with another value at one place."""
    changes: Any
    if place.key is None:
        changes = {place.field: value}
    else:
        part = next(each for each in shape.parts if each.name == place.field)
        kept = {**_by_key(part, getattr(entry, part.name)), place.key: value}
        changes = {part.name: tuple(in_order(row for rows in kept.values() for row in rows))}
    return replace(entry, **changes)


def changed_places(shape: Shape[E], before: E, after: E) -> list[tuple[Place, Any, Any]]:
    """Return the places that differ, with both values: fields as the shape has them, then parts by key."""
    old, new = places(shape, before), places(shape, after)
    found = [
        (place, old.get(place, ()), new.get(place, ()))
        for place in dict.fromkeys([*old, *new])
        if old.get(place, ()) != new.get(place, ())
    ]
    return sorted(found, key=lambda each: order_of_place(shape, each[0]))


def order_of_place(shape: Shape[Any], place: Place) -> tuple[int, str]:
    """Return by what places are ordered."""
    names = [*shape.columns, *(part.name for part in shape.parts)]
    return names.index(place.field), place.token
