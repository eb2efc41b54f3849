"""How an entry lies in tables: one row of its own, and the rows of its parts.

The record's version guards the whole entry: it grows with every change of a part, too. A part has a version of its own,
so that its history is complete, but nobody is asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ewm.capture.base import Versioned
from ewm.capture.entries import Item, stored_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.refusing import Rule

E = TypeVar("E", bound=Item)
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a record: the entry's field for them, their model, its key to the record, their own key.

    ``once`` is the rule that a key occurs once in a record; without it the same key may come again.
    """

    name: str
    model: type[Versioned]
    item: type[Item]
    owner: str
    key: tuple[str, ...]
    once: Rule | None


@dataclass(frozen=True, slots=True)
class Shape(Generic[E]):
    """A kind of entry: model of its own row, fields that identify it, the rule that they occur once, its parts."""

    model: type[Versioned]
    entry: type[E]
    key: tuple[str, ...]
    once: Rule
    parts: tuple[Part, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Fields that lie in the record's own row."""
        names = {part.name for part in self.parts}
        return tuple(name for name in stored_fields(self.entry) if name not in names)

    def key_of(self, entry: E) -> Key:
        """Return what identifies an entry."""
        return tuple(getattr(entry, name) for name in self.key)

    def label(self, entry: E) -> str:
        """Return how messages call an entry: its code, else its key in words."""
        return " ".join(str(value) for value in self.key_of(entry) if value is not None)


@dataclass(frozen=True, slots=True)
class Stored(Generic[E]):
    """An entry as the database has it, with its id and version."""

    id: int
    version: int
    entry: E


@cache
def target_of(model: type[Versioned], name: str) -> type[Versioned] | None:
    """Return the model that a field refers to by code; None for a plain value and for a term's or cluster's id."""
    each = model._meta.get_field(name)
    if not each.is_relation or not isinstance(each.related_model, type) or not hasattr(each.related_model, "code"):
        return None
    by_id: bool = each.target_field.primary_key  # type: ignore[union-attr]
    return each.related_model if by_id and issubclass(each.related_model, Versioned) else None


@cache
def attribute_of(model: type[Versioned], name: str) -> str:
    """Return the model's attribute that holds a field's value, of a relation its id."""
    return str(getattr(model._meta.get_field(name), "attname", name))


def in_order(items: Iterable[Item]) -> list[Item]:
    """Bring the rows of a part into one order, whatever order they were given in."""
    return sorted(items, key=order_of)


def order_of(item: Item) -> list[str]:
    """Return by what the rows of a part are ordered."""
    return [str(getattr(item, name)) for name in stored_fields(type(item))]


def same(shape: Shape[E], one: E, other: E) -> bool:
    """Tell whether two entries store the same, in whatever order their parts are given."""
    return all(getattr(one, name) == getattr(other, name) for name in shape.columns) and all(
        in_order(getattr(one, part.name)) == in_order(getattr(other, part.name)) for part in shape.parts
    )
