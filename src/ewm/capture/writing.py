"""The only place that writes rows of capture: every write bumps the version and leaves a history entry.

``save()`` leaves history too, but does not notice that somebody else was faster; ``update()`` and the bulk methods
leave none. So no other module uses them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from ewm.capture.base import acting_account, acting_channel
from ewm.capture.refusing import Rule, german_day_of
from ewm.errors import EwmError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ewm.capture.base import Versioned

Row = TypeVar("Row", bound="Versioned")

_BATCH = 500

CHANGE_BEFORE_LAST = Rule("change_before_last", "recorded_on", "Die Änderung liegt vor der letzten des Eintrags")


class ConflictError(EwmError):
    """Somebody else changed the row since it was read: nothing was written.

    ``mine`` holds the refused values, ``theirs`` the stored values of the same fields, or None where the row is gone.
    """

    exit_code = 4

    def __init__(
        self, *, what: str, my_version: int, their_version: int | None, mine: Mapping[str, Any], theirs: Any
    ) -> None:
        self.my_version = my_version
        self.their_version = their_version
        self.mine = mine
        self.theirs: Mapping[str, Any] | None = theirs
        found = "inzwischen gelöscht" if their_version is None else f"inzwischen Fassung {their_version}"
        super().__init__(
            f"{what}: geändert werden sollte Fassung {my_version}, gespeichert ist {found}. "
            "Bitte den Eintrag neu laden und die Änderung dort eintragen."
        )


def rows_create(rows: Sequence[Versioned], *, recorded_at: Sequence[datetime], reason: str) -> None:
    """Insert rows of one model with their ids and first history entries; ``recorded_at`` has one moment per row."""
    if not rows:
        return
    model = type(rows[0])
    with transaction.atomic():
        model.objects.bulk_create(rows)
        ids = defaultdict(list)
        for row, moment in zip(rows, recorded_at, strict=True):
            ids[moment].append(row.pk)
        for moment, created in ids.items():
            for start in range(0, len(created), _BATCH):
                _remember(model, created[start : start + _BATCH], moment, reason)


def _remember(model: type[Versioned], created: Sequence[int], moment: datetime, reason: str) -> None:
    """Let the database copy new rows to their history, as entries that say they were created.

    It has them already. Sent a second time, they would take two thirds of the time in which, on SQLite, nobody else
    can write.
    """
    history = model.history.model
    named = {field.name: field for field in history._meta.concrete_fields}
    told: dict[str, Any] = {
        "history_date": moment,
        "history_change_reason": reason,
        "history_type": "+",
        "history_user_id": acting_account(),
        "history_channel": acting_channel(),
    }
    quote = connection.ops.quote_name
    copied = [quote(str(field.column)) for field in history.tracked_fields]
    into = [*copied, *(quote(str(named[name].column)) for name in told)]
    values = [named[name].get_db_prep_save(value, connection) for name, value in told.items()]
    statement = (
        f"INSERT INTO {quote(history._meta.db_table)} ({', '.join(into)}) "  # noqa: S608 (names of our own tables)
        f"SELECT {', '.join(copied)}, {', '.join(['%s'] * len(values))} FROM {quote(model._meta.db_table)} "
        f"WHERE {quote(str(model._meta.pk.column))} IN ({', '.join(['%s'] * len(created))}) ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *created])


def row_update(
    row: Row, *, version: int, values: Mapping[str, Any], reason: str, recorded_at: datetime | None = None
) -> Row:
    """Change fields of one row if it still has this version; return it as stored, with the next version.

    Raises ConflictError where it has another version or is gone, RefusedError where ``recorded_at`` (default: now)
    lies before the row's last change.
    """
    model = type(row)
    moment = recorded_at or timezone.now()
    with transaction.atomic():
        changed = model.objects.filter(pk=row.pk, version=version).update(**values, version=version + 1)
        if not changed:
            raise _conflict(row, version, values)
        _refuse_before_last_change(row, moment)
        stored: Row = model.objects.get(pk=row.pk)
        model.history.bulk_history_create([stored], update=True, default_date=moment, default_change_reason=reason)
    return stored


def row_delete(row: Versioned, *, version: int, reason: str, recorded_at: datetime | None = None) -> None:
    """Take out one row if it still has this version; its history stays and says so. Raises as ``row_update``."""
    moment = recorded_at or timezone.now()
    model = type(row)
    with transaction.atomic():
        stored = model.objects.select_for_update().filter(pk=row.pk, version=version).first()
        if stored is None:
            raise _conflict(row, version, {})
        _refuse_before_last_change(row, moment)
        vars(stored)["_history_date"] = moment
        vars(stored)["_change_reason"] = reason
        stored.delete()


def rows_delete(rows: Sequence[Versioned], *, reason: str, recorded_at: datetime | None = None) -> None:
    """Take out rows of one model if each still has its version; their histories stay and say so.

    The caller has made sure that nothing refers to them; the database refuses the rest when the transaction ends.
    Raises as ``row_update``.
    """
    moment = recorded_at or timezone.now()
    with transaction.atomic():
        for start in range(0, len(rows), _BATCH):
            _delete_batch(rows[start : start + _BATCH], moment, reason)


def _delete_batch(batch: Sequence[Versioned], moment: datetime, reason: str) -> None:
    model, ids = type(batch[0]), [row.pk for row in batch]
    found = model.objects.filter(pk__in=ids)
    stored = {row.pk: row for row in found.select_for_update()}
    for row in batch:
        if row.pk not in stored or stored[row.pk].version != row.version:
            raise _conflict(row, row.version, {})
    last = model.history.filter(id__in=ids, history_date__gt=moment).values_list("id", flat=True).first()
    if last is not None:
        _refuse_before_last_change(stored[last], moment)
    history = model.history.model
    names = [field.attname for field in history.tracked_fields]
    model.history.bulk_create(
        [
            history(
                history_date=moment,
                history_change_reason=reason,
                history_type="-",
                **{name: getattr(row, name) for name in names},
            )
            for row in stored.values()
        ]
    )
    # delete() would leave a second history entry for each row, one statement each.
    found._raw_delete(found.db)  # noqa: SLF001


def _conflict(row: Versioned, version: int, values: Mapping[str, Any]) -> ConflictError:
    theirs = type(row).objects.filter(pk=row.pk).values("version", *values).first()
    return ConflictError(
        what=f"{row._meta.verbose_name} {getattr(row, 'code', row.pk)}",
        my_version=version,
        their_version=theirs.pop("version") if theirs else None,
        mine=dict(values),
        theirs=theirs,
    )


def _refuse_before_last_change(row: Versioned, moment: datetime) -> None:
    last = type(row).history.filter(id=row.pk).values_list("history_date", flat=True).first()
    if last is not None and moment < last:
        detail = f"{german_day_of(moment)} vor {german_day_of(last)}"
        raise RefusedError([CHANGE_BEFORE_LAST.refuse(str(getattr(row, "code", row.pk)), detail)])
