"""What a record must say to be counted and complete, as conditions of the database: one query answers for any number.

A statement that a record cannot make (a main action field where its cluster had none, the size of a chamber) is never
missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Left

from ewm.capture.activities.models import ActivityAssignment
from ewm.capture.actors.models import GERMANY, ActorSize
from ewm.capture.actors.rules import COMPANY
from ewm.capture.hints.values import needed
from ewm.capture.projects.models import UNFUNDED, ProjectAssignment, ProjectFunding, ProjectParticipation
from ewm.capture.taxonomies.models import Term
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ewm.capture.hints.values import Kind
    from ewm.programme import HintValues

_DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a kind of record must say: the check that misses it, its field, and when it is missing.

    ``missing`` gets the programme's values and the day up to which dated values hold (None: any day).
    """

    check: str
    kind: Kind
    field: str
    missing: Callable[[HintValues, date | None], Q]


def no_volume(values: HintValues, day: date | None) -> Q:  # noqa: ARG001 - as all conditions
    """Projects whose volume is not known; zero is known."""
    return Q(project_volume=None)


def no_partner(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Projects that no actor carries, in one of the roles that the programme names."""
    roles = needed(values.partner_roles, "partner_roles")
    return Q(~Exists(ProjectParticipation.objects.filter(project=OuterRef("pk"), role__in=roles)))


def no_funding_body(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Projects with public funding, secured or sought, of which nobody is said to grant it."""
    return ~Q(funding_state=UNFUNDED) & Q(~Exists(ProjectFunding.objects.filter(project=OuterRef("pk"))))


def no_main_field_of_project(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Projects without a main action field, where their cluster had fields at their beginning."""
    assigned = ProjectAssignment.objects.filter(project=OuterRef("pk"), term__taxonomy=ACTION_FIELD, is_main=True)
    return Q(~Exists(assigned)) & _field_possible("support_start")


def no_main_field_of_activity(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Activities without a main action field, where their cluster had fields at their beginning."""
    assigned = ActivityAssignment.objects.filter(activity=OuterRef("pk"), term__taxonomy=ACTION_FIELD, is_main=True)
    return Q(~Exists(assigned)) & _field_possible("activity_start")


def _field_possible(start: str) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=OuterRef(start))
    lasting = Q(valid_to=None) | Q(valid_to__gte=OuterRef(start))
    return Q(Exists(Term.objects.filter(begun, lasting, taxonomy=ACTION_FIELD, cluster_id=OuterRef("cluster_id"))))


def no_end(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Activities without an end."""
    return Q(activity_end=None)


def no_seat(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Actors in Germany of which the Land is not known, or the district where the programme tells districts apart."""
    divided = Term.objects.filter(taxonomy=_DISTRICT).annotate(of=Left("term_id", 2)).values("of")
    return Q(country=GERMANY) & (Q(land=None) | Q(district=None, land__in=Subquery(divided)))


def no_size(values: HintValues, day: date | None) -> Q:  # noqa: ARG001
    """Companies without a size class that holds on a day."""
    sizes = ActorSize.objects.filter(actor=OuterRef("pk"))
    company = Q(actor_type=COMPANY) | Q(actor_type__parent=COMPANY)
    return company & Q(~Exists(sizes if day is None else sizes.filter(size_from__lte=day)))


STATEMENTS = (
    Statement("project_without_volume", "projects", "project_volume", no_volume),
    Statement("project_without_partner", "projects", "role", no_partner),
    Statement("project_without_funding_body", "projects", "granting_body", no_funding_body),
    Statement("record_without_main_action_field", "projects", "is_main", no_main_field_of_project),
    Statement("activity_without_end", "activities", "activity_end", no_end),
    Statement("record_without_main_action_field", "activities", "is_main", no_main_field_of_activity),
    Statement("actor_without_seat", "actors", "land", no_seat),
    Statement("company_without_size", "actors", "size_class", no_size),
)


def missing(kind: Kind, name: str, values: HintValues, day: date | None = None) -> Q:
    """Return the condition of the records of a kind that lack what a check asks for."""
    (found,) = (each for each in STATEMENTS if (each.kind, each.check) == (kind, name))
    return found.missing(values, day)


def asked_of(kind: Kind, names: Any = None) -> tuple[Statement, ...]:
    """Return what is asked of a kind of record, by checks of these names (None: all)."""
    return tuple(each for each in STATEMENTS if each.kind == kind and (names is None or each.check in names))
