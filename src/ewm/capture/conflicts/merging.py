"""Merge two versions of an entry that came from the same one.

An entry is a set of places: its own fields, and for each part one place per key (a day of status, a partner, a term).
A place that only one side changed takes that change; a place that both changed alike takes it once; a place that both
changed differently collides. Dated events, partners, assignments and grants therefore never collide unless both sides
touched the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ewm.capture.entries import Item
from ewm.capture.places import Place, order_of_place, places, with_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.shapes import Shape

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
                entry = with_place(self.shape, entry, each.place, each.mine)
        return entry


def merge_three(shape: Shape[E], *, base: E | None, mine: E, theirs: E) -> Merge[E]:
    """Compare two versions with the one that both came from; ``base`` is None where it is not known any more."""
    before, here, there = (places(shape, entry) for entry in (base, mine, theirs))
    found = []
    for place in dict.fromkeys([*here, *there, *before]):
        old, one, other = (each.get(place, ()) for each in (before, here, there))
        if kind := _kind(old, one, other, known=base is not None):
            found.append(Difference(place, old, one, other, kind))
    return Merge(shape, base, mine, theirs, tuple(sorted(found, key=lambda each: order_of_place(shape, each.place))))


def _kind(base: Any, mine: Any, theirs: Any, *, known: bool) -> Kind | None:
    if mine == theirs:
        return Kind.BOTH if known and mine != base else None
    if known and theirs == base:
        return Kind.MINE
    return Kind.THEIRS if known and mine == base else Kind.COLLISION
