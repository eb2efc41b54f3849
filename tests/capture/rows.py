"""Rows as the tables take them, written past every service: what the database itself refuses shows here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

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
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.timeline.models import Comment

if TYPE_CHECKING:
    from ewm.capture.base import Versioned

DAY = date(2020, 3, 1)
NOW = datetime(2020, 3, 1, tzinfo=UTC)

# Ids are far from those that the database gives by itself.
VALID: dict[type[Versioned], dict[str, Any]] = {
    Term: {
        "term_id": "new", "taxonomy": "guideline", "label_de": "neu", "label_en": "new", "series_id": "new",
        "position": 9,
    },
    Cluster: {"cluster_id": "new", "label_de": "neu", "label_en": "new", "kind_id": "joint", "position": 9},
    Actor: {"id": 901, "code": "A-901", "name": "Werk", "actor_type_id": "company", "country": "DE"},
    ActorFormerName: {"actor_id": 901, "name": "Alt", "name_to": DAY},
    ActorFormerParent: {"actor_id": 901, "parent_id": None, "parent_to": DAY},
    ActorMerge: {
        "survivor_id": 901, "merged_id": 902, "reason": "derselbe", "merged_at": datetime(2020, 3, 1, tzinfo=UTC),
        "moved": {},
    },
    ActorsApart: {"first_id": 901, "second_id": 902, "reason": "zwei Werke"},
    ActorSize: {"actor_id": 901, "size_class_id": "micro", "size_from": DAY},
    ActorCluster: {"actor_id": 901, "cluster_id": "metal", "member_from": DAY},
    ActorIdentifier: {"actor_id": 901, "scheme_id": "ror", "identifier": "01"},
    Project: {
        "id": 901, "code": "P-901", "cluster_id": "metal", "title": "Vorhaben", "support_start": DAY, "is_rdi": True,
        "project_volume": 100, "project_volume_regional": 60, "funding_volume": 50, "funding_volume_regional": 30,
        "funding_state_id": "secured",
    },
    ProjectStatusEvent: {"project_id": 901, "status_from": DAY, "status_id": "running"},
    ProjectFunding: {"project_id": 901, "granting_body_id": "state", "funds_origin_id": "eu", "amount": 1},
    ProjectSupportingCluster: {"project_id": 901, "cluster_id": "optics", "supporting_from": DAY},
    ProjectParticipation: {"project_id": 901, "actor_id": 901, "role_id": "partner"},
    ProjectAssignment: {"project_id": 901, "term_id": "digital"},
    Activity: {
        "id": 901, "code": "S-901", "cluster_id": "metal", "title": "Treffen", "activity_kind_id": "event",
        "activity_start": DAY,
    },
    ActivityParticipation: {"activity_id": 901, "actor_id": 901, "role_id": "partner"},
    ActivityAssignment: {"activity_id": 901, "term_id": "digital"},
    SuccessStory: {
        "id": 901, "code": "E-901", "cluster_id": "metal", "reporting_year": 2020, "position": 1, "title": "Beispiel",
        "body": "Text",
    },
    StoryAssignment: {"story_id": 901, "term_id": "wide"},
    PictureContent: {"sha256": "a" * 64, "content": b"x"},
    StoryPicture: {
        "story_id": 901, "picture_id": "c" * 64, "media_type": "image/png", "file_name": "halle.png", "alt_de": "Halle",
        "credit": "Foto: Werk",
    },
    MacroValue: {
        "cluster_id": "metal", "delimitation_id": "core", "measure_id": "companies", "reporting_year": 2020,
        "period": 2018, "value": 1, "unit_id": "count", "source": "Register",
    },
    InterviewNote: {
        "cluster_id": "metal", "reporting_year": 2020, "topic": "Lage", "body": "Notiz", "held_on": DAY,
    },
    EditionText: {
        "cluster_id": "metal", "reporting_year": 2020, "chapter": "3", "language": "de", "position": 1, "body": "Text",
    },
    Question: {
        "id": 901, "cluster_id": "metal", "project_id": 901, "field": "title", "text": "Stimmt das?", "asked_at": NOW,
    },
    Contribution: {"question_id": 901, "step": "answer", "text": "Ja.", "moment": NOW},
    HintConfirmation: {
        "name": "check", "kind": "projects", "record": "P-901", "basis": "1", "reason": "geprüft", "moment": NOW,
    },
    Comment: {"kind": "project", "record": "P-901", "text": "Gut.", "moment": NOW},
}  # fmt: skip


def insert(model: type[Versioned], **changes: Any) -> Versioned:
    """Insert a valid row with some values changed; neither checked nor kept in history."""
    row: Versioned
    [row] = model.objects.bulk_create([model(**{**VALID[model], **changes})])
    return row


def insert_records() -> None:
    """Insert the actor, project, activity, story and picture to which the other rows belong."""
    for model in (Actor, Project, Activity, SuccessStory, Question):
        insert(model)
    insert(PictureContent, sha256="c" * 64)
