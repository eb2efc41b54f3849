"""Completeness: the documented formula for a record, a section and a cluster; one query for any number of records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.activities.models import Activity
from ewm.capture.activities.services import activities_create
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.hints import Scope
from ewm.capture.hints.figures import Completeness, Section, completeness_of, incomplete, overall, sections
from ewm.capture.projects.models import Project
from ewm.capture.projects.services import projects_create
from tests.capture.entries import activity, actor, project
from tests.capture.programme import small_programme

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("actors")

VALUES = small_programme().hints
UNKNOWN: dict[str, Any] = {"project_volume": None, "project_volume_regional": None}
LACKING: dict[str, tuple[dict[str, Any], tuple[str, ...], int]] = {
    "nothing": ({}, (), 100),
    "the volume": (UNKNOWN, ("project_volume",), 75),
    "volume and partners": (UNKNOWN | {"participations": ()}, ("project_volume", "role"), 50),
    "all but one": (
        UNKNOWN | {"participations": (), "funding": ()}, ("project_volume", "role", "granting_body"), 25,
    ),
    "everything": (
        UNKNOWN | {"participations": (), "funding": (), "assignments": ()},
        ("project_volume", "role", "granting_body", "is_main"),
        0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LACKING)
def test_a_project(case: str) -> None:
    changes, missing, percent = LACKING[case]
    (pk,) = projects_create(entries=[project(**changes)])
    assert completeness_of("projects", [pk], VALUES) == {pk: Completeness(4 - len(missing), 4, missing)}
    assert completeness_of("projects", [pk], VALUES)[pk].percent == percent
    assert Project.objects.filter(incomplete("projects", VALUES)).exists() == bool(missing)


def test_activities_and_actors() -> None:
    full, no_end = activities_create(entries=[activity(), activity("S-2", activity_end=None)])
    found = completeness_of("activities", [full, no_end], VALUES)
    assert {pk: each.percent for pk, each in found.items()} == {full: 100, no_end: 50}
    (pk,) = actors_create(entries=[actor("X", sizes=(), district=None)])
    assert completeness_of("actors", [pk], VALUES)[pk] == Completeness(0, 2, ("land", "size_class"))


def test_only_what_somebody_asks_for_counts() -> None:
    (pk,) = projects_create(entries=[project(**UNKNOWN, participations=())])
    asked = {"project_without_volume", "record_without_main_action_field"}
    assert completeness_of("projects", [pk], VALUES, checks=asked)[pk] == Completeness(1, 2, ("project_volume",))
    assert completeness_of("projects", [pk], VALUES, checks=set())[pk].percent == 100
    assert not Project.objects.filter(incomplete("projects", VALUES, checks=set())).exists()


def test_percent_never_says_complete_too_early() -> None:
    assert Section("x", 999, 1000).percent == 99
    assert Section("x", 1000, 1000).percent == 100
    assert Section("x", 0, 0).percent == 100


def test_a_section_counts_complete_records_of_the_cluster_and_year() -> None:
    old = {"support_start": date(2018, 1, 1), "support_end": date(2019, 12, 31), "supporting_clusters": ()}
    first = project().status_events[:1]
    event = type(first[0])(status_from=date(2018, 1, 1), status="preparation")
    projects_create(
        entries=[
            project(),
            project("P-2", **UNKNOWN),
            project("P-3", cluster="optics", assignments=(), supporting_clusters=(), **UNKNOWN),
            project("P-4", **old | UNKNOWN | {"status_events": (event,), "assignments": ()}),
        ]
    )
    activities_create(entries=[activity(), activity("S-2", is_standard=True, activity_end=None)])
    found = sections(Scope("metal", 2020), VALUES)
    assert found == (Section("projects", 1, 2), Section("activities", 1, 1), Section("actors", 2, 2))
    assert overall(found) == Section("overall", 4, 5)
    assert overall(found).percent == 80


def test_many_records_take_one_query_a_kind(django_assert_num_queries: Callable[[int], Any]) -> None:
    ids = projects_create(entries=[project(f"P-{number}", **UNKNOWN) for number in range(60)])
    activities_create(entries=[activity(f"S-{number}") for number in range(20)])
    with django_assert_num_queries(1):
        assert len(completeness_of("projects", ids, VALUES)) == 60
    with django_assert_num_queries(3):
        assert [each.of for each in sections(Scope("metal", 2020), VALUES)] == [60, 20, 2]
    assert (Activity.objects.count(), Actor.objects.count()) == (20, 2)
