"""All clusters of whoever reads several: how far each is in a year, and the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ewm.capture.dialogue.models import Question
from ewm.capture.dialogue.queries import answered_of
from ewm.capture.hints import Scope
from ewm.capture.hints.figures import Section, sections_by_cluster
from ewm.web.content import asked_checks
from ewm.web.focus import CLUSTER, YEAR, programme

if TYPE_CHECKING:
    from ewm.capture.accounts.access import Focus


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster: its sections as its own start page counts them, and whether it is the chosen one."""

    label: str
    url: str
    projects: Section
    activities: Section
    questions: Section
    current: bool


def cluster_lines(focus: Focus) -> list[ClusterLine]:
    """Return a line for each cluster that may be chosen, none where there is no choice."""
    if len(focus.clusters) < 2:
        return []
    found = {
        kind: sections_by_cluster(kind, focus.year, programme().hints, checks=asked_checks())
        for kind in ("projects", "activities")
    }
    asked = set(Question.objects.values_list("cluster_id", flat=True))
    return [
        ClusterLine(
            label=label,
            url=f"/?{urlencode({CLUSTER: cluster, YEAR: focus.year})}",
            projects=found["projects"].get(cluster, Section("projects", 0, 0)),
            activities=found["activities"].get(cluster, Section("activities", 0, 0)),
            questions=_questions(cluster, focus.year) if cluster in asked else Section("questions", 0, 0),
            current=cluster == focus.cluster,
        )
        for cluster, label in focus.clusters
    ]


def _questions(cluster: str, year: int) -> Section:
    return Section("questions", *answered_of(Scope(cluster, year)))
