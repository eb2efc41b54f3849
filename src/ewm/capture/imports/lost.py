"""Imports whose step was lost with the process that did it while somebody waited: they are handed on.

Such a step stands in no queue, so no worker would ever begin it anew.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ewm.capture.imports import files
from ewm.capture.imports.carrying import alone
from ewm.capture.imports.models import RUNNING, Import, State
from ewm.capture.imports.running import enqueue_reading
from ewm.capture.imports.storing import move
from ewm.capture.imports.tasks import STEPS, send_back

UPLOAD_LOST = gettext_noop(
    "Das Hochladen wurde unterbrochen, die Datei ist nicht ganz angekommen. Bitte noch einmal hochladen."
)
STEP_LOST = gettext_noop("Der letzte Schritt wurde unterbrochen, gespeichert ist davon nichts. Bitte noch einmal.")


def hand_on_all() -> list[int]:
    """Look after every import that is at work; returns the numbers of those that were handed on."""
    at_work = Import.objects.filter(state__in=RUNNING).order_by("pk").values_list("pk", flat=True)
    return [pk for pk in list(at_work) if hand_on(pk)]


def hand_on(imported: int) -> bool:
    """Hand on the step of an import if nobody does it and it stands in no queue; returns whether it was so.

    A file is read by the worker, unless it never arrived as a whole: then the import has failed, with the reason. A
    later step goes back to the one before it, where people do it again.
    """
    with alone(imported) as mine:
        if not mine or _in_queue(imported):  # the queue looks after its own
            return False
        with transaction.atomic():
            found = Import.objects.select_for_update(no_key=True).filter(pk=imported, state__in=RUNNING).first()
            if found is None or _in_queue(imported):
                return False
            _hand_on(found)
    return True


def _in_queue(imported: int) -> bool:
    open_ones = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    steps = open_ones.filter(task_path__in=[each.module_path for each in STEPS])
    return any(each.args_kwargs["args"][:1] == [imported] for each in steps)


def _hand_on(found: Import) -> None:
    if found.state == State.APPLYING:
        send_back(found.pk, State.APPLYING, State.REVIEWING, STEP_LOST)
    elif _was_read(found):
        send_back(found.pk, State.READING, State.MAPPING, STEP_LOST)
    elif found.size and files.file_of(found.pk, found.file_name).is_file():
        enqueue_reading(found.pk)
    else:
        move(found.pk, (State.READING,), State.FAILED, message=UPLOAD_LOST)
        files.forget(found.pk)


def _was_read(found: Import) -> bool:
    """Tell whether what was read before is still there: not another sheet already, of which nothing is noted yet."""
    table = files.kept_table(found.pk) if found.cells else None
    return table is not None and table.sheet == found.sheet
