"""Steps of imports that nobody does any more: handed on once, with the reason; all others are left alone."""

from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING, Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ewm.capture.background.worker import Worker
from ewm.capture.imports import files, lost, running
from ewm.capture.imports.carrying import alone, carried
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.reading import read_to
from ewm.capture.imports.services import import_begin, import_begun, import_read
from ewm.capture.imports.storing import note

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("innobb")
LIST = b"Vorhaben;Ort\nAnlage;Cottbus\n"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_DATA", str(tmp_path))


@pytest.fixture
def begun(_own_data_folder: None) -> Import:
    return import_begin(file=io.BytesIO(LIST), name="liste.csv", cluster="metall", account=None)


def waiting() -> list[str]:
    return list(DBTaskResult.objects.values_list("status", flat=True))


def test_a_file_that_nobody_reads_any_more_is_read_by_the_worker_of_the_next_round(begun: Import) -> None:
    worker = Worker("w", rounds=[lost.hand_on_all])
    assert worker.turn()
    begun.refresh_from_db()
    assert (begun.state, begun.cells, waiting()) == (State.MAPPING, 4, [TaskResultStatus.SUCCESSFUL])
    assert lost.hand_on_all() == []


def test_a_step_is_handed_on_once(begun: Import) -> None:
    assert lost.hand_on_all() == [begun.pk]
    assert lost.hand_on_all() == []
    assert waiting() == [TaskResultStatus.READY]
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert lost.hand_on_all() == []


def test_what_somebody_carries_on_with_is_left_alone() -> None:
    with import_begun(file=io.BytesIO(LIST), name="liste.csv", cluster="metall", account=None) as mine:
        with carried(mine.pk):
            assert lost.hand_on_all() == []
        assert lost.hand_on_all() == []
        import_read(imported=mine.pk)
    assert waiting() == []


def test_it_is_seen_as_carried_on_while_its_file_arrives() -> None:
    seen = []

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            seen.append((Import.objects.get().size, lost.hand_on_all()))
            return super().read(size)

    import_begin(file=Slow(LIST), name="liste.csv", cluster="metall", account=None)
    assert set(map(str, seen)) == {"(0, [])"}


def test_a_file_that_did_not_arrive_as_a_whole_is_to_be_uploaded_again(begun: Import) -> None:
    note(begun.pk, size=0)  # as it stands until all of it is there
    assert lost.hand_on(begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.message) == (State.FAILED, lost.UPLOAD_LOST)
    assert not files.folder_of(begun.pk).exists()
    assert waiting() == []


@pytest.mark.parametrize("lost_in", [State.READING, State.APPLYING])
def test_a_later_step_goes_back_to_where_people_do_it_again(begun: Import, lost_in: State) -> None:
    import_read(imported=begun.pk)
    note(begun.pk, state=lost_in)
    assert lost.hand_on(begun.pk)
    begun.refresh_from_db()
    expected = {State.READING: State.MAPPING, State.APPLYING: State.REVIEWING}[lost_in]
    assert (begun.state, begun.message, waiting()) == (expected, lost.STEP_LOST, [])


def test_another_sheet_that_was_read_but_not_noted_is_read_anew(begun: Import) -> None:
    import_read(imported=begun.pk)
    note(begun.pk, state=State.READING, sheet="Blatt 1")  # its rows are those of a sheet without a name
    assert lost.hand_on(begun.pk)
    assert waiting() == [TaskResultStatus.READY]


def test_nobody_begins_while_it_is_handed_on(begun: Import) -> None:
    with alone(begun.pk) as mine, alone(begun.pk) as other:
        assert (mine, other) == (True, False)
    with carried(begun.pk), alone(begun.pk) as mine:
        assert not mine


def test_a_round_that_fails_stops_no_task(begun: Import) -> None:
    def broken() -> list[int]:
        raise ValueError

    running.enqueue_reading(begun.pk)
    assert Worker("w", rounds=[broken]).turn()
    begun.refresh_from_db()
    assert begun.state == State.MAPPING


def test_every_step_that_somebody_waits_for_is_carried(begun: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(*given: Any, **more: Any) -> Any:
        with alone(begun.pk) as mine:
            seen.append(mine)
        return read_to(*given, **more)

    monkeypatch.setattr("ewm.capture.imports.services.read_to", look)
    import_read(imported=begun.pk)
    assert seen == [False]


def test_without_locks_files_are_read_and_nothing_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", unknown)
    with import_begun(file=io.BytesIO(LIST), name="liste.csv", cluster="metall", account=None) as mine:
        assert lost.hand_on_all() == []
        assert import_read(imported=mine.pk).state == State.MAPPING
