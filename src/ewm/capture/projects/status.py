"""Change a project's status: a dated event is added or taken back, none is written over."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ewm.capture.entry_reading import read_entries
from ewm.capture.forms.entry_form import EntryForm
from ewm.capture.forms.fields import DayField, TermField
from ewm.capture.projects.entries import PROJECT, StatusEvent
from ewm.capture.projects.services import project_update
from ewm.capture.published import snapshot_with
from ewm.capture.serving import CHANGED
from ewm.capture.writing import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ewm.capture.projects.entries import ProjectEntry
    from ewm.capture.shapes import Stored

ATTEMPTS = 5
STATUS_TAKEN_BACK = "Status zurückgenommen"


class StatusForm(EntryForm):
    """Which status begins on which day, and why."""

    status = TermField("status", label=_("Neuer Status"))
    status_from = DayField(
        label=_("Gilt ab"),
        help_text=_("Der Tag, an dem es geschehen ist, nicht der Tag der Eingabe. „h“ = heute."),
    )
    reason = forms.CharField(
        label=_("Grund"), max_length=200, required=False, help_text=_("Zum Beispiel „Bescheid vom 12.03.2021“.")
    )


def status_add(*, pk: int, status: str, status_from: date, reason: str) -> None:
    """Let a project have a status from a day on; what others write meanwhile stays.

    Raises RefusedError, for example where another status begins on that day.
    """
    event = StatusEvent(status_from=status_from, status=status)
    _change(pk, lambda entry: (*entry.status_events, event), reason or CHANGED)


def status_take_back(*, pk: int, status_from: date, reason: str = "") -> bool:
    """Take out the status that begins on a day; tells whether there was one.

    Raises RefusedError for the first one, and without a reason where a snapshot already shows that status.
    """
    found = False

    def without(entry: ProjectEntry) -> tuple[StatusEvent, ...]:
        nonlocal found
        kept = tuple(event for event in entry.status_events if event.status_from != status_from)
        found = len(kept) < len(entry.status_events)
        return kept

    _change(pk, without, reason.strip() or (CHANGED if _is_published(pk, status_from) else STATUS_TAKEN_BACK))
    return found


def _is_published(pk: int, status_from: date) -> bool:
    snapshot = snapshot_with(PROJECT, _stored(pk))
    return snapshot is not None and status_from <= snapshot.cut_off


def _change(pk: int, events: Callable[[ProjectEntry], tuple[StatusEvent, ...]], reason: str) -> None:
    """Write the events that a function makes of the stored project, again where somebody else was faster."""
    for _attempt in range(ATTEMPTS - 1):
        with suppress(ConflictError):
            return _change_once(pk, events, reason)
    return _change_once(pk, events, reason)


@transaction.atomic
def _change_once(pk: int, events: Callable[[ProjectEntry], tuple[StatusEvent, ...]], reason: str) -> None:
    stored = _stored(pk)
    wanted = events(stored.entry)
    if wanted != stored.entry.status_events:
        project_update(entry=replace(stored.entry, status_events=wanted), version=stored.version, reason=reason)


def _stored(pk: int) -> Stored[ProjectEntry]:
    (stored,) = read_entries(PROJECT, range(pk, pk + 1)).values()
    return stored
