"""What is missing in a record, and what is so small that it is usually not recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from ewm.capture.activities.models import ActivityAssignment
from ewm.capture.hints.values import Finding, Scope, needed
from ewm.capture.projects.models import UNFUNDED, ProjectAssignment, ProjectParticipation
from ewm.capture.refusing import german_cents
from ewm.capture.taxonomies.models import Term
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from ewm.capture.hints.values import Kind
    from ewm.programme import HintValues

_NO_FIELD = "Es ist kein Handlungsfeld zugeordnet"
_NO_MAIN = "Von den zugeordneten Handlungsfeldern ist keines die Hauptzuordnung"


def project_below_usual_scope(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects without funding whose known volume is below the usual one; a rule of thumb."""
    usual = needed(values.usual_project_volume, "usual_project_volume") * 100
    found = scope.projects().filter(funding_state=UNFUNDED, project_volume__lt=usual)
    for code, title, volume in found.values_list("code", "title", "project_volume"):
        message = (
            f"Ohne öffentliche Förderung und mit {german_cents(volume)} Projektvolumen ist das Projekt kleiner, als es "
            f"in der Regel erfasst wird (ab {german_cents(usual)}). Bitte prüfen, ob es erfasst werden soll."
        )
        yield Finding("projects", code, title, "project_volume", message)


def project_without_volume(scope: Scope, values: HintValues) -> Iterator[Finding]:  # noqa: ARG001 - as all checks
    """Yield projects whose volume is not known."""
    message = (
        "Das Projektvolumen fehlt, in Summen und Mittelwerten auch das Projekt. "
        "Bitte eintragen; eine Schätzung genügt, wenn sie als solche gekennzeichnet ist."
    )
    for code, title in scope.projects().filter(project_volume=None).values_list("code", "title"):
        yield Finding("projects", code, title, "project_volume", message)


def project_without_partner(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects that no actor carries, in one of the roles that the programme names."""
    roles = needed(values.partner_roles, "partner_roles")
    labels = dict(Term.objects.filter(term_id__in=roles).values_list("term_id", "label_de"))
    message = (
        f"Es ist kein Partner erfasst (Rolle: {' oder '.join(labels.get(role, role) for role in roles)}); ohne Partner "
        "lässt sich nicht sagen, ob es ein Einzel- oder ein Verbundprojekt ist. Bitte die Beteiligten eintragen."
    )
    partners = ProjectParticipation.objects.filter(project=OuterRef("pk"), role__in=roles)
    for code, title in scope.projects().filter(~Exists(partners)).values_list("code", "title"):
        yield Finding("projects", code, title, "role", message)


def activity_without_end(scope: Scope, values: HintValues) -> Iterator[Finding]:  # noqa: ARG001 - as all checks
    """Yield activities without an end."""
    message = (
        "Das Ende fehlt; solange es fehlt, endet die Aktivität in keinem Berichtsjahr. "
        "Bitte eintragen, sobald sie abgeschlossen ist."
    )
    for code, title in scope.activities().filter(activity_end=None).values_list("code", "title"):
        yield Finding("activities", code, title, "activity_end", message)


def record_without_main_action_field(scope: Scope, values: HintValues) -> Iterator[Finding]:  # noqa: ARG001
    """Yield projects and activities without a main action field, where their cluster has fields at their beginning."""
    projects, activities = ProjectAssignment.objects, ActivityAssignment.objects
    assigned = projects.filter(project=OuterRef("pk"), term__taxonomy=ACTION_FIELD)
    yield from _without_main("projects", scope.projects(), assigned, "support_start")
    assigned = activities.filter(activity=OuterRef("pk"), term__taxonomy=ACTION_FIELD)
    yield from _without_main("activities", scope.activities(), assigned, "activity_start")


def _without_main(kind: Kind, records: QuerySet[Any], assigned: QuerySet[Any], start: str) -> Iterator[Finding]:
    begun = Q(valid_from=None) | Q(valid_from__lte=OuterRef(start))
    lasting = Q(valid_to=None) | Q(valid_to__gte=OuterRef(start))
    possible = Term.objects.filter(begun, lasting, taxonomy=ACTION_FIELD, cluster_id=OuterRef("cluster_id"))
    found = records.filter(Exists(possible), ~Exists(assigned.filter(is_main=True))).annotate(any=Exists(assigned))
    for code, title, has_any in found.values_list("code", "title", "any"):
        reason = _NO_MAIN if has_any else _NO_FIELD
        message = f"{reason}; bei den Handlungsfeldern fehlt der Eintrag. Bitte eines als Hauptzuordnung eintragen."
        yield Finding(kind, code, title, "is_main", message)
