"""Withdraw an entry that should never have been made, and take it back.

Nothing is deleted: a withdrawn entry leaves lists, checks, counts and every snapshot from that moment on; states of the
past still have it, as they were. It keeps its code, its parts and its history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ewm.capture.base import is_withdrawable
from ewm.capture.editorial.models import SuccessStory
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.writing import row_update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.capture.base import Versioned
    from ewm.errors import Refusal

LONGEST_REASON = 180  # the history's column holds 200 characters

REASON_GIVEN = Rule("reason_given", "reason", "Der Grund fehlt", "Bitte in einem Satz angeben.")
REASON_LENGTH = Rule(
    "reason_length", "reason", "Der Grund hat mehr als %(most)s Zeichen", "Bitte kürzen.", (("most", LONGEST_REASON),)
)
WITHDRAWN = Rule("entry_withdrawn", "code", "Der Eintrag ist zurückgezogen", "Bitte zuerst zurückholen, dann ändern.")
WITHDRAWN_ALREADY = Rule("entry_withdrawn_once", "code", "Der Eintrag ist schon zurückgezogen", "Es ist nichts zu tun.")
NOT_WITHDRAWN = Rule("entry_not_withdrawn", "code", "Der Eintrag ist nicht zurückgezogen", "Es ist nichts zu tun.")
IN_A_STORY = Rule(
    "withdrawn_without_story",
    "code",
    "Ein Erfolgsbeispiel berichtet von diesem Eintrag",
    "Bitte zuerst das Erfolgsbeispiel einem anderen Eintrag zuordnen.",
)


def check_reason(record: str, reason: str) -> Iterator[Refusal]:
    """Yield a refusal of a reason that is blank or too long for the history."""
    if not reason.strip():
        yield REASON_GIVEN.refuse(record)
    elif len(reason) > LONGEST_REASON:
        yield REASON_LENGTH.refuse(record, str(len(reason)))


def record_withdraw(*, record: Versioned, version: int, reason: str) -> int:
    """Withdraw a project or an activity; returns the new version.

    Raises RefusedError without a reason, where it is withdrawn already or a success story tells of it; ConflictError
    where the record no longer has ``version``.
    """
    return _set(record, version=version, reason=reason, withdrawn=True)


def record_take_back(*, record: Versioned, version: int, reason: str) -> int:
    """Put a withdrawn entry back where it was; returns the new version. Raises as ``record_withdraw``."""
    return _set(record, version=version, reason=reason, withdrawn=False)


def refuse_withdrawn(model: type[Versioned], pk: int, label: str) -> Iterator[Refusal]:
    """Yield a refusal where a stored entry is withdrawn: nobody changes what nobody sees."""
    if is_withdrawable(model) and model.objects.filter(pk=pk, withdrawn=True).exists():
        yield WITHDRAWN.refuse(label)


def _set(record: Any, *, version: int, reason: str, withdrawn: bool) -> int:
    model = type(record)
    with transaction.atomic():
        stored = model.objects.get(pk=record.pk)
        refuse_all([*check_reason(stored.code, reason), *_wrong(stored, withdrawn=withdrawn)])
        row = row_update(stored, version=version, values={"withdrawn": withdrawn}, reason=reason.strip())
    return int(row.version)


def _wrong(stored: Any, *, withdrawn: bool) -> Iterator[Refusal]:
    if stored.withdrawn == withdrawn:
        yield (WITHDRAWN_ALREADY if withdrawn else NOT_WITHDRAWN).refuse(stored.code)
    if withdrawn and _stories(stored):
        yield IN_A_STORY.refuse(stored.code, ", ".join(_stories(stored)))


def _stories(stored: Any) -> list[str]:
    return list(SuccessStory.objects.filter(**{stored._meta.model_name: stored}).values_list("code", flat=True))
