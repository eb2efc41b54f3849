"""Plausibility checks: each finds what it names and leaves alone what lies on the other side of its limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ewm.capture.activities.services import activities_create
from ewm.capture.actors.entries import Membership
from ewm.capture.actors.services import actors_create
from ewm.capture.entries import Assignment, Participation
from ewm.capture.hints import CHECKS, Hint, Scope, Severity, Source, find_hints
from ewm.capture.projects.services import projects_create
from ewm.capture.taxonomies.services import programme_load
from ewm.errors import ContentError, MissingError
from ewm.programme import HintValues
from tests.capture.entries import activity, actor, project, unfunded
from tests.capture.programme import small_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.capture.activities.entries import ActivityEntry
    from ewm.capture.projects.entries import ProjectEntry
    from ewm.programme import Programme

pytestmark = pytest.mark.usefixtures("actors")

START = date(2020, 3, 1)
FIELD = Assignment(term="metal-2014-a", is_main=True)
PLAIN: dict[str, Any] = {"assignments": (FIELD,)}  # nothing to point out, as the partners are of the home cluster
BOTH = frozenset({"projects", "activities"})
NAMES = (
    "project_without_partner",
    "project_without_volume",
    "activity_without_end",
    "record_without_main_action_field",
    "cross_cluster_tag_differs",
    "project_below_usual_scope",
)
ALL = [Source(name, "P-01", "S1", "Ein Satz.", BOTH) for name in NAMES]


def plain(code: str = "P-1", **changes: Any) -> ProjectEntry:
    return project(code, **(PLAIN | changes))


def free(code: str = "P-1", **changes: Any) -> ProjectEntry:
    return unfunded(code, **(PLAIN | {"project_volume_regional": None} | changes))


def lasting(begin: date, end: date | None, **changes: Any) -> ProjectEntry:
    """A project with another period, of which the other dates do not hang."""
    first = (replace(project().status_events[0], status_from=begin),)
    return plain(support_start=begin, support_end=end, status_events=first, **({"supporting_clusters": ()} | changes))


def found(programme: Programme | None = None, scope: Scope | None = None, sources: Any = None) -> list[Hint]:
    return find_hints(scope=scope or Scope(), programme=programme or small_programme(), sources=sources or ALL)


def named(hints: list[Hint]) -> list[tuple[str, str, str]]:
    return [(hint.finding.record, hint.finding.field, hint.name) for hint in hints]


def test_ordinary_records_give_no_hint() -> None:
    projects_create(entries=[plain()])
    activities_create(entries=[activity()])
    assert found() == []


BELOW, VOLUME = ("project_volume", "project_below_usual_scope"), ("project_volume", "project_without_volume")
PARTNER, END = ("role", "project_without_partner"), ("activity_end", "activity_without_end")
MAIN, TAG = ("is_main", "record_without_main_action_field"), ("term", "cross_cluster_tag_differs")
UNKNOWN: dict[str, Any] = {"project_volume": None, "project_volume_regional": None}
SOUGHT: dict[str, Any] = {
    "funding_state": "sought",
    "funding_volume": None,
    "funding_volume_regional": None,
    "funding": (),
}


def partners(*roles: str) -> dict[str, Any]:
    return {"participations": tuple(Participation(actor=f"A-{at}", role=role) for at, role in enumerate(roles, 1))}


PROJECTS: dict[str, tuple[ProjectEntry, list[tuple[str, str]]]] = {
    "a cent below 50,000 euros": (free(project_volume=49_999_99), [BELOW]),
    "exactly 50,000 euros": (free(project_volume=50_000_00), []),
    "nothing": (free(project_volume=0), [BELOW]),
    "small and funded": (
        plain(project_volume=1_00, project_volume_regional=None, **SOUGHT | {"funding_state": "secured"}), [],
    ),
    "small, funding sought": (plain(project_volume=1_00, project_volume_regional=None, **SOUGHT), []),
    "without funding, volume unknown": (free(project_volume=None), [VOLUME]),
    "funded, volume unknown": (plain(**UNKNOWN), [VOLUME]),
    "no partner": (plain(participations=()), [PARTNER]),
    "associated ones alone": (plain(**partners("associated", "associated")), [PARTNER]),
    "a leading one alone": (plain(**partners("lead")), []),
    "a partner beside an associated one": (plain(**partners("associated", "partner")), []),
    "no action field": (plain(assignments=(Assignment(term="digital", is_main=True),)), [MAIN]),
    "an action field that is not the main one": (plain(assignments=(Assignment(term="metal-2014-a"),)), [MAIN]),
    "a main one beside another": (plain(assignments=(FIELD, Assignment(term="metal-2014-b"))), []),
    "several hints of one record": (free(assignments=(), participations=(), project_volume=1), [PARTNER, MAIN, BELOW]),
}  # fmt: skip


@pytest.mark.parametrize("case", PROJECTS)
def test_projects(case: str) -> None:
    entry, expected = PROJECTS[case]
    projects_create(entries=[entry])
    assert named(found()) == [("P-1", *each) for each in expected]


ACTIVITIES: dict[str, tuple[ActivityEntry, list[tuple[str, str]]]] = {
    "without an end": (activity(activity_end=None), [END]),
    "of one day": (activity(activity_end=date(2020, 9, 1)), []),
    "a standard one without anything": (activity(activity_end=None, assignments=(), is_standard=True), []),
    "no action field": (activity(assignments=()), [MAIN]),
    "the main term of another taxonomy": (activity(assignments=(Assignment(term="digital", is_main=True),)), [MAIN]),
    "an action field that is not the main one": (activity(assignments=(Assignment(term="metal-2014-b"),)), [MAIN]),
}  # fmt: skip


@pytest.mark.parametrize("case", ACTIVITIES)
def test_activities(case: str) -> None:
    entry, expected = ACTIVITIES[case]
    activities_create(entries=[entry])
    assert named(found()) == [("S-1", *each) for each in expected]


def test_messages_say_why_and_what_to_do() -> None:
    none, not_main = plain("P-2", assignments=()), plain("P-3", assignments=(Assignment(term="metal-2014-a"),))
    projects_create(entries=[free("P-1", project_volume=49_999_99), none, not_main, plain("P-4", participations=())])
    messages = {hint.finding.record: hint.finding.message for hint in found()}
    assert "49.999,99 Euro" in messages["P-1"]
    assert "ab 50.000,00 Euro" in messages["P-1"]
    assert messages["P-2"].startswith("Es ist kein Handlungsfeld zugeordnet")
    assert messages["P-3"].startswith("Von den zugeordneten Handlungsfeldern ist keines die Hauptzuordnung")
    assert "lead (de) oder partner (de)" in messages["P-4"]
    assert all("Bitte " in message and message.endswith(".") for message in messages.values())


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "missing"),
    [
        (START, START, True),
        (date(2020, 3, 2), None, False),
        (None, date(2020, 2, 29), False),
        (None, None, True),
    ],
)
def test_no_main_action_field_is_missed_where_the_cluster_has_none_at_the_beginning(
    valid_from: date | None, valid_to: date | None, *, missing: bool
) -> None:
    plan: dict[str, Any] = {"cluster_id": "optics"}  # a term of the cluster that is no field
    changed = small_programme(**{"optics-a": {"valid_from": valid_from, "valid_to": valid_to}, "metal-2014": plan})
    programme_load(programme=changed)
    projects_create(entries=[plain(cluster="optics", assignments=(), supporting_clusters=())])
    hints = [hint for hint in named(found(changed)) if hint[2] == MAIN[1]]
    assert hints == ([("P-1", *MAIN)] if missing else [])


def member(cluster: str, begin: date = date(2017, 1, 1), end: date | None = None) -> Membership:
    return Membership(cluster=cluster, member_from=begin, member_to=end)


TODAY, BEFORE, AFTER = START, date(2020, 2, 29), date(2020, 3, 2)
OUTSIDE: dict[str, tuple[tuple[Membership, ...], bool]] = {
    "of the home cluster": ((member("metal"),), False),
    "of another cluster": ((member("optics"),), True),
    "of both": ((member("metal"), member("optics")), False),
    "of none": ((), False),
    "of an industry outside the structure": ((member("others"),), True),
    "of another cluster from that day to that day": ((member("optics", TODAY, TODAY),), True),
    "of another cluster from the day after": ((member("optics", AFTER),), False),
    "of another cluster until the day before": ((member("optics", end=BEFORE),), False),
    "of the home cluster until the day before": ((member("metal", end=BEFORE), member("optics")), True),
    "of the home cluster until that day": ((member("metal", end=TODAY), member("optics")), False),
    "of the home cluster from the day after": ((member("metal", AFTER), member("optics")), True),
    "of the home cluster from that day": ((member("metal", TODAY), member("optics")), False),
}  # fmt: skip
ASSIGNED: dict[str, Any] = {"assignments": (FIELD, Assignment(term="wide-technical"))}


@pytest.mark.parametrize("assigned", [True, False])
@pytest.mark.parametrize("role", ["partner", "associated"])
@pytest.mark.parametrize("case", OUTSIDE)
def test_the_guideline_agrees_with_the_partners(case: str, role: str, *, assigned: bool) -> None:
    clusters, is_outside = OUTSIDE[case]
    actors_create(entries=[actor("X", clusters=clusters)])
    with_x = (Participation(actor="A-1", role="lead"), Participation(actor="X", role=role))
    projects_create(entries=[plain(participations=with_x, **(ASSIGNED if assigned else {}))])
    hints = found()
    assert named(hints) == ([("P-1", *TAG)] if assigned != is_outside else [])
    if is_outside and not assigned:
        labels = {each.cluster: f"{each.cluster} (de) durch X" for each in clusters}
        outside = next(cluster for cluster in labels if cluster != "metal")
        assert f"Andere Cluster sind beteiligt ({labels[outside]})" in hints[0].finding.message


def test_who_brings_in_which_cluster_is_said_once() -> None:
    twice = (member("optics", end=START), member("optics", START), member("others"))
    actors_create(entries=[actor("X", clusters=twice), actor("B", clusters=(member("optics"),))])
    both = tuple(Participation(actor=code, role="partner") for code in ("X", "B"))
    projects_create(entries=[plain(participations=both)])
    (hint,) = found()
    assert "(optics (de) durch B, X; others (de) durch X)" in hint.finding.message


@pytest.mark.parametrize(
    ("begin", "end", "missed"),
    [
        (date(2019, 12, 31), None, False),  # before guidelines were recorded
        (date(2020, 1, 1), None, True),
        (date(2020, 1, 1), date(2020, 2, 1), True),
        (date(2020, 1, 1), date(2020, 1, 31), False),  # ended before the guideline began
        (date(2020, 7, 31), date(2020, 9, 1), True),
        (date(2020, 8, 1), None, False),  # begun after the guideline had ended
    ],
)
def test_a_guideline_is_missed_only_where_it_could_be_assigned(begin: date, end: date | None, *, missed: bool) -> None:
    period = {"valid_from": date(2020, 2, 1), "valid_to": date(2020, 7, 31)}
    programme = small_programme(**{"wide": period, "wide-technical": period, "wide-social": period})
    programme_load(programme=programme)
    actors_create(entries=[actor("X", clusters=(member("optics"),))])
    projects_create(entries=[lasting(begin, end, participations=(Participation(actor="X", role="lead"),))])
    assert [hint.name for hint in found(programme)] == ([TAG[1]] if missed else [])


def test_the_guideline_itself_counts_as_its_sub_categories_do() -> None:
    programme = replace(
        small_programme(), hints=replace(small_programme().hints, cross_cluster_guideline="wide-social")
    )
    projects_create(entries=[plain(**ASSIGNED), plain("P-2", assignments=(FIELD, Assignment(term="wide-social")))])
    assert named(found(programme)) == [("P-2", *TAG)]


IN_2020: dict[str, tuple[date, date | None, bool]] = {
    "ends on its first day": (date(2019, 5, 1), date(2020, 1, 1), True),
    "ends the day before": (date(2019, 5, 1), date(2019, 12, 31), False),
    "begins on its last day": (date(2020, 12, 31), None, True),
    "begins the day after": (date(2021, 1, 1), None, False),
    "goes on since before": (date(2017, 5, 1), None, True),
}


@pytest.mark.parametrize("case", IN_2020)
def test_a_year_asks_for_the_records_that_touch_it(case: str) -> None:
    begin, end, touches = IN_2020[case]
    projects_create(entries=[lasting(begin, end, assignments=())])
    activities_create(entries=[activity(activity_start=begin, activity_end=end, assignments=())])
    hints = {hint.finding.record for hint in found(scope=Scope(year=2020))}
    assert hints == ({"P-1", "S-1"} if touches else set())


def test_a_cluster_asks_for_the_records_at_home_in_it() -> None:
    actors_create(entries=[actor("X", clusters=(member("optics"),))])
    from_outside = plain("P-3", participations=(Participation(actor="X", role="lead"),))
    at_optics = plain("P-2", cluster="optics", assignments=(), participations=(), supporting_clusters=())
    projects_create(entries=[plain("P-1", **ASSIGNED), at_optics, from_outside])
    activities_create(entries=[activity("S-2", cluster="optics", assignments=())])
    assert named(found(scope=Scope(cluster="metal"))) == [("P-1", *TAG), ("P-3", *TAG)]
    assert {hint.finding.record for hint in found(scope=Scope(cluster="optics"))} == {"P-2", "S-2"}
    assert found(scope=Scope(cluster="optics", year=2019)) == []


def test_hints_come_by_record_projects_first() -> None:
    projects_create(entries=[plain("P-2", participations=(), assignments=()), plain("P-10", participations=())])
    activities_create(entries=[activity("A-1", activity_end=None)])
    assert [(hint.finding.kind, hint.finding.record, hint.name) for hint in found()] == [
        ("projects", "P-10", "project_without_partner"),
        ("projects", "P-2", "project_without_partner"),
        ("projects", "P-2", "record_without_main_action_field"),
        ("activities", "A-1", "activity_without_end"),
    ]


def test_a_rule_of_thumb_weighs_less_than_what_is_missing() -> None:
    light = {name for name, check in CHECKS.items() if check.severity is Severity.HINT}
    assert light == {"project_below_usual_scope", "possible_duplicate"}


def test_a_hint_names_the_sentences_about_its_kind_of_record() -> None:
    projects_create(entries=[plain(assignments=())])
    activities_create(entries=[activity(assignments=())])
    name = "record_without_main_action_field"
    of_projects = Source(name, "P-10", "S1", "Projekte", frozenset({"projects"}))
    of_activities = Source(name, "S-01", "S1", "Aktivitäten", frozenset({"activities"}))
    of_other_rows = Source(name, "T-09", "S1", "Zuordnungen", frozenset({"terms"}))
    hints = found(sources=[of_activities, of_projects, of_other_rows])
    assert [hint.sources for hint in hints] == [(of_projects,), (of_activities,)]
    assert [hint.sources for hint in found(sources=[of_other_rows])] == [(of_other_rows,)] * 2


def test_a_check_that_no_sentence_names_is_not_asked() -> None:
    projects_create(entries=[plain(participations=(), **UNKNOWN)])
    assert named(found(sources=[each for each in ALL if each.name == PARTNER[1]])) == [("P-1", *PARTNER)]


def test_a_sentence_that_names_no_check_is_wrong_content() -> None:
    wrong = [Source("project_without_volum", "P-04", "S7", "Satz", BOTH), Source("x", "P-05", "S2", "Satz", BOTH)]
    with pytest.raises(ContentError) as caught:
        found(sources=[*ALL, *wrong])
    assert str(caught.value).splitlines()[1:] == [
        "  P-04 S7: „project_without_volum“. Gemeint „project_without_volume“?",
        f"  P-05 S2: „x“. Vorhanden sind: {', '.join(sorted(CHECKS))}.",
    ]


@pytest.mark.parametrize(
    ("check", "key"),
    [
        ("project_below_usual_scope", "usual_project_volume"),
        ("project_without_partner", "partner_roles"),
        ("cross_cluster_tag_differs", "cross_cluster_guideline"),
    ],
)
def test_what_a_check_needs_is_missed_only_where_it_is_asked(check: str, key: str) -> None:
    silent = replace(small_programme(), hints=HintValues())
    with pytest.raises(ContentError, match=rf"\[hints\] „{key}“ fehlt"):
        found(silent, sources=[each for each in ALL if each.name == check])
    needs_nothing = {"project_without_volume", "activity_without_end", "record_without_main_action_field"}
    assert found(silent, sources=[each for each in ALL if each.name in needs_nothing]) == []


def test_another_programme_than_the_loaded_one_is_refused() -> None:
    with pytest.raises(MissingError, match="ewm programme load"):
        found(small_programme(without=("optics-a",)))


def test_many_records_take_no_more_queries_than_one(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    def create(first: int, last: int) -> None:
        codes = [str(number) for number in range(first, last)]
        actors_create(entries=[actor(f"X-{code}", clusters=(member("optics"),)) for code in codes])
        projects_create(
            entries=[
                plain(
                    f"P-{code}", participations=(Participation(actor=f"X-{code}", role="associated"),),
                    assignments=(), **UNKNOWN,
                )
                for code in codes
            ]
        )  # fmt: skip
        activities_create(entries=[activity(f"S-{code}", activity_end=None, assignments=()) for code in codes])

    create(100, 101)
    with django_assert_max_num_queries(20) as one:
        assert len(found()) == 6
    create(101, 141)
    with django_assert_max_num_queries(20) as many:
        assert len(found()) == 6 * 41
    assert len(many) == len(one)
