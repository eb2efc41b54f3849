"""Read entries of any shape, now or as they were known at a moment."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from ewm.capture.base import rows, standing
from ewm.capture.entries import Item, stored_fields
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Stored, attribute_of, target_of
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Key, Part, Shape

E = TypeVar("E", bound=Item)

_BATCH = 500

NOT_STORED = Rule("not_stored", "code", "Diesen Eintrag gibt es noch nicht", "Bitte anlegen statt ändern.")


def read_entries(
    shape: Shape[E], ids: range | Sequence[int] | None = None, *, as_of: datetime | None = None, withdrawn: bool = True
) -> dict[Key, Stored[E]]:
    """Read entries with all their parts, by key: all of them or those with these ids, now or as known at a moment.

    Of many single ids ``read_many`` reads some at a time.

    ``withdrawn=False`` leaves out the withdrawn ones.
    """
    codes = _Codes(as_of)
    names = shape.columns
    swaps = codes.swaps(shape.model, names)
    entries = {}
    columns = (attribute_of(shape.model, name) for name in names)
    known = rows(shape.model, as_of)
    found = _within(known if withdrawn else standing(known), "id", ids).order_by("id")
    # The records before their parts: who saves in between makes the parts newer than the version read here, and the
    # next save notices. The other way round, older parts would pass for the new version's and overwrite what is new.
    records = list(found.values_list("id", "version", *columns))
    parts = {part.name: _read_part(part, ids, codes) for part in shape.parts}
    for pk, version, *values in records:
        _swap(values, swaps)
        items: dict[str, Any] = {name: tuple(each[pk]) for name, each in parts.items() if pk in each}
        entry = shape.entry(**dict(zip(names, values, strict=True)), **items)
        entries[shape.key_of(entry)] = Stored(pk, version, entry)
    return entries


def read_many(shape: Shape[E], ids: Iterable[int], *, as_of: datetime | None = None) -> dict[Key, Stored[E]]:
    """Read the entries with these ids, however many and wherever they lie."""
    wanted = sorted(set(ids))
    found: dict[Key, Stored[E]] = {}
    for start in range(0, len(wanted), _BATCH):
        found |= read_entries(shape, wanted[start : start + _BATCH], as_of=as_of)
    return found


def _within(found: QuerySet[Any], column: str, ids: range | Sequence[int] | None) -> QuerySet[Any]:
    if ids is None:
        return found
    if isinstance(ids, range):
        return found.filter(**{f"{column}__gte": ids.start, f"{column}__lt": ids.stop})
    return found.filter(**{f"{column}__in": ids})


def _read_part(part: Part, ids: range | Sequence[int] | None, codes: _Codes) -> dict[int, list[Item]]:
    names = stored_fields(part.item)
    swaps = codes.swaps(part.model, names)
    items: dict[int, list[Item]] = defaultdict(list)
    columns = (attribute_of(part.model, name) for name in names)
    found = _within(rows(part.model, codes.as_of), f"{part.owner}_id", ids)
    for owner, *values in found.values_list(f"{part.owner}_id", *columns):
        _swap(values, swaps)
        items[owner].append(part.item(**dict(zip(names, values, strict=True))))
    return items


class _Codes:
    """Codes of the records to which others refer by id, as known at one moment."""

    def __init__(self, as_of: datetime | None) -> None:
        self.as_of = as_of
        self._known: dict[type[Versioned], dict[int, str]] = {}

    def swaps(self, model: type[Versioned], names: Sequence[str]) -> list[tuple[int, dict[int, str]]]:
        """Return at which positions ids stand that entries show as codes, with the codes by id."""
        found = []
        for at, name in enumerate(names):
            target = target_of(model, name)
            if target is not None:
                if target not in self._known:
                    self._known[target] = dict(rows(target, self.as_of).values_list("id", "code"))
                found.append((at, self._known[target]))
        return found


def _swap(values: list[Any], swaps: list[tuple[int, dict[int, str]]]) -> None:
    """Put codes where ids stand; a record that is not known at that moment is shown by its number."""
    for at, codes in swaps:
        if values[at] is not None:
            values[at] = codes.get(values[at], f"#{values[at]}")


def read_keys(shape: Shape[E]) -> set[Key]:
    """Read the keys of all stored entries."""
    return set(shape.model.objects.values_list(*(attribute_of(shape.model, name) for name in shape.key)))


def id_of(shape: Shape[E], entry: E) -> int:
    """Return the id of the stored entry with the key of this one; raises RefusedError where there is none."""
    key = shape.key_of(entry)
    wanted = {attribute_of(shape.model, name): value for name, value in zip(shape.key, key, strict=True)}
    pk: int | None = shape.model.objects.filter(**wanted).values_list("id", flat=True).first()
    if pk is None:
        raise RefusedError([NOT_STORED.refuse(shape.label(entry), place=entry.place)])
    return pk
