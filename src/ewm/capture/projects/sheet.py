"""What the page of a project shows, read in a handful of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.days import shown_day
from ewm.capture.editing.facts import AssignedTerms, Fact, Partner, assigned_terms, days, partners
from ewm.capture.forms.fields import label_of
from ewm.capture.projects.forms import region_label
from ewm.capture.served import form_values
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.projects.models import Project

PROGRESS = ("dashed", "quarter", "half", "three-quarters", "tick")
"""Signs of the statuses that follow one another; the others end a project early."""


@dataclass(frozen=True, slots=True)
class Step:
    """One status on the way: dated, or still open."""

    status: str
    label: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Volume:
    """One line of the volumes, in cents."""

    label: str
    total: int | None
    regional: int | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """Who grants what; the amount in cents."""

    granting_body: str
    funds_origin: str
    programme: str
    amount: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project as its page shows it."""

    project: Project
    steps: Sequence[Step]
    status: Step | None
    volumes: Sequence[Volume]
    region: str
    funding: Sequence[Grant]
    partners: Sequence[Partner]
    assigned: AssignedTerms
    facts: Sequence[Fact]


def sheet_of(project: Project) -> Sheet:
    """Read what the page of a project shows."""
    steps = _steps(project)
    assigned = assigned_terms(project.assignments)
    dated = [step for step in steps if step.state != "open"]
    return Sheet(
        project=project,
        steps=steps,
        status=next((step for step in dated if step.state == "current"), None),
        volumes=_volumes(project),
        region=_region(),
        funding=_grants(project),
        partners=partners(project.participations),
        assigned=assigned,
        facts=[*_facts(project), *assigned.facts()],
    )


def _steps(project: Project) -> list[Step]:
    events = list(project.status_events.select_related("status").order_by("status_from"))
    today = timezone.localdate()
    begun = [event for event in events if event.status_from <= today] or events[:1]
    last = begun[-1].pk if begun else None
    dated = [
        Step(
            event.status_id,
            label_of(event.status),
            _("ab %(day)s") % {"day": shown_day(event.status_from)}
            if event.pk == last or event.status_from > today
            else shown_day(event.status_from),
            "current" if event.pk == last else "done" if event in begun else "open",
        )
        for event in events
    ]
    return [*dated, *_to_come(events[-1].status_id if events else None)]


def _to_come(status: str | None) -> list[Step]:
    """Return the statuses that usually follow; none behind one that ends a project."""
    signs = form_values().signs
    sign = signs.get(status or "")
    if sign not in PROGRESS:
        return []
    wanted = {
        each: PROGRESS.index(mark) for each, mark in signs.items() if mark in PROGRESS[PROGRESS.index(sign) + 1 :]
    }
    terms = sorted(Term.objects.filter(term_id__in=wanted), key=lambda term: wanted[term.term_id])
    return [Step(term.term_id, label_of(term), _("offen"), "open") for term in terms]


def _volumes(project: Project) -> list[Volume]:
    named = (("project_volume", _("Projektvolumen")), ("funding_volume", _("Fördervolumen")))
    return [
        Volume(label, *(getattr(project, f"{name}{end}") for end in ("", "_regional", "_estimated")))
        for name, label in named
    ]


def _grants(project: Project) -> list[Grant]:
    found = project.funding.select_related("granting_body", "funds_origin", "programme").order_by("-amount", "id")
    return [
        Grant(
            label_of(each.granting_body),
            label_of(each.funds_origin),
            label_of(each.programme) if each.programme else "",
            each.amount,
        )
        for each in found
    ]


def _region() -> str:
    labels = {term.term_id: label_of(term) for term in Term.objects.filter(taxonomy="land")}
    return region_label(lambda land: labels.get(land, land))


def _facts(project: Project) -> list[Fact]:
    supports = [
        (label_of(each.cluster), days(each.supporting_from, each.supporting_to))
        for each in project.supporting_clusters.select_related("cluster").order_by("supporting_from")
    ]
    return [
        Fact(_("Forschung, Entwicklung, Innovation"), _("ja") if project.is_rdi else _("nein")),
        Fact(_("Heimatcluster"), label_of(project.cluster)),
        *(Fact(_("Begleitendes Cluster"), label, period) for label, period in supports),
        Fact(_("Unterstützung"), days(project.support_start, project.support_end)),
        Fact(_("Offizielle Laufzeit"), days(project.official_start, project.official_end)),
        Fact(_("Öffentliche Förderung"), label_of(project.funding_state)),
    ]
