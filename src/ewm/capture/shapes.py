"""How an entry lies in tables: one row of its own, and the rows of its parts; read, created and updated for all alike.

The record's version guards the whole entry: it grows with every change of a part, too. A part has a version of its own,
so that its history is complete, but nobody is asked for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ewm.capture.base import Versioned
from ewm.capture.entries import Item, stored_fields
from ewm.capture.refusing import Rule
from ewm.capture.writing import row_delete, row_update, rows_create
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

E = TypeVar("E", bound=Item)
Key = tuple[Any, ...]

NOT_STORED = Rule("not_stored", "code", "Diesen Eintrag gibt es noch nicht", "Bitte anlegen statt ändern.")


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


@dataclass(slots=True)
class Targets:
    """Ids of the records that entries name by code, with the moment from which each is known."""

    _known: dict[type[Versioned], dict[str, tuple[int, datetime]]] = field(default_factory=dict)

    def of(self, model: type[Versioned]) -> dict[str, tuple[int, datetime]]:
        """Return id and moment by code; read once."""
        if model not in self._known:
            first = dict(model.history.filter(history_type="+").values_list("id", "history_date"))
            codes = model.objects.values_list("code", "id")
            self._known[model] = {code: (pk, first[pk]) for code, pk in codes}
        return self._known[model]

    def add(self, model: type[Versioned], code: str, pk: int, moment: datetime) -> None:
        """Remember a record that was just created."""
        self.of(model)[code] = (pk, moment)


@cache
def target_of(model: type[Versioned], name: str) -> type[Versioned] | None:
    """Return the model that a field refers to by code; None for a plain value and for a term's or cluster's id."""
    each = model._meta.get_field(name)
    if not each.is_relation or not isinstance(each.related_model, type) or not hasattr(each.related_model, "code"):
        return None
    by_id: bool = each.target_field.primary_key  # type: ignore[union-attr]
    return each.related_model if by_id and issubclass(each.related_model, Versioned) else None


@cache
def _attribute(model: type[Versioned], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))


def _lookup(model: type[Versioned], name: str) -> str:
    return f"{name}__code" if target_of(model, name) else _attribute(model, name)


def _values(model: type[Versioned], names: Iterable[str], item: Item, targets: Targets) -> dict[str, Any]:
    values = {}
    for name in names:
        value, target = getattr(item, name), target_of(model, name)
        values[_attribute(model, name)] = targets.of(target)[value][0] if target and value is not None else value
    return values


def _moment(model: type[Versioned], item: Item, targets: Targets, since: datetime) -> datetime:
    """When a part becomes known: as recorded, but not before its record nor before whom it refers to."""
    moments = [since, item.recorded_at or since]
    for name in stored_fields(type(item)):
        target = target_of(model, name)
        if target and getattr(item, name) is not None:
            moments.append(targets.of(target)[getattr(item, name)][1])
    return max(moments)


def read_entries(shape: Shape[E], pks: Sequence[int] | None = None) -> dict[Key, Stored[E]]:
    """Read entries with all their parts, by key; all of them, or those with these ids."""
    found = shape.model.objects.all() if pks is None else shape.model.objects.filter(pk__in=pks)
    parts = {part.name: _read_part(part, pks) for part in shape.parts}
    names = shape.columns
    entries = {}
    for pk, version, *values in found.values_list("id", "version", *(_lookup(shape.model, name) for name in names)):
        items: dict[str, Any] = {name: tuple(_sorted(rows[pk])) for name, rows in parts.items() if pk in rows}
        entry = shape.entry(**dict(zip(names, values, strict=True)), **items)
        entries[shape.key_of(entry)] = Stored(pk, version, entry)
    return entries


def read_keys(shape: Shape[E]) -> set[Key]:
    """Read the keys of all stored entries."""
    return set(shape.model.objects.values_list(*(_lookup(shape.model, name) for name in shape.key)))


def read_entry(shape: Shape[E], entry: E) -> Stored[E]:
    """Read the stored entry with the key of this one; raises RefusedError where there is none."""
    key = shape.key_of(entry)
    wanted = {_attribute(shape.model, name): value for name, value in zip(shape.key, key, strict=True)}
    pks = list(shape.model.objects.filter(**wanted).values_list("id", flat=True))
    if not pks:
        raise RefusedError([NOT_STORED.refuse(shape.label(entry), place=entry.place)])
    return read_entries(shape, pks)[key]


def _read_part(part: Part, pks: Sequence[int] | None) -> dict[int, list[Item]]:
    names = stored_fields(part.item)
    found = part.model.objects.all() if pks is None else part.model.objects.filter(**{f"{part.owner}__in": pks})
    items: dict[int, list[Item]] = defaultdict(list)
    columns = (_lookup(part.model, name) for name in names)
    for owner, *values in found.values_list(f"{part.owner}_id", *columns):
        items[owner].append(part.item(**dict(zip(names, values, strict=True))))
    return items


def _sorted(items: Iterable[Item]) -> list[Item]:
    """Bring the rows of a part into one order, whatever order they were given in."""
    return sorted(items, key=_order)


def _order(item: Item) -> list[str]:
    return [str(getattr(item, name)) for name in stored_fields(type(item))]


def same(shape: Shape[E], one: E, other: E) -> bool:
    """Tell whether two entries store the same, in whatever order their parts are given."""
    return all(getattr(one, name) == getattr(other, name) for name in shape.columns) and all(
        _sorted(getattr(one, part.name)) == _sorted(getattr(other, part.name)) for part in shape.parts
    )


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and when something is written, with the ids of the records that entries name."""

    reason: str
    now: datetime
    targets: Targets = field(default_factory=Targets)


