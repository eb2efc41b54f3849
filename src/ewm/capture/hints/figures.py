"""How complete records are: of one, of a section, of a cluster in a year.

A record makes a fixed number of statements by its kind (``STATEMENTS``, those that somebody asks for). Its completeness
is the share that is there, in full percent rounded down: 100 means that nothing is missing. A section is the share of
complete records, a cluster the share of all complete records and answered questions together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from ewm.capture.activities.models import Activity
from ewm.capture.actors.models import Actor
from ewm.capture.hints.missing import asked_of
from ewm.capture.hints.values import Scope
from ewm.capture.projects.models import Project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from ewm.capture.hints.missing import Statement
    from ewm.capture.hints.values import Kind
    from ewm.programme import HintValues

_MODELS: dict[Kind, Any] = {"projects": Project, "activities": Activity, "actors": Actor}


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many statements of a record are there, of how many, and the fields of those that are missing."""

    given: int
    asked: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """Full percent, rounded down, so that 100 means complete; 100 where nothing is asked."""
        return _percent(self.given, self.asked)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is missing."""
        return self.given == self.asked


@dataclass(frozen=True, slots=True)
class Section:
    """Complete records of a kind, of how many."""

    name: str
    done: int
    of: int

    @property
    def percent(self) -> int:
        """Full percent, rounded down; 100 where there is nothing."""
        return _percent(self.done, self.of)


def overall(sections: Iterable[Section]) -> Section:
    """Put sections together: every record and every question weighs the same."""
    every = list(sections)
    return Section("overall", sum(each.done for each in every), sum(each.of for each in every))


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 100


def completeness_of(
    kind: Kind, ids: Collection[int], values: HintValues, *, checks: Collection[str] | None = None,
    day: date | None = None,
) -> dict[int, Completeness]:  # fmt: skip
    """Return how complete records are, by id, in one query for any number of them.

    ``checks`` are the names that somebody asks for (None: all), ``day`` that up to which dated values hold.
    """
    asked = asked_of(kind, checks)
    flagged = _flagged(_MODELS[kind].objects.filter(pk__in=ids), asked, values, day)
    return {pk: _completeness(asked, flags) for pk, *flags in flagged}


def _flagged(
    records: QuerySet[Any], asked: Collection[Statement], values: HintValues, day: date | None
) -> QuerySet[Any]:  # fmt: skip
    flags = {
        f"missing_{at}": ExpressionWrapper(each.missing(values, day), output_field=BooleanField())
        for at, each in enumerate(asked)
    }
    flagged: QuerySet[Any] = records.annotate(**flags).values_list("pk", *flags)
    return flagged


def _completeness(asked: Collection[Statement], flags: Iterable[bool | None]) -> Completeness:
    missing = tuple(each.field for each, flag in zip(asked, flags, strict=True) if flag)
    return Completeness(len(asked) - len(missing), len(asked), missing)


def incomplete(
    kind: Kind, values: HintValues, *, checks: Collection[str] | None = None, day: date | None = None
) -> Q:  # fmt: skip
    """Return the condition of the records of a kind in which something is missing, for filters of lists."""
    return reduce(or_, (each.missing(values, day) for each in asked_of(kind, checks)), Q(pk__in=()))


def sections(scope: Scope, values: HintValues, *, checks: Collection[str] | None = None) -> tuple[Section, ...]:
    """Return how many records of each kind are complete, of those in scope: one query for each kind."""
    return tuple(_section(kind, scope, values, checks) for kind in _MODELS)


def sections_by_cluster(
    kind: Kind, year: int, values: HintValues, *, checks: Collection[str] | None = None
) -> dict[str, Section]:  # fmt: skip
    """Return how many records of a kind (not actors) are complete in a year, by home cluster: one query for all."""
    scope = Scope(None, year)
    lacking = incomplete(kind, values, checks=checks, day=scope.cut_off)
    counted = scope.of(kind).order_by().values("cluster_id")
    found = counted.annotate(of=Count("pk"), lacking=Count("pk", filter=lacking))
    return {each["cluster_id"]: Section(kind, each["of"] - each["lacking"], each["of"]) for each in found}


def _section(kind: Kind, scope: Scope, values: HintValues, checks: Collection[str] | None) -> Section:
    lacking = incomplete(kind, values, checks=checks, day=scope.cut_off)
    found = scope.of(kind).aggregate(of=Count("pk"), lacking=Count("pk", filter=lacking))
    return Section(kind, found["of"] - found["lacking"], found["of"])
