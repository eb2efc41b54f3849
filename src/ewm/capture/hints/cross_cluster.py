"""Whether the guideline that stands for partners from other clusters is assigned where there are such partners.

Partners are judged as the figures judge them: by their clusters on the day on which the support begins; who belongs to
the home cluster is no partner from outside, whatever other clusters the actor belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from ewm.capture.actors.models import ActorCluster
from ewm.capture.hints.values import Finding, Scope, needed
from ewm.capture.periods import Period
from ewm.capture.projects.models import ProjectAssignment, ProjectParticipation
from ewm.capture.refusing import german
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ewm.programme import HintValues

_PROJECT = ("project__code", "project__title", "project__support_start", "project__support_end")


@dataclass(frozen=True, slots=True)
class ProjectInHint:
    """What a hint says and asks about a project."""

    code: str
    title: str
    support_start: date
    support_end: date | None


@dataclass(slots=True)
class Outside:
    """Actors by the label of the other cluster that they bring in."""

    actors: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __str__(self) -> str:
        return "; ".join(
            f"{cluster} durch {', '.join(sorted(self.actors[cluster]))}" for cluster in sorted(self.actors)
        )


def cross_cluster_tag_differs(scope: Scope, values: HintValues) -> Iterator[Finding]:
    """Yield projects with the guideline and without partners from other clusters, and the other way round.

    Where it is missing, only projects count that could have it: begun when guidelines were recorded, and not past it.
    """
    guideline = needed(values.cross_cluster_guideline, "cross_cluster_guideline")
    since = needed(values.guidelines_recorded_from, "guidelines_recorded_from")
    catalogue = read_catalogue()
    name = Term.objects.get(term_id=guideline).label_de
    tagged = _tagged(scope, [term for term in catalogue.terms if catalogue.is_a(term, guideline)])
    outside = outside_partners(scope)
    for project in tagged - outside.keys():
        day = german(project.support_start)
        message = (
            f"Die Leitlinie „{name}“ ist zugeordnet, aber alle Beteiligten gehörten am {day} selbst zum Heimatcluster "
            "oder zu keinem anderen Cluster. Bitte Zuordnung, Beteiligte und deren Cluster prüfen."
        )
        short = f"Leitlinie „{name}“ passt nicht zu den Beteiligten"
        yield Finding("projects", project.code, project.title, "term", short, message, basis=f"+ {day}")
    in_force = catalogue.terms[guideline].in_force
    for project in outside.keys() - tagged:
        period = Period(project.support_start, project.support_end)
        if project.support_start >= since and period.overlaps(in_force):
            message = (
                f"Andere Cluster sind beteiligt ({outside[project]}), die Leitlinie „{name}“ ist aber nicht "
                "zugeordnet. Bitte Zuordnung, Beteiligte und deren Cluster prüfen."
            )
            short = f"Leitlinie „{name}“ fehlt"
            yield Finding(
                "projects", project.code, project.title, "term", short, message, basis=f"- {outside[project]}"
            )


def _tagged(scope: Scope, terms: list[str]) -> set[ProjectInHint]:
    found = ProjectAssignment.objects.filter(term__in=terms, project__in=scope.projects())
    return {ProjectInHint(*values) for values in found.values_list(*_PROJECT)}


def outside_partners(scope: Scope) -> Mapping[ProjectInHint, Outside]:
    """Return who brings in other clusters, by project; projects without such partners are left out."""
    day = "project__support_start"
    at_home = ActorCluster.objects.filter(
        Q(member_to=None) | Q(member_to__gte=OuterRef(day)),
        actor=OuterRef("actor"),
        cluster=OuterRef("project__cluster"),
        member_from__lte=OuterRef(day),
    )
    found = ProjectParticipation.objects.filter(
        Q(actor__clusters__member_to=None) | Q(actor__clusters__member_to__gte=F(day)),
        ~Exists(at_home),
        actor__clusters__member_from__lte=F(day),
        project__in=scope.projects(),
    )
    projects: defaultdict[ProjectInHint, Outside] = defaultdict(Outside)
    columns = (*_PROJECT, "actor__code", "actor__clusters__cluster__label_de")
    for *values, actor, cluster in found.values_list(*columns).distinct():
        projects[ProjectInHint(*values)].actors[cluster].append(actor)
    return projects
