"""What lists and pages ask about many projects at once, as parts of one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from ewm.capture.lists.states import state_of
from ewm.capture.projects.models import (
    ProjectAssignment,
    ProjectFunding,
    ProjectParticipation,
    ProjectStatusEvent,
)
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def status_on(day: date, column: str = "status_id") -> Coalesce:
    """Return a project's status on a day; of one that begins later, its first. ``column`` may be one of the term's."""
    events = ProjectStatusEvent.objects.filter(project=OuterRef("pk"))
    last = events.filter(status_from__lte=day).order_by("-status_from").values(column)[:1]
    return Coalesce(Subquery(last), Subquery(events.order_by("status_from").values(column)[:1]))


def statuses_on(day: date) -> QuerySet[Any]:
    """Return the status events that say each project's status on a day, one for each project: as ``status_on``."""
    others = ProjectStatusEvent.objects.filter(project=OuterRef("project"))
    later = others.filter(status_from__lte=day, status_from__gt=OuterRef("status_from"))
    earlier = others.filter(status_from__lt=OuterRef("status_from"))
    return ProjectStatusEvent.objects.filter(
        Q(status_from__lte=day) & ~Exists(later) | Q(status_from__gt=day) & ~Exists(earlier)
    )


def main_field() -> Subquery:
    """Return a project's main action field."""
    mains = ProjectAssignment.objects.filter(project=OuterRef("pk"), is_main=True, term__taxonomy=ACTION_FIELD)
    return Subquery(mains.values("term_id")[:1])


def number_of_actors() -> Coalesce:
    """Return how many actors take part in a project."""
    found = ProjectParticipation.objects.filter(project=OuterRef("pk")).order_by().values("project")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def with_details(projects: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Add what a row shows: ``status_now``, ``main_field``, ``actors``, ``grants``, its cluster and its state."""
    grants = ProjectFunding.objects.only("project_id", "granting_body_id").order_by("pk")
    funding = Prefetch("funding", grants, to_attr="grants")
    shown = {"status_now": status_on(day), "main_field": main_field(), "actors": number_of_actors()}
    shown |= state_of("projects")
    details: QuerySet[Any] = projects.annotate(**shown).select_related("cluster").prefetch_related(funding)
    return details


def with_partners(projects: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Add what an export says beyond that: who takes part (``partners``)."""
    partners = ProjectParticipation.objects.select_related("actor").order_by("actor__name", "pk")
    return with_details(projects, day).prefetch_related(Prefetch("participations", partners, to_attr="partners"))
