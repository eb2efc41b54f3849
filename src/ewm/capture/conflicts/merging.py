"""Merge two versions of an entry that came from the same one.

An entry is a set of places: its own fields, and for each part one place per key (a day of status, a partner, a term).
A place that only one side changed takes that change; a place that both changed alike takes it once; a place that both
changed differently collides. Dated events, partners, assignments and grants therefore never collide unless both sides
touched the same key.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ewm.capture.entries import Item
from ewm.capture.shapes import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ewm.capture.shapes import Key, Part, Shape

E = TypeVar("E", bound=Item)


class Side(StrEnum):
    """Whose version of a place."""

    MINE = "mine"
    THEIRS = "theirs"


class Kind(StrEnum):
    """Who changed a place; ``COLLISION``: both, differently."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    COLLISION = "collision"


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


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that somebody changed: a field's values, of a part the rows with that key (none: there is none)."""

    place: Place
    base: Any
    mine: Any
    theirs: Any
    kind: Kind

    def of(self, side: Side) -> Any:
        """Return the value of one side."""
        return self.mine if side is Side.MINE else self.theirs


@dataclass(frozen=True)
class Merge(Generic[E]):
    """What became of three versions of an entry; without ``base`` every difference collides."""

    shape: Shape[E]
    base: E | None
    mine: E
    theirs: E
    differences: tuple[Difference, ...]

    @cached_property
    def collisions(self) -> tuple[Difference, ...]:
        """Places that somebody must decide."""
        return tuple(each for each in self.differences if each.kind is Kind.COLLISION)

    @cached_property
    def merged(self) -> tuple[Difference, ...]:
        """Places that are merged already."""
        return tuple(each for each in self.differences if each.kind is not Kind.COLLISION)

    def undecided(self, choices: Mapping[str, Side]) -> tuple[Difference, ...]:
        """Return the collisions for which no side is chosen; choices go by ``Place.token``."""
        return tuple(each for each in self.collisions if each.place.token not in choices)

    def resolve(self, choices: Mapping[str, Side] | None = None) -> E:
        """Return the entry with every change: a choice decides a place, also one that does not collide.

        A collision without a choice stays as stored.
        """
        wanted = dict(choices or {})
        entry = self.theirs
        for each in self.differences:
            default = Side.MINE if each.kind is Kind.MINE else Side.THEIRS
            if wanted.get(each.place.token, default) is Side.MINE:
                entry = _with(self.shape, entry, each.place, each.mine)
        return entry


def merge_three(shape: Shape[E], *, base: E | None, mine: E, theirs: E) -> Merge[E]:
    """Compare two versions with the one that both came from; ``base`` is None where it is not known any more."""
    before, here, there = (places(shape, entry) for entry in (base, mine, theirs))
    found = []
    for place in dict.fromkeys([*here, *there, *before]):
        old, one, other = (each.get(place, ()) for each in (before, here, there))
        if kind := _kind(old, one, other, known=base is not None):
            found.append(Difference(place, old, one, other, kind))
    return Merge(shape, base, mine, theirs, tuple(_in_order_of(shape, found)))


def _kind(base: Any, mine: Any, theirs: Any, *, known: bool) -> Kind | None:
    if mine == theirs:
        return Kind.BOTH if known and mine != base else None
    if known and theirs == base:
        return Kind.MINE
    return Kind.THEIRS if known and mine == base else Kind.COLLISION


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


def _with(shape: Shape[E], entry: E, place: Place, value: Any) -> E:
    changes: Any
    if place.key is None:
        changes = {place.field: value}
    else:
        part = next(each for each in shape.parts if each.name == place.field)
        kept = {**_by_key(part, getattr(entry, part.name)), place.key: value}
        changes = {part.name: tuple(in_order(row for rows in kept.values() for row in rows))}
    return replace(entry, **changes)


def _in_order_of(shape: Shape[Any], found: list[Difference]) -> list[Difference]:
    """Fields as the shape has them, then parts; within a part by key."""
    names = [*shape.columns, *(part.name for part in shape.parts)]
    return sorted(found, key=lambda each: (names.index(each.place.field), each.place.token))
