"""What a snapshot holds is changed only with a reason; what comes after the cut-off, or was never in it, freely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.acting import Channel, acting_as
from ewm.capture.exporter import snapshot_export
from ewm.capture.projects.entries import ProjectEntry, StatusEvent
from ewm.capture.projects.services import project_update, projects_create
from tests.capture.entries import START, project
from tests.capture.refused import rules

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.programme import Programme

CUT_OFF = date(2020, 12, 31)
LATER = date(2021, 1, 1)
REFUSED = [("P-1", "reason", "reason_for_published")]


@pytest.fixture
def frozen(
    records: None,  # noqa: ARG001
    programme: Programme,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A snapshot at the end of 2020 holds the project."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    snapshot_export(folder=tmp_path / "snapshots", cut_off=CUT_OFF, programme=programme, methodology_hash="0" * 64)


def changed(entry: ProjectEntry, reason: str = "Änderung", channel: Channel = Channel.FORM) -> Any:
    def write() -> None:
        with acting_as(7, channel):
            project_update(entry=entry, version=1, reason=reason)

    return write


def status(day: date) -> ProjectEntry:
    events = project().status_events
    return project(status_events=(*events, StatusEvent(status_from=day, status="running")))


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("channel", [Channel.FORM, Channel.API, Channel.IMPORT])
@pytest.mark.parametrize("reason", ["Änderung", "", " "])
def test_a_change_of_what_is_published_needs_a_reason(channel: Channel, reason: str) -> None:
    assert rules(changed(project(title="anders"), reason, channel)) == REFUSED


@pytest.mark.usefixtures("frozen")
def test_a_part_that_is_taken_out_needs_one_too() -> None:
    assert rules(changed(project(participations=()))) == REFUSED


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(("day", "expected"), [(CUT_OFF, REFUSED), (LATER, [])])
def test_a_status_after_the_cut_off_needs_none(day: date, expected: Any) -> None:
    if expected:
        assert rules(changed(status(day))) == expected
    else:
        changed(status(day))()


@pytest.mark.usefixtures("frozen")
def test_with_a_reason_and_from_a_command_it_is_written() -> None:
    changed(project(title="anders"), "Bescheid kam später")()
    with acting_as(None, Channel.COMMAND):
        project_update(entry=project(title="wieder anders"), version=2)


@pytest.mark.usefixtures("frozen")
def test_what_no_snapshot_holds_is_changed_freely() -> None:
    later = project("P-2", support_start=LATER, support_end=None, official_end=None, recorded_at=None)
    later = replace(
        later,
        status_events=(StatusEvent(status_from=LATER, status="preparation"),),
        supporting_clusters=(),
        assignments=(),
    )
    since = project("P-3", recorded_at=None, status_events=(StatusEvent(status_from=START, status="preparation"),))
    projects_create(entries=[later, since])
    for entry in (later, since):  # begins after the cut-off; recorded after the snapshot
        changed(replace(entry, title="anders"))()


@pytest.mark.usefixtures("records")
def test_without_a_snapshot_no_reason_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
    changed(project(title="anders"))()
