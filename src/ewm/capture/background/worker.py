"""The worker: takes one task after the other until it is asked to end."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks.signals import task_finished, task_started

from ewm.capture.background.ending import ASKED, EndingError
from ewm.capture.background.lives import living
from ewm.capture.background.queue import claim, fail, forget_old, put_back, take_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django_tasks_db.models import DBTaskResult

    Round = Callable[[], Sequence[object]]

_LOG = structlog.get_logger("ewm.background")
_ROUND = timedelta(seconds=10)
"""How often it looks after tasks whose worker is gone."""


class Worker:
    """Runs tasks; ``pause`` is how many seconds it waits where there is none.

    ``rounds``: what it does, too, whenever it looks after tasks whose worker is gone; each returns what it found.
    """

    def __init__(self, name: str, *, pause: float = 0.5, rounds: Sequence[Round] = ()) -> None:
        self._name, self._pause, self._rounds = name, pause, rounds
        self._next_round = timezone.now()

    def run(self) -> None:
        """Work until this process is asked to end. A database that is not there for a while is waited for."""
        while not ASKED.is_set():
            close_old_connections()
            try:
                busy = self.turn()
            except OperationalError as error:
                _LOG.warning("database not reachable", error=type(error).__name__)
                connection.close()
                busy = False
            if not busy:
                ASKED.wait(self._pause)

    def turn(self) -> bool:
        """Do one task, if one waits; returns whether."""
        self._look_after_others()
        task = claim(self._name)
        if task is not None:
            self._do(task)
        return task is not None

    def _look_after_others(self) -> None:
        now = timezone.now()
        if now >= self._next_round:
            self._next_round = now + _ROUND
            for task, again in take_over():
                _LOG.warning("worker was gone", task=task.task_name, number=str(task.pk), again=again)
            forget_old(now)
            for each in self._rounds:
                self._make(each)

    @staticmethod
    def _make(made: Round) -> None:
        """Make a round; a fault of one room must not stop the tasks of all others."""
        try:
            if found := made():
                _LOG.warning("work was lost", round=made.__qualname__, found=found)
        except OperationalError:
            raise
        except Exception:
            _LOG.exception("round failed", round=made.__qualname__)

    def _do(self, task: DBTaskResult[Any, Any]) -> None:
        log = _LOG.bind(task=task.task_name, number=str(task.pk), run=len(task.worker_ids))
        begun = time.perf_counter()
        log.info("task begun")
        try:
            self._call(task)
        except EndingError:
            put_back(task, counts=False)
            log.info("task put back")
        except Exception as error:
            fail(task, error)
            log.exception("task failed", ms=_milliseconds(begun))
        else:
            log.info("task done", ms=_milliseconds(begun))

    @staticmethod
    def _call(task: DBTaskResult[Any, Any]) -> None:
        result = task.task_result
        sender = type(task.task.get_backend())
        task_started.send(sender=sender, task_result=result)
        task.set_successful(task.task.call(*result.args, **result.kwargs))
        task_finished.send(sender=sender, task_result=task.task_result)


def _milliseconds(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)


def work(rounds: Sequence[Round] = ()) -> None:
    """Live as a worker until this process is asked to end; ``rounds`` as of ``Worker``."""
    with living() as name:
        _LOG.info("worker begun", worker=name)
        Worker(name, rounds=rounds).run()
        _LOG.info("worker ended", worker=name)
