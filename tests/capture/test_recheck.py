"""The check before the export: rules across rows, broken past the services, are found in the whole database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from ewm.capture.activities import rules as activity_rules
from ewm.capture.activities.models import Activity, ActivityAssignment, ActivityParticipation
from ewm.capture.actors import rules as actor_rules
from ewm.capture.actors.models import Actor, ActorCluster, ActorFormerName, ActorFormerParent, ActorSize
from ewm.capture.base import Versioned
from ewm.capture.editorial import rules as editorial_rules
from ewm.capture.editorial.models import EditionText, MacroValue, StoryAssignment, SuccessStory
from ewm.capture.exporter import violations
from ewm.capture.projects import rules as project_rules
from ewm.capture.projects.models import (
    Project,
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
    ProjectSupportingCluster,
)
from ewm.capture.refusing import Rule
from ewm.capture.taxonomies import rules as term_rules
from ewm.capture.taxonomies.services import programme_load
from tests.capture.programme import small_programme
from tests.capture.rows import DAY, VALID, insert

if TYPE_CHECKING:
    from types import ModuleType

    from ewm.programme import Programme

BEFORE = DAY - timedelta(days=1)

Rows = list[tuple[type[Versioned], dict[str, Any]]]
PROJECT: Rows = [(Project, {}), (ProjectStatusEvent, {})]
OTHER_PLACE = {"id": 902, "code": "E-902", "position": 2}

# Rule -> record and rows that break it and nothing else.
BROKEN: dict[str, list[tuple[str, Rows]]] = {
    "status_not_before_support": [("P-901", [*PROJECT, (ProjectStatusEvent, {"status_from": BEFORE})])],
    "first_status_on_support_start": [
        ("P-901", [(Project, {})]),
        ("P-901", [(Project, {}), (ProjectStatusEvent, {"status_from": DAY + timedelta(days=1)})]),
    ],
    "unfunded_without_funding": [
        ("P-901", [
            (Project, {"funding_state_id": "none", "funding_volume": 0, "funding_volume_regional": None}),
            (ProjectStatusEvent, {}), (ProjectFunding, {}),
        ]),
    ],
    "home_cluster_supports_anyway": [
        ("P-901", [*PROJECT, (ProjectSupportingCluster, {"cluster_id": "metal"})]),
    ],
    "cluster_within_structure": [
        ("P-901", [(Project, {"cluster_id": "others"}), (ProjectStatusEvent, {})]),
        ("P-901", [*PROJECT, (ProjectSupportingCluster, {"cluster_id": "others"})]),
        ("S-901", [(Activity, {"cluster_id": "others"})]),
        ("E-901", [(SuccessStory, {"cluster_id": "others"})]),
        ("others core companies 2020 2018", [(MacroValue, {"cluster_id": "others"})]),
    ],
    "size_class_of_a_company": [
        ("A-901", [(Actor, {"actor_type_id": "chamber"}), (ActorSize, {})]),
    ],
    "hierarchy_without_cycle": [
        ("A-901", [(Actor, {"parent_id": 902}), (Actor, {"id": 902, "code": "A-902", "parent_id": 901})]),
    ],
    "former_name_ended": [("A-901", [(Actor, {}), (ActorFormerName, {"name_to": date(2999, 12, 31)})])],
    "former_parent_ended": [("A-901", [(Actor, {}), (ActorFormerParent, {"parent_to": date(2999, 12, 31)})])],
    "wrong_taxonomy": [
        ("A-901", [(Actor, {"actor_type_id": "running"})]),
        ("A-901", [(Actor, {}), (ActorSize, {"size_class_id": "running"})]),
        ("P-901", [(Project, {}), (ProjectStatusEvent, {"status_id": "event"})]),
        ("P-901", [*PROJECT, (ProjectFunding, {"programme_id": "state"})]),
        ("P-901", [*PROJECT, (Actor, {}), (ProjectParticipation, {"role_id": "event"})]),
        ("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "event"})]),
        ("S-901", [(Activity, {"activity_kind_id": "online"})]),
        ("S-901", [(Activity, {}), (Actor, {}), (ActivityParticipation, {"role_id": "event"})]),
        ("E-901", [(SuccessStory, {}), (StoryAssignment, {"term_id": "event"})]),
        ("metal core count 2020 2018", [(MacroValue, {"measure_id": "count"})]),
    ],
    "term_not_in_force": [
        ("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "narrow"})]),
        ("S-901", [(Activity, {}), (ActivityAssignment, {"term_id": "narrow"})]),
        ("E-901", [(SuccessStory, {}), (StoryAssignment, {"term_id": "narrow"})]),
    ],
    "action_field_not_in_force": [
        ("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "metal-2020-a"})]),
        ("S-901", [(Activity, {}), (ActivityAssignment, {"term_id": "metal-2020-a"})]),
    ],
    "action_field_of_home_cluster": [("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "optics-a"})])],
    "assigned_to_a_leaf": [
        ("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "wide"})]),
        ("S-901", [(Activity, {}), (ActivityAssignment, {"term_id": "wide"})]),
    ],
    "one_main_term": [
        ("P-901", [*PROJECT, (ProjectAssignment, {"term_id": "work", "is_main": True}),
                   (ProjectAssignment, {"term_id": "digital", "is_main": True})]),
    ],
    "actor_country_two_capitals": [("A-901", [(Actor, {"country": "11"})])],
    "text_language_two_letters": [("metal 2020 3 11 1", [(EditionText, {"language": "11"})])],
}  # fmt: skip

# What the database refuses by itself is not repeated here; nor is what only a moment of writing can break.
OF_THE_MOMENT = {"first_status_recorded_with_project"}
BY_FOREIGN_KEYS = {"unknown_term", "unknown_cluster"}
ON_ITS_OWN = {"cluster_not_in_force"}
CASES = [(rule, record, rows) for rule, cases in BROKEN.items() for record, rows in cases]


@pytest.mark.parametrize(("rule", "record", "rows"), CASES, ids=[f"{rule}-{record}" for rule, record, _ in CASES])
@pytest.mark.usefixtures("programme")
def test_what_came_past_the_services_is_found(rule: str, record: str, rows: Rows) -> None:
    for model, changes in rows:
        insert(model, **changes)
    found = {(refusal.record, refusal.rule) for refusal in violations()}
    # Of a circle, every actor in it is told.
    assert found == {(record, rule)} | ({("A-902", rule)} if rule == "hierarchy_without_cycle" else set())


@pytest.mark.usefixtures("programme")
def test_a_cluster_that_ended_is_found() -> None:
    insert(Project, cluster_id="optics", support_start=DAY)
    insert(ProjectStatusEvent)
    Actor.objects.bulk_create([Actor(**VALID[Actor])])
    insert(ActorCluster, cluster_id="optics")
    programme_load(programme=small_programme(["optics", "optics-a"]), today=DAY)
    assert list(violations()) == []
    Project.objects.bulk_create(
        [Project(**{**VALID[Project], "id": 902, "code": "P-902", "cluster_id": "optics",
                    "support_start": DAY + timedelta(days=1)})]
    )  # fmt: skip
    insert(ProjectStatusEvent, project_id=902, status_from=DAY + timedelta(days=1))
    assert [(refusal.record, refusal.rule) for refusal in violations()] == [("P-902", "cluster_not_in_force")]


@pytest.mark.usefixtures("records")
def test_records_that_came_through_the_services_pass() -> None:
    assert list(violations()) == []
    assert list(violations(timezone.now())) == []


@pytest.mark.usefixtures("programme")
def test_a_state_of_the_past_is_checked_as_it_was() -> None:
    insert(Project)
    event = insert(ProjectStatusEvent)
    project = Project.objects.get()
    moment = timezone.now()
    Project.history.bulk_history_create([project], default_date=moment)
    ProjectStatusEvent.history.bulk_history_create([event], default_date=moment + timedelta(microseconds=1))
    assert [refusal.rule for refusal in violations(moment)] == ["first_status_on_support_start"]
    assert list(violations(moment + timedelta(microseconds=1))) == []


def all_rules() -> dict[str, Rule]:
    modules: list[ModuleType] = [activity_rules, actor_rules, editorial_rules, project_rules, term_rules]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return {rule.name: rule for rule in found}


def test_every_rule_that_the_database_does_not_know_has_its_case() -> None:
    constraints = {constraint.name for model in VALID for constraint in model._meta.constraints}
    beyond = set(all_rules()) - constraints - OF_THE_MOMENT - BY_FOREIGN_KEYS - ON_ITS_OWN
    partly = {"actor_country_two_capitals", "text_language_two_letters"}  # the database knows their length alone
    assert beyond == set(BROKEN) - partly


def test_rules_speak_german_and_give_the_next_step() -> None:
    for rule in all_rules().values():
        assert not rule.sentence.endswith(".")
        assert rule.step.startswith("Bitte ")
        assert str(rule.refuse("P-1", "so", place="a.csv, Zeile 2")).startswith("P-1 · ")


def test_days_are_what_the_cases_take_them_for(programme: Programme) -> None:
    assert programme.terms["metal-2020-a"].valid_from == date(2020, 11, 1)
    assert date(2020, 3, 1) == DAY