def entries_create(shape: Shape[E], entries: Sequence[E], occasion: Occasion) -> list[int]:
    """Insert entries that obey all rules; returns their ids in the order given."""
    rows = [shape.model(**_values(shape.model, shape.columns, entry, occasion.targets)) for entry in entries]
    moments = [entry.recorded_at or occasion.now for entry in entries]
    rows_create(rows, recorded_at=moments, reason=occasion.reason)
    for part in shape.parts:
        new = [
            (row.pk, item, moment)
            for row, entry, moment in zip(rows, entries, moments, strict=True)
            for item in getattr(entry, part.name)
        ]
        _create_part(part, new, occasion)
    return [row.pk for row in rows]


def _create_part(part: Part, new: Sequence[tuple[int, Item, datetime]], occasion: Occasion) -> None:
    """Insert rows of a part: owner, item and the moment before which it cannot be known."""
    rows_create(
        [_part_row(part, item, owner, occasion.targets) for owner, item, _ in new],
        recorded_at=[_moment(part.model, item, occasion.targets, since) for _, item, since in new],
        reason=occasion.reason,
    )


def _part_row(part: Part, item: Item, owner: int, targets: Targets) -> Versioned:
    values = _values(part.model, stored_fields(part.item), item, targets)
    return part.model(**{f"{part.owner}_id": owner}, **values)


def entry_update(shape: Shape[E], stored: Stored[E], entry: E, *, version: int, occasion: Occasion) -> int:
    """Bring a stored entry to what ``entry`` says, if it still has this version; returns the new version.

    Rows that changed keep their id. Raises ConflictError where somebody else was faster.
    """
    identity = {_attribute(shape.model, name): getattr(stored.entry, name) for name in shape.key}
    identity["id"] = stored.id
    changed = [name for name in shape.columns if getattr(entry, name) != getattr(stored.entry, name)]
    row = row_update(
        shape.model(**identity),
        version=version,
        values=_values(shape.model, changed, entry, occasion.targets),
        reason=occasion.reason,
        recorded_at=occasion.now,
    )
    known_since = shape.model.history.filter(id=stored.id).values_list("history_date", flat=True).last()
    for part in shape.parts:
        _update_part(part, stored.id, getattr(entry, part.name), known_since, occasion)
    return row.version


def _update_part(part: Part, owner: int, items: Iterable[Item], known_since: datetime, occasion: Occasion) -> None:
    wanted = dict(_numbered(part, ((item, item) for item in items)))
    stored = dict(_numbered(part, _rows_with_items(part, owner)))
    for key in stored.keys() - wanted.keys():
        row_delete(stored[key], version=stored[key].version, reason=occasion.reason, recorded_at=occasion.now)
    new = [
        (owner, item, known_since if item.recorded_at else occasion.now)
        for key, item in wanted.items()
        if key not in stored
    ]
    _create_part(part, new, occasion)
    for key in stored.keys() & wanted.keys():
        row = stored[key]
        values = _values(part.model, stored_fields(part.item), wanted[key], occasion.targets)
        changes = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changes:
            row_update(row, version=row.version, values=changes, reason=occasion.reason, recorded_at=occasion.now)


def _rows_with_items(part: Part, owner: int) -> Iterator[tuple[Item, Versioned]]:
    names = stored_fields(part.item)
    relations = [name for name in names if target_of(part.model, name)]
    for row in part.model.objects.filter(**{part.owner: owner}).select_related(*relations):
        values = {
            name: getattr(row, name).code if name in relations else getattr(row, _attribute(part.model, name))
            for name in names
        }
        yield part.item(**values), row


T = TypeVar("T")


def _numbered(part: Part, pairs: Iterable[tuple[Item, T]]) -> Iterator[tuple[Key, T]]:
    """Give each row its key and, where a key may occur twice, its number among those."""
    seen: Counter[Key] = Counter()
    for item, value in sorted(pairs, key=lambda pair: _order(pair[0])):
        key = tuple(getattr(item, name) for name in part.key)
        seen[key] += 1
        yield (*key, seen[key]), value
