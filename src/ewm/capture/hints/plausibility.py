"""What contradicts itself, is out of date or unusual in a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from ewm.capture.hints.values import Finding, Scope, needed
from ewm.capture.projects.models import UNFUNDED, ProjectStatusEvent
from ewm.capture.refusing import german, german_cents
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from ewm.programme import HintValues


def project_below_usual_scope(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects without funding whose known volume is below the usual one; a rule of thumb."""
    usual = needed(values.usual_project_volume, "usual_project_volume") * 100
    found = scope.projects().filter(funding_state=UNFUNDED, project_volume__lt=usual)
    for code, title, volume in found.values_list("code", "title", "project_volume"):
        message = (
            f"Ohne öffentliche Förderung und mit {german_cents(volume)} Projektvolumen ist das Projekt kleiner, als es "
            f"in der Regel erfasst wird (ab {german_cents(usual)}). Bitte prüfen, ob es erfasst werden soll."
        )
        short = f"{german_cents(volume)} Volumen und keine Förderung"
        yield Finding("projects", code, title, "project_volume", short, message, basis=str(volume))


def _with_status(scope: Scope) -> QuerySet[Any]:
    """Return the projects with their last status up to the day that decides, and since when they have it."""
    events = ProjectStatusEvent.objects.filter(project=OuterRef("pk"), status_from__lte=scope.day)
    last = events.order_by("-status_from")
    found: QuerySet[Any] = scope.projects().annotate(
        last_status=Subquery(last.values("status")[:1]), last_from=Subquery(last.values("status_from")[:1])
    )
    return found


def _labels(statuses: set[str]) -> dict[str, str]:
    return dict(Term.objects.filter(term_id__in=statuses).values_list("term_id", "label_de"))


def project_status_overdue(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects whose support has ended while their status still says that something comes."""
    final = needed(values.final_statuses, "final_statuses")
    found = _with_status(scope).filter(support_end__lt=scope.day).exclude(last_status__in=final)
    rows = list(found.values_list("code", "title", "support_end", "last_status", "last_from"))
    labels = _labels({status for *_, status, _ in rows})
    for code, title, end, status, since in rows:
        message = (
            f"Die Begleitung endete am {german(end)}, der Status steht seit {german(since)} auf "
            f"„{labels.get(status, status)}“. Bitte den Status nachtragen oder das Ende berichtigen."
        )
        yield Finding(
            "projects", code, title, "status", "Status ist überholt", message, basis=_spelled(end, status, since)
        )


def project_finished_without_end(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects that are finished, whose support has no end: they would run on in every later year."""
    finished = needed(values.finished_statuses, "finished_statuses")
    found = _with_status(scope).filter(support_end=None, last_status__in=finished)
    for code, title, since in found.values_list("code", "title", "last_from"):
        message = (
            f"Das Projekt ist seit {german(since)} beendet, das Ende der Begleitung fehlt; es zählt so in jedem Jahr "
            "weiter als laufend. Bitte das Ende der Begleitung eintragen."
        )
        short = "Ende der Begleitung fehlt"
        yield Finding("projects", code, title, "support_end", short, message, basis=_spelled(since))


def project_estimate_left(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects that are finished and whose amounts are still estimates."""
    finished = needed(values.finished_statuses, "finished_statuses")
    estimated = Q(project_volume_estimated=True, project_volume__isnull=False) | Q(
        funding_volume_estimated=True, funding_volume__isnull=False
    )
    found = _with_status(scope).filter(estimated, last_status__in=finished)
    columns = ("code", "title", "last_from", "project_volume", "funding_volume", "project_volume_estimated")
    for code, title, since, volume, funding, of_project in found.values_list(*columns):
        which, field = ("Projektvolumen", "project_volume") if of_project else ("Fördervolumen", "funding_volume")
        message = (
            f"Das Projekt ist seit {german(since)} beendet, das {which} ist noch als Schätzung gekennzeichnet. "
            "Bitte den abgerechneten Betrag eintragen oder die Kennzeichnung entfernen."
        )
        basis = _spelled(since, volume, funding, of_project)
        yield Finding("projects", code, title, f"{field}_estimated", f"{which} ist noch geschätzt", message, basis)


def project_region_unknown(scope: Scope, values: HintValues) -> Iterator[Finding]:  # noqa: ARG001 - as all checks
    """Yield projects whose volume is known, but not the share of the region."""
    found = scope.projects().filter(project_volume__gt=0, project_volume_regional=None)
    for code, title, volume in found.values_list("code", "title", "project_volume"):
        message = (
            f"Das Projektvolumen ist {german_cents(volume)}, der Anteil der Region fehlt; in der Summe der Region "
            "fehlt das Projekt. Bitte den Anteil eintragen; eine Schätzung genügt."
        )
        short = "Anteil der Region fehlt"
        yield Finding("projects", code, title, "project_volume_regional", short, message, basis=str(volume))


def _spelled(*values: date | int | str | bool | None) -> str:
    return "|".join(map(str, values))
