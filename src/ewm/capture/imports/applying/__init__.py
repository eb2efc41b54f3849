"""Writes what is new or chosen, all of it or nothing, through the services that forms write through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from ewm.capture.acting import Channel, acting_as
from ewm.capture.imports.applying.apply import (
    ChangedSinceError,
    OvertakenError,
    RefusedRowsError,
    applied,
    apply,
    prepare,
)
from ewm.capture.imports.applying.refused import note_changed, note_refused
from ewm.capture.imports.kinds import KINDS
from ewm.capture.imports.models import State
from ewm.capture.imports.rules import OVERTAKEN, check_reason
from ewm.capture.imports.storing import import_of, label_of, locked, wait_for_others
from ewm.capture.refusing import refuse_all
from ewm.capture.writing import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.capture.imports.models import Import

    Progress = Callable[[int, int], None]

__all__ = ["import_apply"]

_ATTEMPTS = 3
_TAKEN_CODES = frozenset(kind.shape.once.name for kind in KINDS.values())


def import_apply(*, imported: int, account: int | None, reason: str = "", progress: Progress | None = None) -> Import:
    """Write everything that is new or chosen, in one transaction, through the channel import: to ``applied``.

    Records that are undecided or wrong are left out, with the reason. Raises RefusedError where nothing is to be
    written, where rules refuse a record (it stands as a problem at its item then), or where records have changed since
    the preview (those items are matched anew); then nothing is written and the import is ``reviewing``.
    """
    refuse_all(check_reason(label_of(import_of(imported)), reason))
    for last in (*(False for _ in range(_ATTEMPTS - 1)), True):
        try:
            return _apply_once(imported, account, reason, progress, last=last)
        except OvertakenError:
            continue
        except ChangedSinceError:
            raise note_changed(imported) from None
        except RefusedRowsError as error:
            if last or {each.rule for each in error.refusals} - _TAKEN_CODES:
                raise note_refused(imported, error, error.rows) from None
        except (ConflictError, IntegrityError):  # somebody wrote the same records at the same moment
            continue
    refuse_all([OVERTAKEN.refuse(label_of(import_of(imported)))])
    raise AssertionError


def _apply_once(pk: int, account: int | None, reason: str, progress: Progress | None, *, last: bool) -> Import:
    """Apply, prepared before the transaction where nobody can decide meanwhile; the last time within it."""
    found = import_of(pk)
    prepared = prepare(found, progress) if found.state == State.APPLYING and not last else None
    with acting_as(account, Channel.IMPORT), transaction.atomic():
        wait_for_others()
        imported = locked(pk, (State.REVIEWING, State.APPLYING))
        apply(imported, reason, progress, prepared)
        return applied(imported, reason)
