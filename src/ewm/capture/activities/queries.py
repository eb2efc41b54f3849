"""What lists and pages ask about many activities at once, as parts of one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from ewm.capture.activities.models import ActivityAssignment, ActivityParticipation
from ewm.capture.lists.states import state_of
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from django.db.models import QuerySet


def main_field() -> Subquery:
    """Return an activity's main action field."""
    mains = ActivityAssignment.objects.filter(activity=OuterRef("pk"), is_main=True, term__taxonomy=ACTION_FIELD)
    return Subquery(mains.values("term_id")[:1])


def number_of_actors() -> Coalesce:
    """Return how many actors take part in an activity."""
    found = ActivityParticipation.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def with_details(activities: QuerySet[Any]) -> QuerySet[Any]:
    """Add what a row shows: ``main_field``, ``actors``, its cluster, and its state."""
    shown = {"main_field": main_field(), "actors": number_of_actors(), **state_of("activities")}
    details: QuerySet[Any] = activities.annotate(**shown)
    return details.select_related("cluster")


def with_partners(activities: QuerySet[Any]) -> QuerySet[Any]:
    """Add what an export says beyond that: who takes part (``partners``)."""
    partners = ActivityParticipation.objects.select_related("actor").order_by("actor__name", "pk")
    return with_details(activities).prefetch_related(Prefetch("participations", partners, to_attr="partners"))
