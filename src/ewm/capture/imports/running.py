"""Which steps somebody can wait for, and those in the background: put into the queue, watched, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ewm.capture.background.queue import taking_tasks
from ewm.capture.imports import files, progress
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.profiles import profile_as_json
from ewm.capture.imports.reading import PREVIEW_CELLS, UnreadableFileError, look_at
from ewm.capture.imports.storing import import_of, move
from ewm.capture.imports.tasks import apply_import, find_import, let_go, read_import

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.profiles import Profile

APPLIED_AT_ONCE = 500
"""Up to here records are taken over while somebody waits."""
OPEN = (State.MAPPING, State.REVIEWING)


def reads_at_once(imported: int) -> bool:
    """Tell whether somebody can wait for the reading; so they can for the word that it is no table."""
    try:
        return not look_at(files.file_of(imported, import_of(imported).file_name)).large
    except UnreadableFileError:
        return True


def finds_at_once(imported: Import) -> bool:
    """Tell whether somebody can wait until the records of a table are found."""
    return imported.cells <= PREVIEW_CELLS


def applies_at_once(imported: Import) -> bool:
    """Tell whether somebody can wait until the records are taken over."""
    return imported.items.count() <= APPLIED_AT_ONCE


def enqueue_reading(imported: int, sheet: str = "") -> Import:
    """Let the file be read in the background, also another sheet of it; raises RefusedError where nothing is read."""
    with transaction.atomic():
        found = move(imported, (State.READING, *OPEN), State.READING, message="")
        progress.begin_anew(imported)
        read_import.enqueue(imported, sheet)
    return found


def enqueue_finding(imported: int, profile: Profile | None, answers: Mapping[str, str]) -> Import:
    """Let the records be found in the background; raises RefusedError in other states than those of mapping."""
    with transaction.atomic():
        found = move(imported, OPEN, State.READING, message="")
        progress.begin_anew(imported)
        find_import.enqueue(imported, profile_as_json(profile) if profile else None, dict(answers))
    return found


def enqueue_applying(imported: int, account: int | None, reason: str = "") -> Import:
    """Let the records be taken over in the background; raises RefusedError where that was done or is not possible."""
    with transaction.atomic():
        found = move(imported, (State.REVIEWING,), State.APPLYING, message="")
        progress.begin_anew(imported)
        apply_import.enqueue(imported, account, reason)
    return found


def cancel(imported: int) -> Import:
    """Let a step that waits or runs end before it writes anything; returns the import as it stands now.

    One that waits is ended at once, one that runs within a second; where it was faster, the import is applied, which
    can be taken back.
    """
    progress.wish_to_cancel(imported)
    for task in DBTaskResult.objects.ready():
        waiting = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.READY)
        if task.args_kwargs["args"][:1] == [imported] and waiting.delete()[0]:
            let_go(imported)
    return import_of(imported)


def how_far(imported: Import) -> tuple[int, int]:
    """Return how much of how much is done, 0 of 0 where nobody knows yet."""
    return progress.how_far(imported.pk)


def waits_in_vain() -> bool:
    """Tell whether nobody takes tasks: the administration has to start the worker."""
    return not taking_tasks()
