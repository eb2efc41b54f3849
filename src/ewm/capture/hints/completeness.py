"""What is missing in a record, said so that it can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from ewm.capture.activities.models import ActivityAssignment
from ewm.capture.hints.missing import missing
from ewm.capture.hints.values import Finding, Scope, needed
from ewm.capture.projects.models import ProjectAssignment
from ewm.capture.taxonomies.models import Term
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from ewm.capture.hints.values import Kind
    from ewm.programme import HintValues

_NO_FIELD = "Es ist kein Handlungsfeld zugeordnet"
_NO_MAIN = "Von den zugeordneten Handlungsfeldern ist keines die Hauptzuordnung"


def _lacking(scope: Scope, values: HintValues, kind: Kind, name: str) -> QuerySet[Any]:
    return scope.of(kind).filter(missing(kind, name, values, scope.cut_off))


def project_without_volume(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects whose volume is not known."""
    message = (
        "Das Projektvolumen fehlt, in Summen und Mittelwerten auch das Projekt. "
        "Bitte eintragen; eine Schätzung genügt, wenn sie als solche gekennzeichnet ist."
    )
    for code, title in _lacking(scope, values, "projects", "project_without_volume").values_list("code", "title"):
        yield Finding("projects", code, title, "project_volume", "Projektvolumen fehlt", message)


def project_without_partner(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects that no actor carries, in one of the roles that the programme names."""
    roles = needed(values.partner_roles, "partner_roles")
    labels = dict(Term.objects.filter(term_id__in=roles).values_list("term_id", "label_de"))
    message = (
        f"Es ist kein Partner erfasst (Rolle: {' oder '.join(labels.get(role, role) for role in roles)}); ohne Partner "
        "lässt sich nicht sagen, ob es ein Einzel- oder ein Verbundprojekt ist. Bitte die Beteiligten eintragen."
    )
    for code, title in _lacking(scope, values, "projects", "project_without_partner").values_list("code", "title"):
        yield Finding("projects", code, title, "role", "Partner fehlt", message)


def project_without_funding_body(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects with public funding, secured or sought, of which nobody is said to grant it."""
    message = (
        "Öffentliche Förderung ist angegeben, aber nicht, wer sie bewilligt; das Projekt zählt so zu denen ohne "
        "Fördermittelgeber. Bitte Fördermittelgeber und Betrag eintragen."
    )
    found = _lacking(scope, values, "projects", "project_without_funding_body")
    for code, title in found.values_list("code", "title"):
        yield Finding("projects", code, title, "granting_body", "Fördermittelgeber fehlt", message)


def activity_without_end(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield activities without an end."""
    message = (
        "Das Ende fehlt; solange es fehlt, endet die Aktivität in keinem Berichtsjahr. "
        "Bitte eintragen, sobald sie abgeschlossen ist."
    )
    for code, title in _lacking(scope, values, "activities", "activity_without_end").values_list("code", "title"):
        yield Finding("activities", code, title, "activity_end", "Ende der Aktivität fehlt", message)


def record_without_main_action_field(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects and activities without a main action field, where their cluster has fields at their beginning."""
    projects = ProjectAssignment.objects.filter(project=OuterRef("pk"), term__taxonomy=ACTION_FIELD)
    yield from _without_main("projects", scope, values, projects)
    activities = ActivityAssignment.objects.filter(activity=OuterRef("pk"), term__taxonomy=ACTION_FIELD)
    yield from _without_main("activities", scope, values, activities)


def _without_main(kind: Kind, scope: Scope, values: HintValues, assigned: QuerySet[Any]) -> Iterator[Finding]:
    found = _lacking(scope, values, kind, "record_without_main_action_field").annotate(any=Exists(assigned))
    for code, title, has_any in found.values_list("code", "title", "any"):
        reason = _NO_MAIN if has_any else _NO_FIELD
        message = f"{reason}; bei den Handlungsfeldern fehlt der Eintrag. Bitte eines als Hauptzuordnung eintragen."
        yield Finding(kind, code, title, "is_main", "Handlungsfeld fehlt", message)


def actor_without_seat(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield actors in Germany whose Land, or whose district in a Land that has them, is not known."""
    message = (
        "Der Sitz fehlt oder ist zu ungenau; der Akteur zählt so zum übrigen Deutschland oder zu keinem Kreis. "
        "Bitte den Ort suchen und eintragen."
    )
    for code, name in _lacking(scope, values, "actors", "actor_without_seat").values_list("code", "name"):
        yield Finding("actors", code, name, "land", "Sitz fehlt", message)


def company_without_size(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield companies without a size class that holds at the cut-off."""
    message = (
        "Die Größenklasse fehlt; nach Größe aufgegliedert steht das Unternehmen unter „ohne Angabe“. "
        "Bitte die Zahl der Beschäftigten erfragen und die Klasse mit Datum eintragen."
    )
    for code, name in _lacking(scope, values, "actors", "company_without_size").values_list("code", "name"):
        yield Finding("actors", code, name, "size_class", "Größenklasse fehlt", message)
