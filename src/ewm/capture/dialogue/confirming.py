"""Confirm a hint, take that back, and tell the hints apart that are confirmed for the values they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ewm.capture.acting import acting
from ewm.capture.dialogue.models import LONGEST_REASON, HintConfirmation
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.serving import refused_when_overtaken
from ewm.capture.texts import check_text
from ewm.capture.writing import row_delete, row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.hints.values import Hint

MISSING_STAYS = Rule(
    "missing_is_not_confirmed",
    "reason",
    "Was fehlt, lässt sich nicht bestätigen",
    "Bitte die Angabe nachtragen.",
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Hints that are open, and those that are confirmed with their confirmation."""

    open: tuple[Hint, ...]
    confirmed: tuple[tuple[Hint, HintConfirmation], ...]


@refused_when_overtaken
def hint_confirm(*, hint: Hint, reason: str) -> HintConfirmation:
    """Say that a hint is right as it is, and why; an earlier confirmation on other values is replaced.

    Raises RefusedError where a statement is missing or the reason is.
    """
    finding = hint.finding
    wrong = list(check_text(finding.record, "reason", reason, "confirmation_reason_given", "", longest=LONGEST_REASON))
    if not hint.may_be_confirmed:
        wrong.append(MISSING_STAYS.refuse(finding.record, finding.short))
    refuse_all(wrong)
    now = timezone.now()
    values = {"basis": finding.basis, "reason": reason.strip(), "account": acting().account, "moment": now}
    with transaction.atomic():
        key = {"name": hint.name, "kind": finding.kind, "record": finding.record}
        stored: HintConfirmation | None = HintConfirmation.objects.filter(**key).first()
        if stored is not None:
            return row_update(stored, version=stored.version, values=values, reason="bestätigt", recorded_at=now)
        made = HintConfirmation(**key, **values)
        rows_create([made], recorded_at=[now], reason="bestätigt")
        return made


def confirmation_withdraw(*, confirmation: HintConfirmation) -> None:
    """Take a confirmation back: the hint is open again; the history keeps it. Raises ConflictError."""
    row_delete(confirmation, version=confirmation.version, reason="Bestätigung zurückgenommen")


def sort_hints(hints: Iterable[Hint]) -> Sorted:
    """Tell open hints from confirmed ones, in one query; a confirmation on other values does not hold."""
    every = list(hints)
    known = {
        (each.name, each.kind, each.record): each
        for each in HintConfirmation.objects.filter(record__in={hint.finding.record for hint in every})
    }
    left, confirmed = [], []
    for hint in every:
        found = known.get((hint.name, hint.finding.kind, hint.finding.record))
        if found is not None and found.basis == hint.finding.basis and hint.may_be_confirmed:
            confirmed.append((hint, found))
        else:
            left.append(hint)
    return Sorted(tuple(left), tuple(confirmed))
