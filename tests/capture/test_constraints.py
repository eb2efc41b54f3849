"""Rules within one row hold in the database itself, whoever writes; each threshold from both sides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from ewm.capture.activities.models import Activity, ActivityAssignment, ActivityParticipation
from ewm.capture.actors.models import (
    Actor,
    ActorCluster,
    ActorFormerName,
    ActorFormerParent,
    ActorIdentifier,
    ActorMerge,
    ActorsApart,
    ActorSize,
)
from ewm.capture.base import Versioned
from ewm.capture.dialogue.models import Contribution, HintConfirmation, Question
from ewm.capture.editorial.models import (
    EditionText,
    InterviewNote,
    MacroValue,
    PictureContent,
    StoryAssignment,
    StoryPicture,
    SuccessStory,
)
from ewm.capture.projects.models import (
    Project,
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
    ProjectSupportingCluster,
)
from ewm.capture.shapes import attribute_of
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.timeline.models import Comment
from tests.capture.rows import DAY, VALID, insert, insert_records

if TYPE_CHECKING:
    from ewm.programme import Programme

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
UNKNOWN_FUNDING = {"funding_volume": None, "funding_volume_regional": None}
UNFUNDED = {"funding_state_id": "none", "funding_volume_regional": None}

# Constraint -> model, rows that just pass, rows that just do not.
CHECKS: dict[str, tuple[type[Versioned], list[dict[str, Any]], list[dict[str, Any]]]] = {
    "term_id_given": (Term, [{"term_id": "n", "series_id": "n"}], [{"term_id": ""}, {"term_id": "  "}]),
    "term_end_not_before_begin": (
        Term,
        [{"valid_from": DAY, "valid_to": DAY}, {"valid_from": DAY}, {"valid_to": DAY}],
        [{"valid_from": DAY, "valid_to": BEFORE}],
    ),
    "cluster_id_given": (Cluster, [{"cluster_id": "n"}], [{"cluster_id": " "}]),
    "cluster_end_not_before_begin": (
        Cluster, [{"valid_from": DAY, "valid_to": DAY}], [{"valid_from": DAY, "valid_to": BEFORE}],
    ),
    "actor_code_given": (Actor, [{"code": "A" * 40}], [{"code": ""}, {"code": "A" * 41}]),
    "actor_name_given": (Actor, [{"name": "N" * 300}], [{"name": " "}, {"name": "N" * 301}]),
    "actor_municipality_given": (
        Actor, [{"municipality": None}, {"municipality": "Cottbus"}], [{"municipality": ""}],
    ),
    "actor_not_its_own_parent": (Actor, [{"id": 903, "parent_id": None}], [{"id": 903, "parent_id": 903}]),
    "actor_not_merged_into_itself": (
        Actor, [{"id": 903, "merged_into_id": 902}], [{"id": 903, "merged_into_id": 903}],
    ),
    "actor_former_name_given": (ActorFormerName, [{"name": "N" * 300}], [{"name": " "}, {"name": "N" * 301}]),
    "actor_never_its_own_parent": (
        ActorFormerParent, [{"parent_id": 902}, {"parent_id": None}], [{"parent_id": 901}],
    ),
    "actor_merge_of_two": (ActorMerge, [{}], [{"merged_id": 901}]),
    "actor_merge_reason_given": (ActorMerge, [{"reason": "R" * 200}], [{"reason": " "}, {"reason": "R" * 201}]),
    "actors_apart_in_order": (ActorsApart, [{}], [{"second_id": 901}, {"first_id": 902, "second_id": 901}]),
    "actors_apart_reason_given": (ActorsApart, [{"reason": "R" * 200}], [{"reason": ""}, {"reason": "R" * 201}]),
    "actor_country_two_capitals": (
        Actor, [{"country": "PL"}], [{"country": "Pl"}, {"country": "P"}, {"country": "POL"}],
    ),
    "actor_land_in_germany": (
        Actor, [{"land_id": "12"}, {"country": "PL", "land_id": None}], [{"country": "PL", "land_id": "12"}],
    ),
    "actor_district_in_land": (
        Actor,
        [{"land_id": "12", "district_id": "12052"}, {"land_id": "12", "district_id": None}],
        [{"land_id": "11", "district_id": "12052"}, {"land_id": None, "district_id": "12052"}],
    ),
    "actor_cluster_end_not_before_begin": (ActorCluster, [{"member_to": DAY}], [{"member_to": BEFORE}]),
    "actor_identifier_given": (ActorIdentifier, [{"identifier": "x"}], [{"identifier": ""}]),
    "project_code_given": (Project, [{"code": "P" * 40}], [{"code": ""}, {"code": "P" * 41}]),
    "project_title_given": (Project, [{"title": "T" * 300}], [{"title": " "}, {"title": "T" * 301}]),
    "support_end_not_before_start": (Project, [{"support_end": DAY}, {}], [{"support_end": BEFORE}]),
    "official_end_not_before_start": (
        Project,
        [{"official_start": DAY, "official_end": DAY}, {"official_end": BEFORE}],
        [{"official_start": DAY, "official_end": BEFORE}],
    ),
    "project_volume_not_negative": (
        Project,
        [{"project_volume": 0, "project_volume_regional": 0, **UNFUNDED, "funding_volume": 0}],
        [{"project_volume": -1, "project_volume_regional": None, **UNKNOWN_FUNDING}],
    ),
    "project_volume_regional_not_negative": (
        Project, [{"project_volume_regional": 0}], [{"project_volume_regional": -1}],
    ),
    "funding_volume_not_negative": (
        Project,
        [{"funding_volume": 1, "funding_volume_regional": 1}],
        # An amount below 0 breaks another rule as well; which one the database names first is its own matter.
        [],
    ),
    "funding_volume_regional_not_negative": (
        Project, [{"funding_volume_regional": 0}], [{"funding_volume_regional": -1}],
    ),
    "funding_within_project_volume": (
        Project,
        [{"funding_volume": 100}, {"funding_volume": 101, "project_volume": None, "project_volume_regional": None}],
        [{"funding_volume": 101}],
    ),
    "regional_within_project_volume": (
        Project,
        [{"project_volume_regional": 100}, {"project_volume_regional": None}],
        [{"project_volume_regional": 101}, {"project_volume": None}],
    ),
    "regional_within_funding_volume": (
        Project,
        [{"funding_volume_regional": 50}, {"funding_volume_regional": None}],
        [{"funding_volume_regional": 51}, {"funding_volume": None}],
    ),
    "unfunded_without_funding_volume": (
        Project,
        [
            {**UNFUNDED, "funding_volume": 0},
            {"funding_volume": 1, "funding_volume_regional": 0},
            {"funding_volume": None, "funding_volume_regional": None},
        ],
        [
            {**UNFUNDED, "funding_volume": 1},
            {**UNFUNDED, "funding_volume": None},
            {"funding_volume": 0, "funding_volume_regional": 0},
        ],
    ),
    "funding_amount_above_zero": (ProjectFunding, [{"amount": 1}], [{"amount": 0}]),
    "funding_has_a_funding_body": (
        ProjectFunding,
        [{"granting_body_id": "eu"}],
        [{"granting_body_id": "unfunded"}, {"funds_origin_id": "unfunded"}],
    ),
    "supporting_end_not_before_begin": (
        ProjectSupportingCluster, [{"supporting_to": DAY}], [{"supporting_to": BEFORE}],
    ),
    "activity_code_given": (Activity, [{"code": "S" * 40}], [{"code": ""}, {"code": "S" * 41}]),
    "activity_title_given": (Activity, [{"title": "T" * 300}], [{"title": ""}, {"title": "T" * 301}]),
    "activity_end_not_before_start": (Activity, [{"activity_end": DAY}, {}], [{"activity_end": BEFORE}]),
    "story_code_given": (SuccessStory, [{"code": "E"}], [{"code": ""}]),
    "story_title_given": (SuccessStory, [{"title": "T"}], [{"title": ""}]),
    "story_body_given": (SuccessStory, [{"body": "B" * 5000}], [{"body": " "}]),
    "story_year_plausible": (
        SuccessStory, [{"reporting_year": 2000}, {"reporting_year": 2100}],
        [{"reporting_year": 1999}, {"reporting_year": 2101}],
    ),
    "picture_hash_whole": (PictureContent, [{"sha256": "b" * 64}], [{"sha256": "b" * 63}]),
    "picture_size": (
        PictureContent, [{"content": b"x" * 2 * 1024**2}], [{"content": b"x" * (2 * 1024**2 + 1)}, {"content": b""}],
    ),
    "question_about_one_record": (
        Question,
        [{"project_id": None, "activity_id": 901}, {"project_id": None, "actor_id": 901}],
        [{"project_id": None}, {"activity_id": 901}],
    ),
    "question_state_known": (Question, [{"state": "settled"}], [{"state": "lost"}]),
    "question_text_given": (Question, [{"text": "T" * 2000}], [{"text": " "}, {"text": "T" * 2001}]),
    "question_field_given": (Question, [{"field": "F" * 60}], [{"field": ""}]),
    "contribution_says_something": (Contribution, [{"step": "settle", "text": None}], [{"text": None}]),
    "contribution_text_given": (Contribution, [{"text": "T" * 2000}], [{"text": " "}, {"text": "T" * 2001}]),
    "confirmation_reason_given": (HintConfirmation, [{"reason": "R" * 500}], [{"reason": ""}, {"reason": "R" * 501}]),
    "comment_kind_known": (Comment, [{"kind": "actor"}], [{"kind": "story"}]),
    "comment_given": (Comment, [{"text": "T" * 2000}], [{"text": "  "}, {"text": "T" * 2001}]),
    "story_picture_media_type": (StoryPicture, [{"media_type": "image/jpeg"}], [{"media_type": "image/gif"}]),
    "story_picture_file_given": (
        StoryPicture, [{"file_name": "F" * 200}], [{"file_name": ""}, {"file_name": "F" * 201}],
    ),
    "story_picture_alt_given": (StoryPicture, [{"alt_de": "A" * 500}], [{"alt_de": " "}, {"alt_de": "A" * 501}]),
    "story_picture_alt_en_given": (
        StoryPicture, [{"alt_en": None}, {"alt_en": "A" * 500}], [{"alt_en": ""}, {"alt_en": "A" * 501}],
    ),
    "story_picture_credit_given": (StoryPicture, [{"credit": "C" * 300}], [{"credit": ""}, {"credit": "C" * 301}]),
    "macro_source_given": (MacroValue, [{"source": "S"}], [{"source": ""}]),
    "macro_year_plausible": (MacroValue, [{"reporting_year": 2100}], [{"reporting_year": 2101}]),
    "macro_period_plausible": (MacroValue, [{"period": 2000}], [{"period": 1999}]),
    "macro_period_forward": (MacroValue, [{"period_from": 2017}], [{"period_from": 2018}]),
    "note_topic_given": (InterviewNote, [{"topic": "T" * 200}], [{"topic": ""}, {"topic": "T" * 201}]),
    "note_body_given": (InterviewNote, [{"body": "B"}], [{"body": ""}]),
    "note_year_plausible": (InterviewNote, [{"reporting_year": 2000}], [{"reporting_year": 1999}]),
    "text_chapter_given": (EditionText, [{"chapter": "C" * 100}], [{"chapter": ""}, {"chapter": "C" * 101}]),
    "text_body_given": (EditionText, [{"body": "B"}], [{"body": ""}]),
    "text_language_two_letters": (EditionText, [{"language": "en"}], [{"language": "d"}, {"language": "deu"}]),
    "text_year_plausible": (EditionText, [{"reporting_year": 2100}], [{"reporting_year": 2101}]),
}  # fmt: skip

# Constraint -> model, what a second row may have to stand beside the valid one, what it must not.
UNIQUE: dict[str, tuple[type[Versioned], dict[str, Any], dict[str, Any]]] = {
    "actor_code_once": (Actor, {"id": 905, "code": "A-905"}, {"id": 905}),
    "actor_former_name_once_a_day": (ActorFormerName, {"name_to": AFTER}, {"name": "anders"}),
    "actor_former_parent_once_a_day": (ActorFormerParent, {"parent_to": AFTER}, {"parent_id": 902}),
    "actor_merged_once": (ActorMerge, {"undone_at": VALID[ActorMerge]["merged_at"]}, {"reason": "anders"}),
    "actors_apart_once": (ActorsApart, {"second_id": 903}, {"reason": "anders"}),
    "actor_size_once_a_day": (ActorSize, {"size_from": AFTER}, {"size_class_id": "large"}),
    "actor_cluster_once_a_day": (ActorCluster, {"member_from": AFTER}, {"member_to": AFTER}),
    "actor_identifier_once": (ActorIdentifier, {"identifier": "02"}, {}),
    "project_code_once": (Project, {"id": 902, "code": "P-902"}, {"id": 902}),
    "one_status_a_day": (ProjectStatusEvent, {"status_from": AFTER}, {"status_id": "finished"}),
    "supporting_cluster_once_a_day": (ProjectSupportingCluster, {"supporting_from": AFTER}, {"supporting_to": AFTER}),
    "project_partner_once": (ProjectParticipation, {"actor_id": 902}, {"role_id": "lead"}),
    "project_term_once": (ProjectAssignment, {"term_id": "work"}, {"is_main": True}),
    "activity_code_once": (Activity, {"id": 902, "code": "S-902"}, {"id": 902}),
    "activity_partner_once": (ActivityParticipation, {"actor_id": 902}, {"role_id": "lead"}),
    "activity_term_once": (ActivityAssignment, {"term_id": "work"}, {"is_main": True}),
    "story_code_once": (SuccessStory, {"id": 902, "code": "E-902", "position": 2}, {"id": 902, "position": 2}),
    "story_position_once": (SuccessStory, {"id": 902, "code": "E-902", "position": 2}, {"id": 902, "code": "E-902"}),
    "story_term_once": (StoryAssignment, {"term_id": "digital"}, {}),
    "picture_once": (PictureContent, {"sha256": "b" * 64}, {"content": b"y"}),
    "hint_confirmed_once": (HintConfirmation, {"record": "P-902"}, {"reason": "anders"}),
    "story_picture_once": (StoryPicture, {"story_id": 902}, {"file_name": "anders.png"}),
    "macro_value_once": (MacroValue, {"period": 2019}, {"value": 2}),
    "macro_development_once": (MacroValue, {"period_from": 2009}, {"period_from": 2008, "value": 2}),
    "note_once": (InterviewNote, {"held_on": AFTER}, {"body": "anders"}),
    "text_position_once": (EditionText, {"language": "en"}, {"body": "anders"}),
}

CHECK_CASES = [(name, row) for name, (_, _, wrong) in CHECKS.items() for row in wrong]
RIGHT_CASES = [(name, row) for name, (_, right, _) in CHECKS.items() for row in right]


@pytest.fixture
def owners(programme: Programme) -> None:  # noqa: ARG001
    insert_records()
    insert(Actor, id=902, code="A-902")


def fresh(model: type[Versioned], row: dict[str, Any]) -> dict[str, Any]:
    """Let a row that has an id of its own stand beside the one that is already there."""
    others = {"id": 904, "code": "X-904", "position": 904}
    plain = {name: value for name, value in others.items() if name in VALID[model] and "id" in VALID[model]}
    return {**plain, **row}


@pytest.mark.parametrize(("name", "row"), CHECK_CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_the_database_refuses_a_wrong_row(owners: None, name: str, row: dict[str, Any]) -> None:  # noqa: ARG001
    model = CHECKS[name][0]
    # PostgreSQL refuses a text that is too long before it comes to the constraint.
    with pytest.raises((IntegrityError, DataError), match=f"{name}|value too long"), transaction.atomic():
        insert(model, **fresh(model, row))


@pytest.mark.parametrize(("name", "row"), RIGHT_CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_the_database_takes_the_row_beside_it(owners: None, name: str, row: dict[str, Any]) -> None:  # noqa: ARG001
    model = CHECKS[name][0]
    assert insert(model, **fresh(model, row)).pk


def test_the_database_refuses_a_negative_funding_volume(owners: None) -> None:  # noqa: ARG001
    with pytest.raises(IntegrityError, match="funding_volume"), transaction.atomic():
        insert(Project, id=904, code="X-904", funding_volume=-1, funding_volume_regional=None)


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_a_second_one(owners: None, name: str) -> None:  # noqa: ARG001
    model, right, wrong = UNIQUE[name]
    if model not in (Actor, Project, Activity, SuccessStory, Question):
        insert(model)
    if name == "macro_development_once":
        insert(model, period_from=2008)
    with transaction.atomic():
        insert(model, **{**right, "id": 950})
        transaction.set_rollback(True)
    [constraint] = [
        each for each in model._meta.constraints if isinstance(each, UniqueConstraint) and each.name == name
    ]
    # SQLite names the columns instead of the constraint.
    columns = ", ".join(f"{model._meta.db_table}.{attribute_of(model, field)}" for field in constraint.fields)
    expected = name if connection.vendor == "postgresql" else f"UNIQUE constraint failed: {columns}$"
    with pytest.raises(IntegrityError, match=expected), transaction.atomic():
        insert(model, **wrong)


@pytest.mark.parametrize("model", VALID, ids=lambda model: model.__name__)
def test_versions_start_at_one(owners: None, model: type[Versioned]) -> None:  # noqa: ARG001
    with pytest.raises(IntegrityError, match="version"), transaction.atomic():
        insert(model, **fresh(model, {"version": 0}))
    assert insert(model, **fresh(model, {})).version == 1


def test_an_unknown_term_is_refused_by_the_database(owners: None) -> None:  # noqa: ARG001
    with transaction.atomic():
        insert(ProjectAssignment, term_id="no-such-term")
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def captured_models() -> list[type[Versioned]]:
    return [model for model in apps.get_models() if issubclass(model, Versioned)]


def test_every_constraint_has_its_cases() -> None:
    checks: set[str] = set()
    unique: set[str] = set()
    for model in captured_models():
        for constraint in model._meta.constraints:
            (checks if isinstance(constraint, CheckConstraint) else unique).add(constraint.name)
    versions = {f"{model._meta.model_name}_version_from_one" for model in captured_models()}
    assert versions <= checks
    assert checks - versions == set(CHECKS)
    assert unique == set(UNIQUE)
    assert set(VALID) == set(captured_models())
