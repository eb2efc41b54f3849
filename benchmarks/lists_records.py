"""Seeded actors and projects, written through the services, as lists meet them: titles, volumes, partners, statuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.services import actors_create
from ewm.capture.entries import Assignment, Participation
from ewm.capture.projects.entries import Funding, ProjectEntry, StatusEvent
from ewm.capture.projects.services import projects_create
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.taxonomies.catalogue import Catalogue

FIRST = date(2014, 1, 1)
DAYS = 7 * 365
STATUSES = ("preparation", "application", "approved", "running", "finished")
DROPPED = {2: "refused", 4: "aborted"}  # after so many statuses
WORDS = (
    "Ausbildung", "Bauteil", "Demonstrator", "Effizienz", "Fabrik", "Gießerei", "Härtung", "Innovation", "Kälte",
    "Leichtbau", "Messtechnik", "Oberfläche", "Prüfstand", "Recycling", "Schweißnaht", "Übertragung", "Werkstoff",
)  # fmt: skip
BATCH = 2000


def fill(projects: int, clusters: Sequence[str], *, seed: int = 20, first: int = 0) -> None:
    """Create so many projects, half of them in the first cluster, and a tenth as many actors."""
    random = Random(seed + first)  # noqa: S311 (the same rows every time, no secret)
    catalogue = read_catalogue()
    actors = [f"A-{first + number:06d}" for number in range(max(projects // 10, 5))]
    actors_create(entries=[_actor(code, random) for code in actors], catalogue=catalogue)
    made = _Maker(catalogue, tuple(clusters), tuple(actors), random)
    for start in range(0, projects, BATCH):
        numbers = range(first + start, first + min(start + BATCH, projects))
        projects_create(entries=[made.project(f"P-{number:06d}") for number in numbers], catalogue=catalogue)


def _actor(code: str, random: Random) -> ActorEntry:
    name = f"{random.choice(WORDS)}werk {code} GmbH"
    return ActorEntry(
        code=code, name=name, actor_type="company", country="DE", land="12", district="12052", example=True
    )


@dataclass(frozen=True)
class _Maker:
    catalogue: Catalogue
    clusters: tuple[str, ...]
    actors: tuple[str, ...]
    random: Random

    def project(self, code: str) -> ProjectEntry:
        """One project, invented."""
        start = FIRST + timedelta(days=self.random.randrange(DAYS))
        cluster = self.clusters[0] if self.random.random() < 0.5 else self.random.choice(self.clusters)
        volume = self.random.choice((None, *(self.random.randrange(10, 4000) * 100_000 for _ in range(9))))
        funded = volume is not None and self.random.random() < 0.7
        return ProjectEntry(
            code=code,
            cluster=cluster,
            title=f"{' '.join(self.random.sample(WORDS, 3))} {code}",
            support_start=start,
            support_end=start + timedelta(days=self.random.randrange(30, 1200)) if self.random.random() < 0.8 else None,
            is_rdi=self.random.random() < 0.5,
            project_volume=volume,
            project_volume_estimated=volume is not None and self.random.random() < 0.4,
            funding_volume=volume // 2 if volume and funded else 0,
            funding_state="secured" if funded else "none",
            example=True,
            status_events=self._statuses(start),
            funding=self._funding(volume // 2) if volume and funded else (),
            participations=tuple(
                Participation(actor=actor, role="partner" if place else "lead")
                for place, actor in enumerate(self.random.sample(self.actors, self.random.randrange(1, 5)))
            ),
            assignments=self._fields(cluster, start),
        )

    def _statuses(self, start: date) -> tuple[StatusEvent, ...]:
        last = self.random.randrange(1, len(STATUSES) + 1)
        passed = [*STATUSES[:last]]
        if last in DROPPED and self.random.random() < 0.2:  # one in twelve of all
            passed.append(DROPPED[last])
        return tuple(
            StatusEvent(status_from=start + timedelta(days=90 * place), status=status)
            for place, status in enumerate(passed)
        )

    def _funding(self, amount: int) -> tuple[Funding, ...]:
        body = self.random.choice(("eu", "federal", "state"))
        return (Funding(granting_body=body, funds_origin=body, amount=amount),)

    def _fields(self, cluster: str, start: date) -> tuple[Assignment, ...]:
        possible = [
            term.term_id
            for term in self.catalogue.terms.values()
            if term.taxonomy == ACTION_FIELD
            and term.cluster_id == cluster
            and term.term_id not in self.catalogue.branches
            if (term.in_force.first or date.min) <= start <= (term.in_force.last or date.max)
        ]
        chosen = self.random.sample(possible, min(len(possible), self.random.randrange(1, 3)))
        return tuple(Assignment(term=term, is_main=not place) for place, term in enumerate(chosen))
