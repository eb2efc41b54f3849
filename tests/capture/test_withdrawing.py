"""A withdrawn entry counts nowhere from that moment on, stays in the states of the past, and can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.activities.models import Activity
from ewm.capture.editorial.services import stories_create
from ewm.capture.entry_reading import read_entries
from ewm.capture.exporter import snapshot_export, violations
from ewm.capture.hints.values import Scope
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.withdrawing import record_take_back, record_withdraw
from ewm.capture.writing import ConflictError
from ewm.snapshot.reader import open_snapshot
from tests.capture.entries import project, story
from tests.capture.refused import rules

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.programme import Programme

pytestmark = pytest.mark.usefixtures("records")
HASH = "0" * 64
OF_PROJECTS = (
    "project_status_events", "project_funding", "project_supporting_clusters", "project_participations",
    "project_assignments",
)  # fmt: skip


def stored() -> Any:
    return Project.objects.get(code="P-1")


def withdraw(reason: str = "doppelt erfasst") -> int:
    return record_withdraw(record=stored(), version=stored().version, reason=reason)


def exported(folder: Path, programme: Programme, as_of: datetime | None = None) -> dict[str, int]:
    info = snapshot_export(
        folder=folder, cut_off=date(2020, 12, 31), as_of=as_of, programme=programme, methodology_hash=HASH
    )
    open_snapshot(folder / info.name)
    return dict(info.rows) | {f"left out: {name}": count for name, count in info.left_out.items()}


def test_it_leaves_snapshots_from_that_moment_on_and_no_earlier(tmp_path: Path, programme: Programme) -> None:
    projects_create(entries=[project("P-2")])
    known = datetime.now(UTC) + timedelta(seconds=1)
    while timezone.now() < known:  # a state of knowledge counts whole seconds
        pass
    withdraw()
    now = exported(tmp_path / "now", programme)
    then = exported(tmp_path / "then", programme, known)
    assert (then["projects"], now["projects"]) == (2, 1)
    for table in OF_PROJECTS:
        assert then[table] == 2 * now[table] > 0, table
    assert {name for name in now if name.startswith("left out")} == {n for n in then if n.startswith("left out")}
    record_take_back(record=stored(), version=2, reason="doch richtig")
    assert exported(tmp_path / "again", programme) == then


def test_it_leaves_checks_and_scopes() -> None:
    Project.objects.filter(code="P-1").update(support_start=date(2022, 1, 1), support_end=None)
    assert {refusal.record for refusal in violations()} == {"P-1"}
    assert Scope(None, None).projects().count() == 1
    withdraw()
    assert list(violations()) == []
    assert Scope(None, None).projects().count() == 0


def test_it_keeps_its_code_and_cannot_be_changed_until_it_is_taken_back() -> None:
    withdraw()
    assert rules(lambda: projects_create(entries=[project()])) == [("P-1", "code", "project_code_once")]
    assert rules(lambda: project_update(entry=project(), version=2)) == [("P-1", "code", "entry_withdrawn")]
    assert record_take_back(record=stored(), version=2, reason="Irrtum") == 3
    assert project_update(entry=project(title="geht wieder"), version=3) == 4


def test_it_is_in_the_history_with_its_reason() -> None:
    withdraw("  doppelt erfasst ")
    last = Project.history.filter(code="P-1").first()
    assert (last.withdrawn, last.history_change_reason, last.history_type) == (True, "doppelt erfasst", "~")
    assert not Project.history.as_of(last.history_date - timedelta(microseconds=1)).get(code="P-1").withdrawn
    assert set(read_entries(PROJECT, withdrawn=False)) == set()
    assert set(read_entries(PROJECT)) == {("P-1",)}


@pytest.mark.parametrize(
    ("reason", "rule"), [("", "reason_given"), (" ", "reason_given"), ("x" * 181, "reason_length")]
)
def test_it_needs_a_reason(reason: str, rule: str) -> None:
    assert rules(lambda: withdraw(reason)) == [("P-1", "reason", rule)]
    assert not stored().withdrawn


def test_the_longest_reason_fits() -> None:
    withdraw("x" * 180)
    assert stored().withdrawn


def test_once_is_enough() -> None:
    record = stored()
    assert rules(lambda: record_take_back(record=record, version=1, reason="x")) == [
        ("P-1", "code", "entry_not_withdrawn")
    ]
    withdraw()
    assert rules(lambda: record_withdraw(record=record, version=2, reason="x")) == [
        ("P-1", "code", "entry_withdrawn_once")
    ]


def test_who_was_overtaken_is_told() -> None:
    project_update(entry=project(title="neu"), version=1)
    with pytest.raises(ConflictError):
        record_withdraw(record=stored(), version=1, reason="x")


def test_a_story_and_what_it_tells_of_are_not_parted() -> None:
    stories_create(entries=[story()])
    assert rules(withdraw) == [("P-1", "code", "withdrawn_without_story")]


def test_no_story_tells_of_a_withdrawn_entry() -> None:
    withdraw()
    assert rules(lambda: stories_create(entries=[story()])) == [("E-1", "project", "unknown_record")]


def test_activities_too() -> None:
    activity: Any = Activity.objects.get(code="S-1")
    record_withdraw(record=activity, version=1, reason="x")
    assert Scope(None, None).activities().count() == 0
