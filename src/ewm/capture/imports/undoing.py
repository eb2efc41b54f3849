"""Take an import back as a whole: what it created goes, what it changed says again what it said before.

Nothing of anybody gets lost: a record that somebody has changed since, or that something else refers to, is told, and
either nothing is taken back or everything but that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ewm.capture.acting import Channel, acting_as
from ewm.capture.entry_removing import entries_remove, entry_restore
from ewm.capture.entry_writing import Occasion
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.kinds import KINDS
from ewm.capture.imports.models import Import, ImportedKey, ImportedRecord, State
from ewm.capture.imports.rules import CHANGED_OR_USED, TOO_LATE, check_reason
from ewm.capture.imports.storing import label_of, locked, move, wait_for_others
from ewm.capture.imports.touched import Left, touched
from ewm.capture.refusing import german_day_of, refuse_all
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["UNDO_DAYS", "Left", "Undone", "import_undo"]

UNDO_DAYS = 90
_MOMENT = timedelta(microseconds=1)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: how many records were removed and restored, and which stayed as they are."""

    removed: int
    restored: int
    left: tuple[Left, ...] = ()


def import_undo(*, imported: int, account: int | None, leave_changed: bool = False, reason: str = "") -> Undone:
    """Take an applied import back as a whole, in one transaction: to ``taken_back``.

    What it created is removed, what it changed says again what it said before. Raises RefusedError where records were
    changed or are used since, each by name; with ``leave_changed`` exactly those stay (``Undone.left``). Also where it
    is taken back already or was applied more than ninety days ago.
    """
    with acting_as(account, Channel.IMPORT), transaction.atomic():
        wait_for_others()
        found = locked(imported, (State.APPLIED,))
        _refuse_late(found, reason)
        records = list(found.records.order_by("pk"))
        left = touched(found, records, published=not reason.strip())
        if left and not leave_changed:
            raise RefusedError([_refusal(found, each) for each in left])
        stays = {(each.kind, each.row) for each in left}
        undone = _undo(found, [each for each in records if (each.kind, each.row) not in stays], reason, tuple(left))
        move(
            imported,
            (State.APPLIED,),
            State.TAKEN_BACK,
            taken_back_at=timezone.now(),
            message="\n".join(f"{each.code}, {each.name}: {each.why}" for each in left),
        )
    return undone


def _refuse_late(imported: Import, reason: str) -> None:
    label = label_of(imported)
    refuse_all(check_reason(label, reason))
    assert imported.applied_at is not None  # noqa: S101 (a constraint holds it)
    if timezone.now() - imported.applied_at > timedelta(days=UNDO_DAYS):
        refuse_all([TOO_LATE.refuse(label, f"übernommen am {german_day_of(imported.applied_at)}")])


def _refusal(imported: Import, left: Left) -> Any:
    return CHANGED_OR_USED.refuse(f"{label_of(imported)}, {left.code}", f"{left.name}: {left.why}")


def _undo(imported: Import, records: Sequence[ImportedRecord], reason: str, left: tuple[Left, ...]) -> Undone:
    told = f"{label_of(imported)} zurückgenommen" + (f": {reason.strip()}" if reason.strip() else "")
    occasion = Occasion(told[:200], timezone.now())
    changed = [each for each in records if not each.created]
    for each in changed:
        shape = KINDS[RecordKind(each.kind)].shape
        moment = shape.model.history.filter(id=each.row, version=each.version).values_list("history_date", flat=True)
        version = shape.model.objects.values_list("version", flat=True).get(pk=each.row)
        entry_restore(shape, each.row, version=version, before=moment[0] - _MOMENT, occasion=occasion)
    removed = 0
    for kind in reversed(list(KINDS)):  # what names actors goes before them
        rows = [each.row for each in records if each.created and each.kind == kind]
        model = KINDS[kind].shape.model
        versions = dict(model.objects.filter(pk__in=rows).values_list("pk", "version")) if rows else {}
        entries_remove(KINDS[kind].shape, versions, occasion)
        removed += len(versions)
    _forget(imported, records, {(each.kind, each.code) for each in left})
    return Undone(removed, len(changed), left)


def _forget(imported: Import, records: Sequence[ImportedRecord], stay: set[tuple[str, str]]) -> None:
    """Forget under which keys the records came in, but for those that stay; of removed ones any import's keys."""
    gone = {(each.kind, each.code) for each in records if each.created}
    keys = imported.keys.values_list("pk", "kind", "code")
    wanted = [pk for pk, kind, code in keys if (kind, code) not in stay]
    others = ImportedKey.objects.filter(code__in={code for _, code in gone}).values_list("pk", "kind", "code")
    wanted += [pk for pk, kind, code in others if (kind, code) in gone]
    ImportedKey.objects.filter(pk__in=wanted).delete()
