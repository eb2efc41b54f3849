"""The long steps of an import as tasks: reading, finding, applying. Each may begin anew where its worker was killed.

What a step writes stands in one transaction with the state that says it is done, so it is never done twice; a step
that finds the import elsewhere than where it left it does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver
from django.utils.translation import gettext_noop
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

from ewm.capture.imports import files
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.profiles import profile_from_json
from ewm.capture.imports.progress import CancelledError, Progress, begin_anew
from ewm.capture.imports.reading import IN_BACKGROUND, UnreadableFileError
from ewm.capture.imports.services import import_apply, import_map, import_read
from ewm.capture.imports.storing import import_of, move, note
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

CANCELLED = gettext_noop("Abgebrochen, übernommen ist nichts.")
GONE = gettext_noop("Die hochgeladene Datei ist nicht mehr da. Bitte noch einmal hochladen.")
BROKEN = gettext_noop(
    "Das ist ein Fehler der Software, übernommen ist nichts. Bitte noch einmal versuchen; "
    "kommt er wieder, nennen Sie der Administration die Nummer des Imports."
)


@task()
def read_import(imported: int, sheet: str) -> None:
    """Read the file."""
    if not _stands(imported, State.READING):
        return
    try:
        _step(imported, lambda tell: import_read(imported=imported, sheet=sheet, limits=IN_BACKGROUND, progress=tell))
    except UnreadableFileError:
        return  # the import says why
    except FileNotFoundError:
        move(imported, (State.READING,), State.FAILED, message=GONE)
    except CancelledError:
        let_go(imported)


@task()
def find_import(imported: int, profile: dict[str, Any] | None, answers: dict[str, str]) -> None:
    """Find the records of the file and match them."""
    if not _stands(imported, State.READING):
        return
    given = profile_from_json(profile) if profile else None
    try:
        _step(imported, lambda tell: import_map(imported=imported, profile=given, answers=answers, progress=tell))
    except RefusedError as error:
        send_back(imported, State.READING, State.MAPPING, str(error))
    except CancelledError:
        let_go(imported)


@task()
def apply_import(imported: int, account: int | None, reason: str) -> None:
    """Take over what is new or chosen."""
    if not _stands(imported, State.APPLYING):
        return
    try:
        _step(imported, lambda tell: import_apply(imported=imported, account=account, reason=reason, progress=tell))
    except RefusedError as error:
        send_back(imported, State.APPLYING, State.REVIEWING, str(error))
    except CancelledError:
        let_go(imported)


def let_go(imported: int) -> None:
    """Bring an import whose step was cancelled to where it was before: back to its rows or columns, or to its end."""
    found = import_of(imported)
    if found.state == State.APPLYING:
        send_back(imported, State.APPLYING, State.REVIEWING, CANCELLED)
    elif found.state == State.READING and found.cells:
        send_back(imported, State.READING, State.MAPPING, CANCELLED)
    elif found.state == State.READING:
        move(imported, (State.READING,), State.CANCELLED, message=CANCELLED)
        files.forget(imported)


def _stands(imported: int, state: State) -> bool:
    return Import.objects.filter(pk=imported, state=state).exists()


def _step(imported: int, step: Callable[[Progress], Any]) -> None:
    step(Progress(imported))
    begin_anew(imported)


def send_back(imported: int, state: State, to: State, message: str) -> None:
    """Let people go on where they were before the step, and tell them why."""
    begin_anew(imported)
    if _stands(imported, state):
        move(imported, (state,), to)
    note(imported, message=message)


@receiver(task_finished)
def tell_what_failed(task_result: Any, **_: Any) -> None:
    """Bring an import whose task failed to where people can go on, and say so."""
    if task_result.status != TaskResultStatus.FAILED or task_result.task.func not in _AFTER_A_FAULT:
        return
    imported = int(task_result.args[0])
    state, to = _AFTER_A_FAULT[task_result.task.func]
    if _stands(imported, state):
        send_back(imported, state, to, BROKEN)


STEPS = (read_import, find_import, apply_import)
_AFTER_A_FAULT = {
    read_import.func: (State.READING, State.FAILED),
    find_import.func: (State.READING, State.MAPPING),
    apply_import.func: (State.APPLYING, State.REVIEWING),
}
