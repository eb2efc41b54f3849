"""Hints as values: what a check is, what it says about a record, and who asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ewm.capture.activities.models import Activity, ActivityParticipation
from ewm.capture.actors.models import Actor
from ewm.capture.base import standing
from ewm.capture.projects.models import Project, ProjectParticipation
from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from ewm.programme import HintValues

T = TypeVar("T")

Kind = Literal["projects", "activities", "actors"]
"""A kind of record, by the name of its table in the snapshot."""
KINDS: tuple[Kind, ...] = ("projects", "activities", "actors")


class Severity(StrEnum):
    """How much a hint weighs; none keeps a record from being stored or exported. In order of weight."""

    ERROR = "error"
    """Something is missing without which the record is not counted where it belongs: it is not complete."""
    WARNING = "warning"
    """Something contradicts itself or is out of date: a figure will say two things."""
    HINT = "hint"
    """Something is unusual and may be right."""


WEIGHTS = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Source:
    """Who asks for a check: a sentence of the methodology, or the programme itself (then without sheet and sentence).

    ``text`` is the sentence or the reason, ``tables`` are those whose rows the sentence is about.
    """

    name: str
    sheet: str
    sentence: str
    text: str
    tables: frozenset[str]

    @classmethod
    def of_programme(cls, name: str, reason: str) -> Source:
        """Return the programme as a source."""
        return cls(name, "", "", reason, frozenset())

    def __str__(self) -> str:
        return f"{self.sheet} {self.sentence}" if self.sheet else "Festlegung des Programms"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about one record: its kind, code and title, the field, what is wrong in short, and why.

    ``message`` says why and what to do. ``basis`` spells the values that it rests on: a confirmation holds for them.
    ``elsewhere``: it is settled on a page of its own, not by a confirmation.
    """

    kind: Kind
    record: str
    title: str
    field: str
    short: str
    message: str
    basis: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """A finding with the name and weight of its check and the sentences that ask for it."""

    finding: Finding
    name: str
    severity: Severity
    sources: tuple[Source, ...]

    @property
    def may_be_confirmed(self) -> bool:
        """Tell whether somebody who has looked may say that it is right; what is missing stays missing."""
        return self.severity is not Severity.ERROR and not self.finding.elsewhere


@dataclass(frozen=True, slots=True)
class Scope:
    """The records to look at: those of a home cluster, those whose period touches a year, None for all; none withdrawn.

    Actors are those that take part in one of these projects and activities, all where neither is given.
    """

    cluster: str | None = None
    year: int | None = None

    @property
    def day(self) -> date:
        """The day that decides what is out of date: today, of a past year its last one."""
        today = timezone.localdate()
        return today if self.year is None else min(today, date(self.year, 12, 31))

    @property
    def cut_off(self) -> date | None:
        """The last day of the year, up to which dated values hold."""
        return None if self.year is None else date(self.year, 12, 31)

    def of(self, kind: Kind) -> QuerySet[Any]:
        """Return the records of one kind."""
        found: QuerySet[Any] = {"projects": self.projects, "activities": self.activities, "actors": self.actors}[kind]()
        return found

    def projects(self) -> QuerySet[Any]:
        """Return the projects; an open end of the support goes on."""
        return standing(Project.objects.all()).filter(self._within("support_start", "support_end"))

    def activities(self) -> QuerySet[Any]:
        """Return the activities but for standard ones, which nobody counts; an open end goes on."""
        return standing(Activity.objects.all()).filter(
            self._within("activity_start", "activity_end"), is_standard=False
        )

    def actors(self) -> QuerySet[Any]:
        """Return the actors."""
        if self.cluster is None and self.year is None:
            return Actor.objects.filter(merged_into=None)
        in_projects = ProjectParticipation.objects.filter(actor=OuterRef("pk"), project__in=self.projects())
        in_activities = ActivityParticipation.objects.filter(actor=OuterRef("pk"), activity__in=self.activities())
        return Actor.objects.filter(Exists(in_projects) | Exists(in_activities))

    def _within(self, start: str, end: str) -> Q:
        within = Q(withdrawn=False)
        within &= Q(cluster_id=self.cluster) if self.cluster is not None else Q()
        if self.year is not None:
            within &= Q(**{f"{start}__lte": date(self.year, 12, 31)})
            within &= Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": date(self.year, 1, 1)})
        return within


@dataclass(frozen=True, slots=True)
class Check:
    """One plausibility check: its name, its weight, and how it finds records with few queries for all of them."""

    name: str
    severity: Severity
    find: Callable[[Scope, HintValues], Iterator[Finding]]


def needed(value: T | None, key: str) -> T:
    """Return a value of the programme's ``[hints]``; raises ContentError where the programme does not say it."""
    if not value:
        raise ContentError(
            f"Verlangt wird eine Prüfung, für die in programme.toml unter [hints] „{key}“ fehlt. Bitte dort angeben."
        )
    return value
