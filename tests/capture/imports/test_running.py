"""Long steps of imports: put into the queue, done by a worker, cancelled, begun anew where a worker was killed."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.background import ending
from ewm.capture.background.worker import Worker
from ewm.capture.imports import applying, files, progress, running, tasks
from ewm.capture.imports.applying.apply import prepare as prepare_before
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.models import Import, Outcome, State
from ewm.capture.imports.profiles import propose
from ewm.capture.imports.services import import_begin, import_read
from ewm.capture.imports.storing import move
from ewm.capture.projects.models import Project
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.programme import Programme

pytestmark = pytest.mark.usefixtures("innobb")
LIST = "Vorhaben;Ort\n" + "".join(f"Vorhaben {at};Cottbus\n" for at in range(20))
FUNDED = "Vorhaben;Zuwendungsempfänger;Beginn;Ende;Gesamtausgaben\n" + "".join(
    f"Anlage {at};Werk {at % 7} GmbH;01.03.2020;31.12.2022;{1000 + at},50\n" for at in range(20)
)


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    yield
    ending.ASKED.clear()


@pytest.fixture
def begun(innobb: Programme) -> Import:  # noqa: ARG001
    """An import of a small list, not read yet."""
    return import_begin(file=io.BytesIO(LIST.encode()), name="liste.csv", cluster="metall", account=None)


def left() -> list[str]:
    return [task.status for task in DBTaskResult.objects.all()]


def test_a_list_is_read_in_the_background(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    assert running.how_far(begun) == (0, 0)
    assert Worker("w").turn()
    begun.refresh_from_db()
    assert (begun.state, begun.cells, begun.message) == (State.MAPPING, 42, "")
    table = files.kept_table(begun.pk)
    assert table is not None
    assert [row.cells for row in table.rows[:2]] == [("Vorhaben", "Ort"), ("Vorhaben 0", "Cottbus")]
    assert left() == [TaskResultStatus.SUCCESSFUL]


def test_what_cannot_be_read_is_told_and_leaves_no_file(begun: Import) -> None:
    files.file_of(begun.pk, begun.file_name).write_bytes(b"%PDF-1.7\n")
    running.enqueue_reading(begun.pk)
    Worker("w").turn()
    begun.refresh_from_db()
    assert begun.state == State.FAILED
    assert "ein PDF" in begun.message
    assert not files.folder_of(begun.pk).exists()


def test_a_file_that_is_gone_is_told_with_the_way_out(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    files.forget(begun.pk)
    Worker("w").turn()
    begun.refresh_from_db()
    assert (begun.state, begun.message) == (State.FAILED, tasks.GONE)


def test_whoever_cancels_before_a_worker_comes_ends_it_at_once(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    assert running.cancel(begun.pk).state == State.CANCELLED
    assert left() == []
    assert not files.folder_of(begun.pk).exists()


def test_whoever_cancels_in_the_middle_ends_it_with_the_next_word(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    progress.wish_to_cancel(begun.pk)  # as ``cancel`` does where the task is running already
    tell = progress.Progress(begun.pk)
    with pytest.raises(progress.CancelledError):
        tell(1, 20)
    tasks.let_go(begun.pk)
    begun.refresh_from_db()
    assert begun.state == State.CANCELLED
    Worker("w").turn()
    begun.refresh_from_db()
    assert begun.state == State.CANCELLED


def test_a_step_whose_import_has_moved_on_does_nothing(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    move(begun.pk, (State.READING,), State.DISCARDED)
    Worker("w").turn()
    begun.refresh_from_db()
    assert begun.state == State.DISCARDED
    assert left() == [TaskResultStatus.SUCCESSFUL]
    with pytest.raises(RefusedError):
        running.enqueue_reading(begun.pk)
    assert len(left()) == 1


def test_a_reading_whose_worker_was_killed_is_begun_anew(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["killed"])
    (files.folder_of(begun.pk) / "rows.unfinished").write_text('{"kind": "csv"}\n[1, ["half')
    Worker("w").turn()
    begun.refresh_from_db()
    assert begun.state == State.MAPPING
    assert sorted(path.name for path in files.folder_of(begun.pk).iterdir()) == ["file.csv", "rows"]


def test_a_reading_that_ends_the_worker_every_time_is_told_as_failed(begun: Import) -> None:
    running.enqueue_reading(begun.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["killed"] * 3)
    Worker("w").turn()
    begun.refresh_from_db()
    assert (begun.state, begun.message) == (State.FAILED, tasks.BROKEN)


def test_word_of_how_far_it_is_comes_from_beside_the_file(begun: Import) -> None:
    tell = progress.Progress(begun.pk)
    tell(3, 20)
    assert running.how_far(begun) == (3, 20)
    tell(4, 20)  # too soon after the last word
    assert running.how_far(begun) == (3, 20)
    tell(20, 20)
    assert running.how_far(begun) == (20, 20)
    ending.ASKED.set()
    with pytest.raises(ending.EndingError):
        tell(20, 20)


@pytest.mark.parametrize(("rows", "at_once"), [(20, True), (100_001, False)])
def test_large_lists_are_not_waited_for(rows: int, at_once: bool, begun: Import) -> None:  # noqa: FBT001
    files.file_of(begun.pk, begun.file_name).write_bytes(b"a;b\n" * rows)
    assert running.reads_at_once(begun.pk) is at_once


def test_what_is_no_table_is_told_at_once(begun: Import) -> None:
    files.file_of(begun.pk, begun.file_name).write_bytes(b"%PDF-1.7\n")
    assert running.reads_at_once(begun.pk)


@pytest.fixture
def reviewed(begun: Import) -> Import:
    """An import whose twenty projects are found in the background; nothing is to be decided."""
    files.file_of(begun.pk, begun.file_name).write_text(FUNDED, encoding="utf-8")
    import_read(imported=begun.pk)
    table = files.kept_table(begun.pk)
    assert table is not None
    guessed = propose(table, RecordKind.PROJECTS)
    profile = replace(guessed, defaults={**guessed.defaults, "is_rdi": True, "funding_state": "secured"})
    running.enqueue_finding(begun.pk, profile, {})
    assert Import.objects.get().state == State.READING
    Worker("w").turn()
    begun.refresh_from_db()
    return begun


def stored() -> tuple[int, int, int]:
    """How many projects and actors are stored, and how many entries of history they have."""
    histories = Project.history.count() + Actor.history.count()
    return Project.objects.count(), Actor.objects.count(), histories


def test_records_are_found_in_the_background(reviewed: Import) -> None:
    assert (reviewed.state, reviewed.rows, reviewed.message) == (State.REVIEWING, 20, "")
    assert {item.outcome for item in reviewed.items.all()} == {Outcome.NEW}
    assert stored() == (0, 0, 0)


def test_records_are_taken_over_in_the_background_and_once(reviewed: Import) -> None:
    assert running.applies_at_once(reviewed)
    running.enqueue_applying(reviewed.pk, 7, "Liste des Landes")
    assert Import.objects.get().state == State.APPLYING
    with pytest.raises(RefusedError, match="läuft gerade"):
        running.enqueue_applying(reviewed.pk, 7)
    Worker("w").turn()
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.reason) == (State.APPLIED, "Liste des Landes")
    assert stored() == (20, 7, 27)
    assert set(Project.history.values_list("history_user_id", "history_channel")) == {(7, "import")}
    # As if the worker had been killed after the last row was written, before it could say that the task is done.
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["killed"])
    Worker("w").turn()
    assert stored() == (20, 7, 27)


def test_what_is_cancelled_while_it_is_written_changes_nothing(
    reviewed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.enqueue_applying(reviewed.pk, 7)
    told: list[int] = []

    class Cancelling(progress.Progress):
        def __call__(self, done: int, total: int) -> None:  # noqa: ARG002 (it speaks at once, not now and then)
            told.append(Project.objects.count())
            if told[-1]:
                running.cancel(reviewed.pk)  # somebody clicks when the first projects are written
            super().__call__(done, done)

    monkeypatch.setattr(tasks, "Progress", Cancelling)
    Worker("w").turn()
    reviewed.refresh_from_db()
    assert 20 in told
    assert (reviewed.state, reviewed.message) == (State.REVIEWING, tasks.CANCELLED)
    assert stored() == (0, 0, 0)
    monkeypatch.undo()
    running.enqueue_applying(reviewed.pk, 7)
    Worker("w").turn()
    assert stored() == (20, 7, 27)


def test_a_fault_while_it_is_written_changes_nothing_and_is_told(
    reviewed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    running.enqueue_applying(reviewed.pk, 7)
    with monkeypatch.context() as patched:
        patched.setattr(applying, "applied", fault)
        Worker("w").turn()
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.message) == (State.REVIEWING, tasks.BROKEN)
    assert stored() == (0, 0, 0)
    assert left()[-1] == TaskResultStatus.FAILED


@pytest.mark.parametrize("others", [1, 3])
def test_what_others_write_before_the_transaction_is_noticed(
    others: int, reviewed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once: it is prepared anew; time after time: it is looked at within the transaction."""
    prepared: list[int] = []

    def prepare(*given: Any) -> Any:
        ready = prepare_before(*given)
        prepared.append(len(prepared))
        if len(prepared) <= others:
            actors_create(
                entries=[ActorEntry(code=f"A-{len(prepared)}X", name="Neu", actor_type="company", country="DE")]
            )
        return ready

    monkeypatch.setattr("ewm.capture.imports.applying.prepare", prepare)
    running.enqueue_applying(reviewed.pk, 7)
    Worker("w").turn()
    reviewed.refresh_from_db()
    assert reviewed.state == State.APPLIED
    assert len(prepared) == 2
    assert stored()[:2] == (20, 7 + len(range(min(others, 2))))


@pytest.mark.parametrize(("most", "taken"), [(20, 20), (19, 0)])
def test_sqlite_is_not_locked_for_too_many(
    most: int, taken: int, reviewed: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["ewm.capture.imports.applying.apply"], "MOST_ON_SQLITE", most)
    running.enqueue_applying(reviewed.pk, 7)
    Worker("w").turn()
    reviewed.refresh_from_db()
    assert stored()[0] == taken
    assert reviewed.state == (State.APPLIED if taken else State.REVIEWING)
    assert ("20, höchstens 19" in reviewed.message) is (taken == 0)
