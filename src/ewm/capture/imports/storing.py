"""Writes the tables of imports. They hold no records: they have no history, and change by thousands.

A step of an import begins by taking its state away from everybody else: of two that come at once only one goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from ewm.capture.imports.models import Import, ImportedKey, ImportedRecord, ImportItem, State
from ewm.capture.imports.rules import APPLIED_ALREADY, IS_RUNNING, NO_IMPORT, TAKEN_BACK_ALREADY, WRONG_STATE
from ewm.capture.refusing import refuse_all

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from ewm.errors import Refusal

_BATCH = 500
_PIECE = 1000
"""Rows that are written before others get a turn, where there is no transaction around them."""


def import_of(pk: int) -> Import:
    """Return an import as it is stored; raises RefusedError where there is none."""
    found = Import.objects.filter(pk=pk).first()
    if found is None:
        refuse_all([NO_IMPORT.refuse(f"Import {pk}")])
    assert found is not None  # noqa: S101 (refused above)
    return found


def label_of(imported: Import) -> str:
    """Return how messages call an import."""
    return f"Import {imported.pk}"


def move(pk: int, start: Collection[State], end: State, **values: Any) -> Import:
    """Bring an import from one of these states to another, if it still has one; returns it as stored.

    Raises RefusedError that says where it stands instead.
    """
    if not Import.objects.filter(pk=pk, state__in=start).update(state=end, **values):
        imported = import_of(pk)
        refuse_all([refusal_of(imported)])
    return import_of(pk)


def refusal_of(imported: Import) -> Refusal:
    """Return why a step of an import is refused in its state."""
    rules = {
        State.APPLIED: APPLIED_ALREADY,
        State.TAKEN_BACK: TAKEN_BACK_ALREADY,
        State.APPLYING: IS_RUNNING,
        State.READING: IS_RUNNING,
    }
    rule = rules.get(State(imported.state), WRONG_STATE)
    return rule.refuse(label_of(imported), str(State(imported.state).label))


def note(pk: int, **values: Any) -> None:
    """Change what an import says about itself, not where it stands."""
    Import.objects.filter(pk=pk).update(**values)


def locked(pk: int, start: Collection[State]) -> Import:
    """Return an import in one of these states, locked until the transaction ends; raises RefusedError in others."""
    imported = Import.objects.select_for_update(no_key=True).filter(pk=pk).first() or import_of(pk)
    if imported.state not in start:
        refuse_all([refusal_of(imported)])
    return imported


def wait_for_others() -> None:
    """Let only one transaction at a time apply imports or take them back.

    SQLite lets only one write anyway; on PostgreSQL whoever comes second waits here for the first.
    """
    list(Import.objects.select_for_update(no_key=True).order_by("pk")[:1])


def items_replace(
    imported: Import, items: Sequence[ImportItem], tell: Callable[[int], None] = lambda _done: None
) -> None:
    """Bring the stored records of an import to these; those that were stored before keep their number.

    Without a transaction around it, others can write between the pieces. ``tell`` hears how many are written.
    """
    while old := list(imported.items.values_list("pk", flat=True)[:_PIECE]):
        imported.items.filter(pk__in=old).delete()
        tell(0)
    for start in range(0, len(items), _PIECE):
        piece = items[start : start + _PIECE]
        ImportItem.objects.bulk_create(piece, batch_size=_BATCH)
        tell(start + len(piece))


def items_write(items: Iterable[ImportItem], fields: Sequence[str]) -> None:
    """Write these fields of stored records of imports."""
    rows = list(items)
    if rows:
        ImportItem.objects.bulk_update(rows, fields, batch_size=_BATCH)


def items_end(items: Iterable[ImportItem]) -> None:
    """Write what became of the records of an import."""
    table = connection.ops.quote_name(ImportItem._meta.db_table)
    statement = f"UPDATE {table} SET result = %s, result_code = %s WHERE id = %s"  # noqa: S608 (our own table)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(str(each.result), each.result_code, each.pk) for each in items])


def records_note(records: Sequence[ImportedRecord]) -> None:
    """Remember which records an import wrote."""
    ImportedRecord.objects.bulk_create(records, batch_size=_BATCH)


def keys_note(keys: Sequence[ImportedKey]) -> None:
    """Remember under which keys records came in."""
    ImportedKey.objects.bulk_create(keys, batch_size=_BATCH)
