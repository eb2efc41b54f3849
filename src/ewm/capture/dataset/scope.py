"""Which records a dataset holds: those of some clusters or of all, as they are or as they were known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.models import Activity, ActivityParticipation
from ewm.capture.actors.models import Actor, ActorCluster, ActorFormerParent
from ewm.capture.base import rows
from ewm.capture.editorial.models import SuccessStory
from ewm.capture.projects.models import Project, ProjectParticipation, ProjectSupportingCluster

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from ewm.capture.base import Versioned


@dataclass(frozen=True, slots=True)
class Scope:
    """Clusters (None: all), whose interview notes are given (None: all), the state of knowledge (None: now).

    A project belongs to its home cluster and to those that support it. Of some clusters the actors are those of their
    records, their own members, and what these belong to or went up in. Withdrawn records are part of it, as such.
    """

    clusters: frozenset[str] | None = None
    notes: frozenset[str] | None = frozenset()
    as_of: datetime | None = None

    def rows(self, model: type[Versioned]) -> QuerySet[Any]:
        """Return a whole table as it is, or as it was known."""
        return rows(model, self.as_of)


class Kept:
    """The records of a scope: their codes by id; what is not here is not in the dataset."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        projects = self._of_clusters(Project)
        if scope.clusters is not None:
            supported = scope.rows(ProjectSupportingCluster).filter(cluster_id__in=scope.clusters)
            projects |= self._codes(Project, supported.values_list("project_id", flat=True))
        activities = self._of_clusters(Activity)
        self.codes: dict[type[Versioned], dict[int, str]] = {
            Project: projects,
            Activity: activities,
            SuccessStory: self._of_clusters(SuccessStory),
        }
        self.codes[Actor] = self._codes(Actor, None if scope.clusters is None else self._actors())

    def _of_clusters(self, model: type[Versioned]) -> dict[int, str]:
        found = self._scope.rows(model)
        if self._scope.clusters is not None:
            found = found.filter(cluster_id__in=self._scope.clusters)
        return dict(found.values_list("id", "code"))

    def _codes(self, model: type[Versioned], ids: Iterable[int] | None) -> dict[int, str]:
        found = self._scope.rows(model).values_list("id", "code")
        if ids is None:
            return dict(found)
        wanted = set(ids)
        return {pk: code for pk, code in found.iterator() if pk in wanted}

    def _actors(self) -> set[int]:
        """Return the actors of the kept records, those that belong to the clusters, and all that stand above them."""
        rows_of, clusters = self._scope.rows, self._scope.clusters or ()
        found = self._partners(ProjectParticipation, "project_id", self.codes[Project])
        found |= self._partners(ActivityParticipation, "activity_id", self.codes[Activity])
        found |= set(rows_of(ActorCluster).filter(cluster_id__in=clusters).values_list("actor_id", flat=True))
        links = [
            *rows_of(Actor).exclude(parent=None).values_list("id", "parent_id"),
            *rows_of(Actor).exclude(merged_into=None).values_list("id", "merged_into_id"),
            *rows_of(ActorFormerParent).exclude(parent=None).values_list("actor_id", "parent_id"),
        ]
        while above := {target for pk, target in links if pk in found} - found:
            found |= above
        return found

    def _partners(self, model: type[Versioned], owner: str, kept: Collection[int]) -> set[int]:
        pairs = self._scope.rows(model).values_list(owner, "actor_id").iterator()
        return {actor for pk, actor in pairs if pk in kept}
