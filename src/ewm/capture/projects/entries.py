"""Projects as they are handed to the services, and how they lie in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.entries import Assignment, Item, Participation
from ewm.capture.projects.models import (
    Project,
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
    ProjectSupportingCluster,
)
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Part, Shape

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEvent(Item):
    """Status from a day on."""

    status_from: date
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Item):
    """Public money, secured or sought: who grants it, where it comes from, under which programme; amount in cents."""

    granting_body: str
    funds_origin: str
    programme: str | None = None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Item):
    """Another cluster supports the project too, in a period."""

    cluster: str
    supporting_from: date
    supporting_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry(Item):
    """A project; volumes in cents, None where unknown, regional: the share of partners from the programme's region."""

    code: str
    cluster: str
    title: str
    description: str | None = None
    support_start: date
    support_end: date | None = None
    official_start: date | None = None
    official_end: date | None = None
    is_rdi: bool
    project_volume: int | None = None
    project_volume_regional: int | None = None
    project_volume_estimated: bool = False
    funding_volume: int | None = None
    funding_volume_regional: int | None = None
    funding_volume_estimated: bool = False
    funding_state: str
    example: bool = False
    status_events: tuple[StatusEvent, ...] = ()
    funding: tuple[Funding, ...] = ()
    supporting_clusters: tuple[Support, ...] = ()
    participations: tuple[Participation, ...] = ()
    assignments: tuple[Assignment, ...] = ()


PROJECT = Shape(
    Project,
    ProjectEntry,
    key=("code",),
    once=Rule("project_code_once", "code", "Ein Projekt mit dieser Kennung gibt es schon"),
    parts=(
        Part(
            "status_events",
            ProjectStatusEvent,
            StatusEvent,
            owner="project",
            key=("status_from",),
            once=Rule("one_status_a_day", "status_from", "An einem Tag beginnt nur ein Status"),
        ),
        Part(
            "funding",
            ProjectFunding,
            Funding,
            owner="project",
            key=("granting_body", "funds_origin", "programme"),
            once=None,  # two grants of one programme are possible
        ),
        Part(
            "supporting_clusters",
            ProjectSupportingCluster,
            Support,
            owner="project",
            key=("cluster", "supporting_from"),
            once=Rule("supporting_cluster_once_a_day", "cluster", "Dieselbe Begleitung ist zweimal eingetragen"),
        ),
        Part(
            "participations",
            ProjectParticipation,
            Participation,
            owner="project",
            key=("actor",),
            once=Rule("project_partner_once", "actor", "Derselbe Partner ist zweimal eingetragen"),
        ),
        Part(
            "assignments",
            ProjectAssignment,
            Assignment,
            owner="project",
            key=("term",),
            once=Rule("project_term_once", "term", "Dieselbe Zuordnung ist zweimal eingetragen"),
        ),
    ),
)
