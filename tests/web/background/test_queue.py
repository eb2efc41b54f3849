"""A task is done once, by one worker; again where its worker is gone, and given up where that does not help."""

from __future__ import annotations

import io
import json
import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from ewm.capture.background import ending, lives, queue
from ewm.capture.background.worker import Worker
from ewm.web import deployment, logs
from tests.web.background.errands import go_wrong, mark_it, marks, take_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TYPED = "Erika Musterfrau"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    yield
    ending.ASKED.clear()


def stored(found: Any) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.get(pk=found.id)


@pytest.mark.django_db
def test_tasks_are_done_in_turn_and_once() -> None:
    found = [mark_it.enqueue(str(at)) for at in range(3)]
    with lives.living() as name:
        worker = Worker(name)
        assert [worker.turn() for _ in range(4)] == [True, True, True, False]
    assert marks().read_text().split() == ["0", "1", "2"]
    assert {stored(each).status for each in found} == {TaskResultStatus.SUCCESSFUL}
    assert stored(found[2]).return_value == "2"


@pytest.mark.django_db
def test_only_one_of_several_gets_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    found = mark_it.enqueue("x")
    read_by_both = stored(found)
    assert queue.claim("first") is not None
    # The second one has read it before the first one claimed it.
    waiting = iter([read_by_both, None])
    monkeypatch.setattr(DBTaskResult.objects, "ready", type("", (), {"first": lambda _: next(waiting)}))
    assert queue.claim("second") is None
    assert stored(found).worker_ids == ["first"]


@pytest.mark.django_db
def test_a_task_that_goes_wrong_is_marked_without_the_words_of_anybody() -> None:
    found = go_wrong.enqueue(TYPED)
    heard: list[str] = []

    def hear(task_result: Any, **_: Any) -> None:
        heard.append(task_result.status)

    task_finished.connect(hear)
    try:
        Worker("w").turn()
    finally:
        task_finished.disconnect(hear)
    task = stored(found)
    assert (task.status, heard) == (TaskResultStatus.FAILED, [TaskResultStatus.FAILED])
    assert task.exception_class_path == "builtins.ValueError"
    assert "in go_wrong" in task.traceback
    assert TYPED not in task.traceback


@pytest.mark.django_db
def test_the_log_tells_what_was_done_and_never_with_what() -> None:
    settings = logs.logging_settings("INFO")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter = dict(settings["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("ewm.background")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        mark_it.enqueue(TYPED)
        Worker("w").turn()
    finally:
        logger.removeHandler(handler)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [each["event"] for each in lines] == ["task begun", "task done"]
    assert all(each["task"] == "mark_it" for each in lines)
    assert isinstance(lines[1]["ms"], int)
    assert TYPED not in written.getvalue()


def lost(runs: int) -> DBTaskResult[Any, Any]:
    """A task that runs, says the database, but whose worker is gone."""
    found = mark_it.enqueue("again")
    DBTaskResult.objects.filter(pk=found.id).update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[f"gone-{at}" for at in range(runs)]
    )
    return stored(found)


@pytest.mark.django_db
@pytest.mark.parametrize(("runs", "status"), [(1, TaskResultStatus.SUCCESSFUL), (2, TaskResultStatus.SUCCESSFUL),
                                              (3, TaskResultStatus.FAILED)])  # fmt: skip
def test_a_task_whose_worker_is_gone_has_three_runs(runs: int, status: str) -> None:
    task = lost(runs)
    with lives.living() as name:
        Worker(name).turn()
    task.refresh_from_db()
    assert task.status == status
    assert marks().exists() is (status == TaskResultStatus.SUCCESSFUL)
    if status == TaskResultStatus.FAILED:
        assert task.exception_class_path.endswith("LostError")


@pytest.mark.django_db
def test_a_task_whose_worker_lives_is_left_alone() -> None:
    with lives.living() as other:
        found = mark_it.enqueue("x")
        assert queue.claim(other) is not None
        assert list(queue.take_over()) == []
    assert [again for _, again in queue.take_over()] == [True]
    assert stored(found).status == TaskResultStatus.READY


@pytest.mark.django_db
def test_whoever_is_asked_to_end_puts_the_task_back() -> None:
    found = take_long.enqueue("x", 30)
    threading.Timer(0.2, ending.ASKED.set).start()
    Worker("w").turn()
    assert marks().read_text() == "x begun\n"
    assert (stored(found).status, stored(found).worker_ids) == (TaskResultStatus.READY, [])


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "kept"), [(13, 1), (15, 0)])
def test_what_ended_long_ago_is_forgotten(days: int, kept: int) -> None:
    mark_it.enqueue("x")
    mark_it.enqueue("waits")
    assert queue.claim("w") is not None
    DBTaskResult.objects.running().update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(days=days)
    )
    queue.forget_old(timezone.now())
    assert DBTaskResult.objects.finished().count() == kept
    assert DBTaskResult.objects.ready().count() == 1


def test_who_lives_is_told_by_a_lock(tmp_path: Path) -> None:
    assert lives.alive() == frozenset()
    with lives.living() as one, lives.living() as two:
        assert lives.alive() == {one, two}
    assert lives.alive() == frozenset()
    (tmp_path / "workers" / "killed").touch()  # what a killed one leaves
    assert lives.alive() == frozenset()
    assert list((tmp_path / "workers").iterdir()) == []


@pytest.mark.django_db
def test_without_a_worker_pages_are_ready_and_health_tells() -> None:
    answer = Client().get(reverse("ready"), secure=True)
    assert (answer.status_code, answer.json()["ready"], answer.json()["worker"]) == (200, True, False)
    assert [each.id for each in deployment.background(None)] == ["ewm.W003"]
    with lives.living():
        assert Client().get(reverse("ready"), secure=True).json()["worker"] is True
        assert deployment.background(None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "taking"), [(9, True), (11, False)])
def test_a_worker_that_takes_nothing_is_told_as_none(minutes: int, taking: bool) -> None:  # noqa: FBT001
    mark_it.enqueue("x")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=minutes))
    with lives.living():
        assert queue.taking_tasks() is taking
