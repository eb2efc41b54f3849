"""Entries are removed only where nothing refers to them, and restored row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.models import Actor, ActorSize
from ewm.capture.actors.services import actors_create
from ewm.capture.codes import next_code
from ewm.capture.entries import Participation
from ewm.capture.entry_reading import read_many
from ewm.capture.entry_removing import IN_USE, entries_remove, entry_restore
from ewm.capture.entry_writing import Occasion
from ewm.capture.projects.entries import PROJECT, Funding
from ewm.capture.projects.models import Project, ProjectFunding
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.writing import ConflictError, rows_delete
from tests.capture import entries
from tests.capture.hashes import row_hashes
from tests.capture.refused import rules


def occasion() -> Occasion:
    return Occasion("Import 1 zurückgenommen", timezone.now())


def versions(*codes: str) -> dict[int, int]:
    return dict(Project.objects.filter(code__in=codes).values_list("id", "version"))


def test_removed_projects_leave_rows_as_they_were_and_history_says_so(records: None) -> None:  # noqa: ARG001
    before = row_hashes()
    projects_create(entries=[entries.project("P-2"), entries.project("P-3")])
    ids = [*versions("P-2", "P-3")]
    assert row_hashes() != before
    entries_remove(PROJECT, versions("P-2", "P-3"), occasion())
    assert row_hashes() == before
    said = Project.history.filter(id__in=ids).order_by("id", "history_date")
    assert [*said.values_list("code", "history_type")] == [("P-2", "+"), ("P-2", "-"), ("P-3", "+"), ("P-3", "-")]
    assert {each.history_change_reason for each in said if each.history_type == "-"} == {"Import 1 zurückgenommen"}
    assert ProjectFunding.history.filter(history_type="-").count() == 4


def test_a_removed_record_keeps_its_number(records: None) -> None:  # noqa: ARG001
    projects_create(entries=[entries.project("MET-2020-P09")])
    entries_remove(PROJECT, versions("MET-2020-P09"), occasion())
    assert next_code(Project, "MET-2020-P") == "MET-2020-P10"


def test_an_actor_that_takes_part_is_not_removed(records: None) -> None:  # noqa: ARG001
    before = row_hashes()
    of_actors = dict(Actor.objects.values_list("id", "version"))
    refused = rules(lambda: entries_remove(ACTOR, of_actors, occasion()))
    assert {each[2] for each in refused} == {IN_USE.name}
    assert {each[0] for each in refused} == {"A-1", "A-2"}
    assert row_hashes() == before


def test_actors_that_stand_above_each_other_go_together(actors: None) -> None:  # noqa: ARG001
    before = row_hashes()
    actors_create(entries=[entries.actor("A-3"), entries.actor("A-4", parent="A-3")])
    new = dict(Actor.objects.filter(code__in=("A-3", "A-4")).values_list("id", "version"))
    above = {pk: version for pk, version in new.items() if Actor.objects.get(pk=pk).code == "A-3"}
    assert rules(lambda: entries_remove(ACTOR, above, occasion())) == [("A-3", "code", IN_USE.name)]
    entries_remove(ACTOR, new, occasion())
    assert row_hashes() == before


def test_a_changed_or_missing_record_is_not_removed(records: None) -> None:  # noqa: ARG001
    [pk] = versions("P-1")
    before = row_hashes()
    for wrong in ({pk: 2}, {pk: 1, 9999: 1}):
        with pytest.raises(ConflictError):
            entries_remove(PROJECT, wrong, occasion())
    assert row_hashes() == before


def test_rows_are_not_removed_before_their_last_change(records: None) -> None:  # noqa: ARG001
    sizes = list(ActorSize.objects.all())
    early = timezone.now() - timedelta(days=10_000)
    assert {each[2] for each in [*rules(lambda: rows_delete(sizes, reason="x", recorded_at=early))]} == {
        "change_before_last"
    }


def test_a_restored_project_has_its_old_rows_with_their_ids(records: None) -> None:  # noqa: ARG001
    before = row_hashes()
    [pk] = versions("P-1")
    stored = read_many(PROJECT, [pk])["P-1",]
    kept, dropped = stored.entry.funding
    changed = replace(
        stored.entry,
        title="Ganz anders",
        support_end=None,
        funding=(replace(kept, amount=kept.amount - 1), Funding(granting_body="eu", funds_origin="eu", amount=1)),
        participations=(Participation(actor="A-2", role="lead"),),
        status_events=tuple(replace(each, status="aborted") for each in stored.entry.status_events),
    )
    moment = timezone.now()
    version = project_update(entry=changed, version=1, reason="Import 1")
    assert row_hashes() != before
    assert entry_restore(PROJECT, pk, version=version, before=moment, occasion=occasion()) == version + 1
    assert row_hashes() == before
    assert {dropped} <= set(read_many(PROJECT, [pk])["P-1",].entry.funding)


def test_only_the_given_version_is_restored(records: None) -> None:  # noqa: ARG001
    [pk] = versions("P-1")
    with pytest.raises(ConflictError):
        entry_restore(PROJECT, pk, version=7, before=timezone.now(), occasion=occasion())
    assert date(2020, 3, 1) == Project.objects.get(pk=pk).support_start
