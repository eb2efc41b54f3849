"""Checks that the programme asks for: each finds what it names and leaves alone what lies on the other side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ewm.capture.activities.services import activities_create
from ewm.capture.actors.duplicates.services import actors_tell_apart
from ewm.capture.actors.entries import Size
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actors_create
from ewm.capture.entries import Participation
from ewm.capture.hints import CHECKS, Hint, Scope, Severity, Source, find_hints
from ewm.capture.projects.entries import StatusEvent
from ewm.capture.projects.services import project_update, projects_create
from ewm.errors import ContentError
from tests.capture.entries import START, activity, actor, project, unfunded
from tests.capture.programme import small_programme

pytestmark = pytest.mark.usefixtures("actors")

NAMES = (
    "project_without_funding_body",
    "actor_without_seat",
    "company_without_size",
    "project_status_overdue",
    "project_finished_without_end",
    "project_estimate_left",
    "project_region_unknown",
    "possible_duplicate",
)
ASKED = [Source.of_programme(name, "Ein Grund.") for name in NAMES]
IN_2020 = Scope(year=2020)


def found(scope: Scope = IN_2020, names: tuple[str, ...] = NAMES) -> list[Hint]:
    asked = [source for source in ASKED if source.name in names]
    return find_hints(scope=scope, programme=small_programme(), sources=asked)


def named(hints: list[Hint]) -> list[tuple[str, str]]:
    return [(hint.finding.record, hint.name) for hint in hints]


def ended(status: str, on: date, **changes: Any) -> dict[str, Any]:
    """A project with a second status from a day on."""
    events = (StatusEvent(status_from=START, status="preparation"), StatusEvent(status_from=on, status=status))
    return {"status_events": events, "funding_volume_estimated": False} | changes


SOUGHT = {"funding_state": "sought", "funding_volume": None, "funding_volume_regional": None}
LAST = date(2020, 12, 31)
PROJECTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "ordinary": ({}, []),
    "funding sought, nobody grants it": (SOUGHT | {"funding": ()}, ["project_without_funding_body"]),
    "funding secured, nobody grants it": ({"funding": ()}, ["project_without_funding_body"]),
    "support ended the day before the last": ({"support_end": date(2020, 12, 30)}, ["project_status_overdue"]),
    "support ends on the last day": ({"support_end": LAST}, []),
    "ended and aborted": (ended("aborted", date(2020, 10, 1), support_end=date(2020, 10, 1)), []),
    "aborted after the year": (
        ended("aborted", date(2021, 1, 1), support_end=date(2020, 12, 30)), ["project_status_overdue"],
    ),
    "finished, support open": (ended("finished", LAST, support_end=None), ["project_finished_without_end"]),
    "finished the day after, support open": (ended("finished", date(2021, 1, 1), support_end=None), []),
    "aborted, support open": (ended("aborted", LAST, support_end=None), []),
    "finished, volume estimated": (
        ended("finished", LAST, support_end=LAST, project_volume_estimated=True), ["project_estimate_left"],
    ),
    "finished, funding estimated": (
        ended("finished", LAST, support_end=LAST, funding_volume_estimated=True), ["project_estimate_left"],
    ),
    "finished, nothing estimated": (ended("finished", LAST, support_end=LAST), []),
    "running, volume estimated": ({"project_volume_estimated": True}, []),
    "volume without the region's share": ({"project_volume_regional": None}, ["project_region_unknown"]),
    "no volume at all": ({"project_volume": None, "project_volume_regional": None}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", PROJECTS)
def test_projects(case: str) -> None:
    changes, expected = PROJECTS[case]
    projects_create(entries=[project(**changes)])
    assert named(found()) == [("P-1", name) for name in expected]


def test_without_funding_nobody_is_missed() -> None:
    projects_create(entries=[unfunded(project_volume_regional=1)])
    assert found() == []


ABROAD = {"country": "FR", "land": None, "district": None, "municipality": None}
ACTORS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "with everything": ({}, []),
    "no land": ({"land": None, "district": None}, ["actor_without_seat"]),
    "no district where there are some": ({"district": None}, ["actor_without_seat"]),
    "abroad": (ABROAD, []),
    "a company without size": ({"sizes": ()}, ["company_without_size"]),
    "a company of a kind without size": ({"actor_type": "start-up", "sizes": ()}, ["company_without_size"]),
    "size from the last day": ({"sizes": (Size(size_class="large", size_from=LAST),)}, []),
    "size from the day after": (
        {"sizes": (Size(size_class="large", size_from=date(2021, 1, 1)),)}, ["company_without_size"],
    ),
    "a chamber": ({"actor_type": "chamber", "sizes": ()}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", ACTORS)
def test_actors_that_take_part(case: str) -> None:
    changes, expected = ACTORS[case]
    actors_create(entries=[actor("X", **changes)])
    assert found() == []  # takes part in nothing
    activities_create(entries=[activity(participations=(Participation(actor="X", role="partner"),))])
    assert named(found()) == [("X", name) for name in expected]
    assert found(Scope("optics", 2020)) == []
    assert found(Scope("metal", 2019)) == []


def test_a_land_without_districts_in_the_programme_needs_none() -> None:
    actors_create(entries=[actor("X", land="11", district=None, municipality="Berlin")])
    projects_create(entries=[project(participations=(Participation(actor="X", role="lead"),))])
    # The small programme tells the district of Berlin apart, so it is missed; the delivered one does not.
    assert named(found()) == [("X", "actor_without_seat")]


def test_without_a_year_today_decides() -> None:
    projects_create(entries=[project(support_end=date(2020, 12, 31))])
    assert named(found(Scope())) == [("P-1", "project_status_overdue")]


@pytest.mark.parametrize("key", ["final_statuses", "finished_statuses"])
def test_a_missing_value_of_the_programme_is_named(key: str) -> None:
    silent = replace(small_programme(), hints=replace(small_programme().hints, **{key: ()}))  # type: ignore[arg-type]
    with pytest.raises(ContentError, match=rf"\[hints\] „{key}“ fehlt"):
        find_hints(scope=Scope(), programme=silent, sources=ASKED)


def test_every_finding_is_said_in_short_and_in_full() -> None:
    broken: dict[str, Any] = {"project_volume_regional": None, "funding": (), "support_end": date(2020, 12, 30)}
    projects_create(entries=[project(**broken)])
    hints = found()
    assert len(hints) == 3
    for hint in hints:
        assert len(hint.finding.short) < 40
        assert "Bitte " in hint.finding.message
        assert str(hint.sources[0]) == "Festlegung des Programms"


def test_what_is_missing_cannot_be_confirmed_and_what_is_unusual_can() -> None:
    projects_create(entries=[project(funding=(), project_volume_regional=None)])
    assert {hint.name: hint.may_be_confirmed for hint in found()} == {
        "project_without_funding_body": False,
        "project_region_unknown": True,
    }
    assert {check.severity for check in CHECKS.values()} == set(Severity)


def test_a_finding_rests_on_the_value_it_speaks_of() -> None:
    projects_create(entries=[project(project_volume_regional=None)])
    (before,) = found()
    project_update(entry=project(project_volume_regional=None, title="Anderer Titel"), version=1)
    (renamed,) = found()
    project_update(entry=project(project_volume_regional=None, project_volume=90_000_00), version=2)
    (changed,) = found()
    assert before.finding.basis == renamed.finding.basis != changed.finding.basis


def two(name: str, other: str, **changes: Any) -> None:
    actors_create(entries=[actor("X", name=name), actor("Y", name=other, **changes)])
    projects_create(entries=[project(participations=(Participation(actor="Y", role="lead"),))])


ALIKE = ("Walzwerk Havelland GmbH", "Walzwerk Havelland AG")


def test_two_actors_of_like_names_are_pointed_out_once_at_the_one_that_takes_part() -> None:
    two(*ALIKE)
    (hint,) = found()
    assert (hint.finding.record, hint.finding.field, hint.name) == ("Y", "merge:X", "possible_duplicate")
    assert "Namensähnlichkeit" in hint.finding.message
    assert not hint.may_be_confirmed
    assert found(Scope("optics", 2020)) == []


def test_other_names_are_no_duplicates_and_a_shared_identifier_is_one() -> None:
    two("Walzwerk Havelland GmbH", "Optikzentrum Oder", identifiers=actor("X").identifiers)
    (hint,) = found()
    assert "dieselbe Kennung" in hint.finding.message


@pytest.mark.parametrize(("city", "alike"), [("Berlim", True), ("Dresden", False)])
def test_a_city_more_or_less_is_told_apart(city: str, *, alike: bool) -> None:
    two("Technische Universität Berlin", f"Technische Universität {city}", sizes=(), actor_type="university")
    assert [hint.name for hint in found() if hint.name == "possible_duplicate"] == ["possible_duplicate"] * alike


def test_names_that_say_something_else_are_no_duplicates() -> None:
    two("Walzwerk Havelland GmbH", "Optikzentrum Oder")
    assert found() == []


def test_actors_that_somebody_told_apart_are_no_duplicates() -> None:
    two(*ALIKE)
    numbers = dict(Actor.objects.values_list("code", "id"))
    actors_tell_apart(one=numbers["X"], other=numbers["Y"], reason="Zwei Standorte, zwei Firmen.")
    assert found() == []
