"""What waits, what runs, and what became of those who ran it.

A task is claimed by one update that only the first of several can make. A task whose worker is gone is run again, three
times at most: what ends the worker each time would go on ending it. So every task must be one that may begin anew.
"""

from __future__ import annotations

import traceback
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from ewm.capture.background.lives import alive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MOST_RUNS = 3
KEPT = timedelta(days=14)
LATE = timedelta(minutes=10)
"""Nobody takes tasks where one has waited that long."""


class LostError(Exception):
    """The worker ended in the middle of the task, time after time."""


def claim(worker: str) -> DBTaskResult[Any, Any] | None:
    """Return the next task, which is this worker's from now on; None where nothing waits."""
    while (found := DBTaskResult.objects.ready().first()) is not None:
        now, workers = timezone.now(), [*found.worker_ids, worker]
        waiting = DBTaskResult.objects.filter(pk=found.pk, status=TaskResultStatus.READY)
        if waiting.update(status=TaskResultStatus.RUNNING, started_at=now, worker_ids=workers):
            found.refresh_from_db()
            return found
    return None


def put_back(task: DBTaskResult[Any, Any], *, counts: bool) -> bool:
    """Let a task wait again, if it still runs as it did when it was read; returns whether it did.

    ``counts``: the run was one of the three.
    """
    workers = task.worker_ids if counts else task.worker_ids[:-1]
    running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    return bool(running.update(status=TaskResultStatus.READY, worker_ids=workers))


def fail(task: DBTaskResult[Any, Any], error: BaseException) -> None:
    """Mark a task as failed; what is stored says where, not with which words: they may hold what people typed."""
    task.status, task.finished_at, task.return_value = TaskResultStatus.FAILED, timezone.now(), None
    task.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    task.traceback = "".join(traceback.format_tb(error.__traceback__))
    task.save(update_fields=["status", "finished_at", "return_value", "exception_class_path", "traceback"])
    task_finished.send(sender=type(task.task.get_backend()), task_result=task.task_result)


def take_over() -> Iterator[tuple[DBTaskResult[Any, Any], bool]]:
    """Let tasks wait again whose worker is gone, or fail after the last run; yields each, and whether it waits."""
    running = list(DBTaskResult.objects.running())  # before the workers: who claims later is not among them
    workers = alive() if running else frozenset()
    for task in running:
        if not task.worker_ids or task.worker_ids[-1] not in workers:
            if len(task.worker_ids) < MOST_RUNS:
                if put_back(task, counts=True):
                    yield task, True
            else:
                fail(task, LostError())
                yield task, False


def forget_old(now: datetime) -> int:
    """Remove tasks that ended long ago; returns how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()[0]


def taking_tasks() -> bool:
    """Tell whether a worker lives and no task has waited too long."""
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LATE)
    return bool(alive()) and not late.exists()
