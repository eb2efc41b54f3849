"""Where each table of the contract comes from: a model, and its attribute for each column in the contract's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.activities.models import Activity, ActivityAssignment, ActivityParticipation
from ewm.capture.actors.models import Actor, ActorCluster, ActorIdentifier
from ewm.capture.editorial.models import EditionText, MacroValue, StoryAssignment, StoryPicture, SuccessStory
from ewm.capture.projects.models import (
    Project,
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
    ProjectSupportingCluster,
)

if TYPE_CHECKING:
    from ewm.capture.base import Versioned

# Columns that no attribute holds: they are resolved at the cut-off.
_OF_ACTOR = ("actor_id", "actors")  # those that went up in another are left out
SIZE, STATUS = "size at the cut-off", "status at the cut-off"


@dataclass(frozen=True, slots=True)
class Source:
    """A model and its attributes, one for each column.

    ``until`` is the day or the year that must not lie after the cut-off; ``belongs`` the attribute that names a record
    and the table of it: where the cut-off leaves the record out, its rows go with it.
    """

    model: type[Versioned]
    attributes: tuple[str, ...]
    until: str | None = None
    belongs: tuple[str, str] | None = None


SOURCES: dict[str, Source] = {
    "actors": Source(
        Actor,
        ("id", "code", "name", "actor_type_id", "parent_id", SIZE, "country", "land_id", "district_id", "municipality",
         "example"),
    ),
    "actor_clusters": Source(ActorCluster, ("actor_id", "cluster_id", "member_from", "member_to"), belongs=_OF_ACTOR),
    "actor_identifiers": Source(ActorIdentifier, ("actor_id", "scheme_id", "identifier"), belongs=_OF_ACTOR),
    "projects": Source(
        Project,
        ("id", "code", "cluster_id", "title", "support_start", "support_end", "official_start", "official_end", STATUS,
         "is_rdi", "project_volume", "project_volume_regional", "project_volume_estimated", "funding_volume",
         "funding_volume_regional", "funding_volume_estimated", "funding_state_id", "example"),
        until="support_start",
    ),
    "project_status_events": Source(
        ProjectStatusEvent,
        ("project_id", "status_from", "status_id"),
        until="status_from",
        belongs=("project_id", "projects"),
    ),
    "project_funding": Source(
        ProjectFunding,
        ("id", "project_id", "granting_body_id", "funds_origin_id", "programme_id", "amount"),
        belongs=("project_id", "projects"),
    ),
    "project_supporting_clusters": Source(
        ProjectSupportingCluster,
        ("project_id", "cluster_id", "supporting_from", "supporting_to"),
        belongs=("project_id", "projects"),
    ),
    "project_participations": Source(
        ProjectParticipation, ("project_id", "actor_id", "role_id"), belongs=("project_id", "projects")
    ),
    "project_assignments": Source(
        ProjectAssignment, ("project_id", "term_id", "is_main"), belongs=("project_id", "projects")
    ),
    "activities": Source(
        Activity,
        ("id", "code", "cluster_id", "title", "activity_kind_id", "activity_format_id", "activity_start",
         "activity_end", "is_standard", "is_lead", "example"),
        until="activity_start",
    ),
    "activity_participations": Source(
        ActivityParticipation, ("activity_id", "actor_id", "role_id"), belongs=("activity_id", "activities")
    ),
    "activity_assignments": Source(
        ActivityAssignment, ("activity_id", "term_id", "is_main"), belongs=("activity_id", "activities")
    ),
    "success_stories": Source(
        SuccessStory,
        ("id", "code", "cluster_id", "reporting_year", "position", "title", "body", "project_id", "activity_id",
         "example"),
        until="reporting_year",
    ),
    "story_assignments": Source(StoryAssignment, ("story_id", "term_id"), belongs=("story_id", "success_stories")),
    "story_pictures": Source(
        StoryPicture,
        ("story_id", "picture_id", "media_type", "file_name", "alt_de", "alt_en", "credit"),
        belongs=("story_id", "success_stories"),
    ),
    "macro_values": Source(
        MacroValue,
        ("id", "cluster_id", "delimitation_id", "measure_id", "reporting_year", "period_from", "period", "value",
         "unit_id", "source", "note"),
        until="reporting_year",
    ),
    "edition_texts": Source(
        EditionText,
        ("id", "cluster_id", "reporting_year", "chapter", "language", "position", "body", "example"),
        until="reporting_year",
    ),
}  # fmt: skip
