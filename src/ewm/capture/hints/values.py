"""Hints as values: what a check is, what it says about a record, and which sentence of the methodology asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db.models import Q

from ewm.capture.activities.models import Activity
from ewm.capture.projects.models import Project
from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from ewm.programme import HintValues

T = TypeVar("T")

Kind = Literal["projects", "activities"]
"""A kind of record, by the name of its table in the snapshot."""


class Severity(StrEnum):
    """How much a hint weighs; neither keeps a record from being stored or exported."""

    WARNING = "warning"
    """Something is missing or contradicts itself: a figure will lack the record or say two things."""
    HINT = "hint"
    """Something is unusual and may be right."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of the methodology that names a check: sheet, number, text, and the tables whose rows it is about."""

    name: str
    sheet: str
    sentence: str
    text: str
    tables: frozenset[str]

    def __str__(self) -> str:
        return f"{self.sheet} {self.sentence}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about one record: its kind, code and title, the field, why and what to do (German)."""

    kind: Kind
    record: str
    title: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A finding with the name and weight of its check and the sentences that ask for it."""

    finding: Finding
    name: str
    severity: Severity
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The records to look at: those of a home cluster, those whose period touches a year, None for all."""

    cluster: str | None = None
    year: int | None = None

    def projects(self) -> QuerySet[Any]:
        """Return the projects; an open end of the support goes on."""
        return Project.objects.filter(self._within("support_start", "support_end"))

    def activities(self) -> QuerySet[Any]:
        """Return the activities but for standard ones, which nobody counts; an open end goes on."""
        return Activity.objects.filter(self._within("activity_start", "activity_end"), is_standard=False)

    def _within(self, start: str, end: str) -> Q:
        within = Q(cluster_id=self.cluster) if self.cluster is not None else Q()
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
            f"Ein Methodenblatt nennt eine Prüfung, für die in programme.toml unter [hints] „{key}“ fehlt. "
            "Bitte dort angeben."
        )
    return value
