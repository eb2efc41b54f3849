"""Remove entries that should not be there any more, and bring entries back to what they said: to take an import back.

People withdraw a record; that leaves its rows. Only what nobody has touched since it was made, and nothing refers to,
is removed. Its rows go, its history stays and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from ewm.capture.base import rows
from ewm.capture.entries import Item
from ewm.capture.referring import references
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.shapes import attribute_of
from ewm.capture.writing import row_delete, row_update, rows_create, rows_delete

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from ewm.capture.base import Versioned
    from ewm.capture.entry_writing import Occasion
    from ewm.capture.shapes import Part, Shape
    from ewm.errors import Refusal

E = TypeVar("E", bound=Item)

_BATCH = 500

IN_USE = Rule(
    "removed_without_reference",
    "code",
    "Der Eintrag wird verwendet",
    "Bitte zuerst dort herausnehmen, oder ihn zurückziehen.",
)


def entries_remove(shape: Shape[E], versions: Mapping[int, int], occasion: Occasion) -> None:
    """Remove records (version by id) with their parts, all or none.

    Raises RefusedError where anything but the records themselves refers to one of them, ConflictError where one has
    another version by now.
    """
    with transaction.atomic():
        found = shape.model.objects
        ids = sorted(versions)
        records = [
            row for start in range(0, len(ids), _BATCH) for row in found.filter(pk__in=ids[start : start + _BATCH])
        ]
        refuse_all(_in_use(shape, {row.pk: row.code for row in records}))
        for part in shape.parts:
            rows_delete(_parts(part, ids), reason=occasion.reason, recorded_at=occasion.now)
        gone = versions.keys() - {row.pk for row in records}
        wanted = [*(_row(shape, pk) for pk in sorted(gone)), *records]
        for row in wanted:
            row.version = versions[row.pk]
        rows_delete(wanted, reason=occasion.reason, recorded_at=occasion.now)


def _in_use(shape: Shape[E], codes: Mapping[int, str]) -> Iterator[Refusal]:
    for each in references(shape.model, codes):
        owner, row = each.owner or (None, 0)
        if owner is not shape.model or row not in codes:
            yield IN_USE.refuse(codes[each.target], str(each.model._meta.verbose_name))


def _row(shape: Shape[E], pk: int) -> Versioned:
    values: dict[str, Any] = {"id": pk}
    return shape.model(**values)


def _parts(part: Part, owners: Sequence[int]) -> list[Versioned]:
    return [
        row
        for start in range(0, len(owners), _BATCH)
        for row in part.model.objects.filter(**{f"{part.owner}__in": owners[start : start + _BATCH]})
    ]


def entry_restore(shape: Shape[E], pk: int, *, version: int, before: datetime, occasion: Occasion) -> int:
    """Bring a record and its parts, row by row, to what they were at a moment; returns the new version.

    Rows that were taken out come back with their ids. Raises ConflictError where it no longer has ``version``.
    """
    with transaction.atomic():
        was, now = rows(shape.model, before).get(pk=pk), shape.model.objects.get(pk=pk)
        names = [attribute_of(shape.model, name) for name in shape.columns]
        changes = {name: getattr(was, name) for name in names if getattr(was, name) != getattr(now, name)}
        row = row_update(now, version=version, values=changes, reason=occasion.reason, recorded_at=occasion.now)
        for part in shape.parts:
            _restore_part(part, pk, before, occasion)
    return int(row.version)


def _restore_part(part: Part, owner: int, before: datetime, occasion: Occasion) -> None:
    of_owner = {f"{part.owner}_id": owner}
    was: dict[int, Any] = {row.pk: row for row in rows(part.model, before).filter(**of_owner)}
    now: dict[int, Any] = {row.pk: row for row in part.model.objects.filter(**of_owner)}
    for pk in sorted(now.keys() - was.keys()):
        row_delete(now[pk], version=now[pk].version, reason=occasion.reason, recorded_at=occasion.now)
    names = [field.attname for field in part.model._meta.concrete_fields if field.attname not in {"id", "version"}]
    for pk in sorted(now.keys() & was.keys()):
        row = now[pk]
        changes = {name: getattr(was[pk], name) for name in names if getattr(was[pk], name) != getattr(row, name)}
        if changes:
            row_update(row, version=row.version, values=changes, reason=occasion.reason, recorded_at=occasion.now)
    again = [
        part.model(**{"id": pk} | {name: getattr(was[pk], name) for name in names})
        for pk in sorted(was.keys() - now.keys())
    ]
    rows_create(again, recorded_at=[occasion.now] * len(again), reason=occasion.reason)
