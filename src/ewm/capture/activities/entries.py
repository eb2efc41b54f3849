"""Activities as they are handed to the services, and how they lie in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.activities.models import Activity, ActivityAssignment, ActivityParticipation
from ewm.capture.entries import Assignment, Item, Participation
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Part, Shape

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEntry(Item):
    """An activity; without an end it still goes on."""

    code: str
    cluster: str
    title: str
    description: str | None = None
    activity_kind: str
    activity_format: str | None = None
    activity_start: date
    activity_end: date | None = None
    is_standard: bool = False
    is_lead: bool = False
    example: bool = False
    participations: tuple[Participation, ...] = ()
    assignments: tuple[Assignment, ...] = ()


ACTIVITY = Shape(
    Activity,
    ActivityEntry,
    key=("code",),
    once=Rule("activity_code_once", "code", "Eine Aktivität mit dieser Kennung gibt es schon"),
    parts=(
        Part(
            "participations",
            ActivityParticipation,
            Participation,
            owner="activity",
            key=("actor",),
            once=Rule("activity_partner_once", "actor", "Derselbe Partner ist zweimal eingetragen"),
        ),
        Part(
            "assignments",
            ActivityAssignment,
            Assignment,
            owner="activity",
            key=("term",),
            once=Rule("activity_term_once", "term", "Dieselbe Zuordnung ist zweimal eingetragen"),
        ),
    ),
)
