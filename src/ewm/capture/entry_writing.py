"""Create and change entries of any shape. What they may say is the services' matter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from ewm.capture.base import standing
from ewm.capture.entries import Item, stored_fields
from ewm.capture.shapes import attribute_of, order_of, target_of
from ewm.capture.writing import row_delete, row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Key, Part, Shape, Stored

E = TypeVar("E", bound=Item)


@dataclass(slots=True)
class Targets:
    """Ids of the records that entries name by code, with the moment from which each is known."""

    _known: dict[type[Versioned], dict[str, tuple[int, datetime]]] = field(default_factory=dict)
    _merged: dict[type[Versioned], dict[str, str]] = field(default_factory=dict)

    def of(self, model: type[Versioned]) -> dict[str, tuple[int, datetime]]:
        """Return id and moment by code; read once."""
        if model not in self._known:
            # The records first: one that somebody else makes in between has a history, but not the other way round.
            codes = list(standing(model.objects.all()).values_list("code", "id"))
            first = dict(model.history.filter(history_type="+").values_list("id", "history_date"))
            self._known[model] = {code: (pk, first[pk]) for code, pk in codes}
        return self._known[model]

    def merged(self, model: type[Versioned]) -> dict[str, str]:
        """Return which record each merged one went up in, by code; read once, empty for kinds that are never merged."""
        if model not in self._merged:
            found = model.objects.exclude(merged_into=None) if hasattr(model, "merged_into") else None
            self._merged[model] = dict(found.values_list("code", "merged_into__code")) if found is not None else {}
        return self._merged[model]

    def add(self, model: type[Versioned], code: str, pk: int, moment: datetime) -> None:
        """Remember a record that was just created."""
        self.of(model)[code] = (pk, moment)


def _values(model: type[Versioned], names: Iterable[str], item: Item, targets: Targets) -> dict[str, Any]:
    values = {}
    for name in names:
        value, target = getattr(item, name), target_of(model, name)
        values[attribute_of(model, name)] = targets.of(target)[value][0] if target and value is not None else value
    return values


def _moment(model: type[Versioned], item: Item, targets: Targets, since: datetime) -> datetime:
    """When a part becomes known: as recorded, but not before its record nor before whom it refers to."""
    moments = [since, item.recorded_at or since]
    for name in stored_fields(type(item)):
        target = target_of(model, name)
        if target and getattr(item, name) is not None:
            moments.append(targets.of(target)[getattr(item, name)][1])
    return max(moments)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and when something is written, with the ids of the records that entries name."""

    reason: str
    now: datetime
    targets: Targets = field(default_factory=Targets)


def entries_create(shape: Shape[E], entries: Sequence[E], occasion: Occasion) -> list[int]:
    """Insert entries that obey all rules; returns their ids in the order given."""
    records = [shape.model(**_values(shape.model, shape.columns, entry, occasion.targets)) for entry in entries]
    moments = [entry.recorded_at or occasion.now for entry in entries]
    rows_create(records, recorded_at=moments, reason=occasion.reason)
    for part in shape.parts:
        new = [
            (row.pk, item, moment)
            for row, entry, moment in zip(records, entries, moments, strict=True)
            for item in getattr(entry, part.name)
        ]
        part_create(part, new, occasion)
    return [row.pk for row in records]


def part_create(part: Part, new: Sequence[tuple[int, Item, datetime]], occasion: Occasion) -> None:
    """Insert rows of a part: its owner's id, the item, and the moment before which it cannot be known."""
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

    Rows that changed keep their id. All of it is known from now on: the states of the past stay as they were.
    Raises ConflictError where somebody else was faster.
    """
    identity = {attribute_of(shape.model, name): getattr(stored.entry, name) for name in shape.key}
    identity["id"] = stored.id
    changed = [name for name in shape.columns if getattr(entry, name) != getattr(stored.entry, name)]
    row = row_update(
        shape.model(**identity),
        version=version,
        values=_values(shape.model, changed, entry, occasion.targets),
        reason=occasion.reason,
        recorded_at=occasion.now,
    )
    for part in shape.parts:
        _update_part(part, stored.id, getattr(entry, part.name), occasion)
    return row.version


def _update_part(part: Part, owner: int, items: Iterable[Item], occasion: Occasion) -> None:
    wanted = dict(_numbered(part, ((item, item) for item in items)))
    stored = dict(_numbered(part, _rows_with_items(part, owner)))
    for key in stored.keys() - wanted.keys():
        row_delete(stored[key], version=stored[key].version, reason=occasion.reason, recorded_at=occasion.now)
    part_create(part, [(owner, item, occasion.now) for key, item in wanted.items() if key not in stored], occasion)
    for key in stored.keys() & wanted.keys():
        row = stored[key]
        values = _values(part.model, stored_fields(part.item), wanted[key], occasion.targets)
        changes = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changes:
            row_update(row, version=row.version, values=changes, reason=occasion.reason, recorded_at=occasion.now)


def _rows_with_items(part: Part, owner: int) -> Iterator[tuple[Item, Versioned]]:
    names = stored_fields(part.item)
    relations = [name for name in names if target_of(part.model, name)]
    found = part.model.objects.filter(**{part.owner: owner})
    # Without a name, select_related would join whatever can be reached.
    for row in found.select_related(*relations) if relations else found:
        values: dict[str, Any] = {
            name: getattr(getattr(row, name), "code", None) if name in relations else _plain(part, row, name)
            for name in names
        }
        yield part.item(**values), row


def _plain(part: Part, row: Versioned, name: str) -> Any:
    return getattr(row, attribute_of(part.model, name))


T = TypeVar("T")


def _numbered(part: Part, pairs: Iterable[tuple[Item, T]]) -> Iterator[tuple[Key, T]]:
    """Give each row its key and, where a key may occur twice, its number among those."""
    seen: Counter[Key] = Counter()
    for item, value in sorted(pairs, key=lambda pair: order_of(pair[0])):
        key = tuple(getattr(item, name) for name in part.key)
        seen[key] += 1
        yield (*key, seen[key]), value
