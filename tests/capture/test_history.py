"""What was known on a day: records and the rows between them, exactly as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewm.capture.acting import Acting, Channel, acting, acting_as
from ewm.capture.actors.models import Actor
from ewm.capture.base import Versioned, rows
from ewm.capture.entries import Assignment, Participation
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.models import Project, ProjectAssignment, ProjectParticipation
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.shapes import same
from ewm.capture.timeline.rows import read_writings
from ewm.capture.writing import row_delete, row_update, rows_create
from ewm.web.settings import INSTALLED_APPS as RECORDS
from tests.capture.entries import at, project


def test_every_table_has_a_history_and_a_version_and_no_bare_relation() -> None:
    models = [model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name in RECORDS]
    tables = [model for model in models if not hasattr(model, "instance_type")]
    histories = {model.instance_type for model in models if hasattr(model, "instance_type")}
    assert len(tables) == 26
    assert set(tables) == histories
    for model in tables:
        assert issubclass(model, Versioned)
        assert model._meta.many_to_many == ()
        assert type(model._meta.pk).__name__ == "BigAutoField"


@pytest.mark.usefixtures("records")
def test_the_history_of_a_new_row_is_the_row_as_it_is_stored() -> None:
    moments = [at(2020, 3, 2), at(2020, 3, 3), at(2020, 3, 2)]
    codes = ["P-7", "P-8", "P-9"]
    with acting_as(7, Channel.IMPORT):
        projects_create(
            entries=[project(code, recorded_at=day) for code, day in zip(codes, moments, strict=True)], reason="Liste"
        )
    created = Project.objects.filter(code__in=codes).order_by("code")
    assert len(created) == 3
    for part in PROJECT.parts:
        stored = part.model.objects.filter(**{f"{part.owner}__in": created})
        assert stored
        for row in stored:
            (was,) = part.model.history.filter(id=row.pk)
            assert_is_the_first(was, row)
    for row, moment in zip(created, moments, strict=True):
        (was,) = Project.history.filter(id=row.pk)
        assert_is_the_first(was, row)
        assert was.history_date == moment


def assert_is_the_first(was: Any, row: Versioned) -> None:
    names = [field.attname for field in type(was).tracked_fields]
    assert {name: getattr(was, name) for name in names} == {name: getattr(row, name) for name in names}
    told = (was.history_type, was.history_change_reason, was.history_user_id, was.history_channel)
    assert told == ("+", "Liste", 7, "import")


@pytest.mark.usefixtures("records")
def test_every_row_of_history_tells_the_account_and_the_channel() -> None:
    with acting_as(7, Channel.FORM):
        project_update(entry=project(title="Anders", participations=(), assignments=()), version=1)
        projects_create(entries=[project("P-2")])
    assert acting() == Acting(None, Channel.COMMAND)
    tables = (Project, ProjectParticipation, ProjectAssignment)
    written = {
        (table.__name__, row.history_type, row.history_user_id, row.history_channel)
        for table in tables
        for row in table.history.all()
    }
    plain = {(table.__name__, "+", account, channel) for table in tables for account, channel in WRITERS}
    changed = {
        ("Project", "~", 7, "form"),
        ("ProjectParticipation", "-", 7, "form"),
        ("ProjectAssignment", "-", 7, "form"),
    }
    assert written == plain | changed


WRITERS = ((None, "command"), (7, "form"))


@pytest.mark.usefixtures("records")
def test_one_statement_gives_a_record_s_whole_history_as_each_table_has_it() -> None:
    projects_create(entries=[project("P-7"), project("P-8")])
    (stored,) = (each for each in read_entries(PROJECT).values() if each.entry.code == "P-7")
    project_update(entry=replace(stored.entry, title="Anders", funding=()), version=stored.version, reason="neu")
    tables: list[Any] = [(None, Project, "id"), *((part, part.model, f"{part.owner}_id") for part in PROJECT.parts)]
    rows_of = [
        (part, values)
        for part, model, owner in tables
        for values in model.history.filter(**{owner: stored.id}).values()
    ]
    assert {"+", "-", "~"} == {values["history_type"] for _, values in rows_of}
    found = [(each.part, dict(each.values)) for each in read_writings(PROJECT, stored.id)]
    assert len(found) == len(rows_of)
    assert all(row in found for row in rows_of)


@pytest.mark.usefixtures("records")
def test_rows_between_records_are_those_of_the_day() -> None:
    before = timezone.now()
    changed = project(
        participations=(Participation(actor="A-1", role="partner"),),
        assignments=(Assignment(term="wide-technical"), Assignment(term="work")),
    )
    project_update(entry=changed, version=1)
    roles = ProjectParticipation.history.as_of(before).values_list("actor__code", "role_id")
    assert sorted(roles) == [("A-1", "lead"), ("A-2", "partner")]
    assert list(ProjectParticipation.objects.values_list("actor__code", "role_id")) == [("A-1", "partner")]
    terms = ProjectAssignment.history.as_of(before).values_list("term_id", "is_main")
    assert sorted(terms) == [("digital", False), ("metal-2014-a", True), ("wide-technical", True)]
    then = read_entries(PROJECT, as_of=before)[("P-1",)]
    assert same(PROJECT, then.entry, project())
    assert (then.version, read_entries(PROJECT)[("P-1",)].version) == (1, 2)
    assert same(PROJECT, read_entries(PROJECT)[("P-1",)].entry, changed)


@pytest.mark.usefixtures("records")
def test_a_record_is_unknown_until_it_is_recorded() -> None:
    recorded = at(2020, 3, 2)
    assert not Project.history.as_of(recorded - timedelta(microseconds=1)).exists()
    assert Project.history.as_of(recorded).count() == 1
    # The second status was recorded on 15 June.
    statuses = [
        len(read_entries(PROJECT, as_of=day)[("P-1",)].entry.status_events) for day in (recorded, at(2020, 6, 15))
    ]
    assert statuses == [1, 2]


@pytest.mark.usefixtures("records")
def test_of_two_entries_of_one_moment_the_later_written_counts() -> None:
    moment = timezone.now()
    row = Actor.objects.get(code="A-1")
    for version, name in ((1, "erst"), (2, "dann")):
        row_update(row, version=version, values={"name": name}, reason="", recorded_at=moment)
    assert [each.name for each in Actor.history.as_of(moment).filter(code="A-1")] == ["dann"]
    assert Actor.history.as_of(moment).count() == 2


@pytest.mark.usefixtures("records")
def test_a_row_taken_out_is_still_known_before() -> None:
    row = ProjectParticipation.objects.get(actor__code="A-2")
    moment = timezone.now()
    row_delete(row, version=1, reason="", recorded_at=moment)
    known = ProjectParticipation.history.as_of
    assert known(moment - timedelta(microseconds=1)).filter(actor__code="A-2").count() == 1
    assert known(moment).filter(actor__code="A-2").count() == 0


DAYS = st.integers(min_value=0, max_value=40)
CHANGE = st.tuples(DAYS, st.sampled_from(["lead", "partner", "out"]))


@pytest.mark.usefixtures("records")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGE, max_size=6), asked=DAYS)
def test_as_of_equals_replaying_the_changes(changes: list[tuple[int, str]], asked: int) -> None:
    """Compared with a plain replay: the state on a day is what the changes up to that day made of it."""
    start = at(2021, 1, 1)
    entry = project(f"P-{Project.objects.count() + 1}", recorded_at=start, status_events=())
    entry = replace(entry, status_events=project().status_events[:1], participations=())
    [pk] = projects_create(entries=[entry])
    expected: str | None = None
    row: ProjectParticipation | None = None
    actor = Actor.objects.get(code="A-1")
    for day, role in sorted(changes, key=lambda change: change[0]):
        moment = start + timedelta(days=day)
        if role == "out":
            if row is not None:
                row_delete(row, version=row.version, reason="", recorded_at=moment)
            row = None
        elif row is None:
            row = ProjectParticipation(project_id=pk, actor=actor, role_id=role)
            rows_create([row], recorded_at=[moment], reason="")
        else:
            row = row_update(row, version=row.version, values={"role_id": role}, reason="", recorded_at=moment)
        if day <= asked:
            expected = None if role == "out" else role
    known = rows(ProjectParticipation, start + timedelta(days=asked)).filter(project_id=pk)
    assert list(known.values_list("role_id", flat=True)) == ([expected] if expected else [])
