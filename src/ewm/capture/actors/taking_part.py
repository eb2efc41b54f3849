"""Where an actor takes part, a page at a time: projects and activities within reach in one list, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Q, Value
from django.utils import timezone

from ewm.capture.accounts.access import within_reach
from ewm.capture.actors.duplicates.moving import KINDS
from ewm.capture.base import standing
from ewm.capture.forms.fields import label_column
from ewm.capture.projects.models import Project
from ewm.capture.projects.queries import status_on

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ewm.capture.actors.duplicates.moving import Kind

A_PAGE = 25
_ROW = ("kind", "code", "title", "cluster_label", "role", "begins", "status_now", "status_word")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many participations there are: in projects and activities within reach, and in records beyond it."""

    projects: int
    activities: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A page of records in which an actor takes part (rows by name: ``kind``, ``code``, ...), and the numbers."""

    page: Page[dict[str, Any]]
    numbers: Numbers


def takes_part(request: HttpRequest, actor: int, number: str | None) -> TakesPart:
    """Return where an actor (id) takes part: the page with this number, the nearest that there is. Two queries."""
    numbers = _numbers(request, actor)
    first, *others = (_rows(request, kind, actor) for kind in KINDS)
    found = first.union(*others, all=True).order_by("-begins", "-code", "role")
    return TakesPart(_Counted(found, numbers.projects + numbers.activities).get_page(number), numbers)


class _Counted(Paginator[Any]):
    """Pages of rows whose number is known."""

    count = 0

    def __init__(self, rows: QuerySet[Any, Any], count: int) -> None:
        super().__init__(rows, A_PAGE)
        self.count = count


def _numbers(request: HttpRequest, actor: int) -> Numbers:
    asked = []
    for kind in KINDS:
        here = Q(**{f"{kind.owner}__in": within_reach(request, kind.record.objects.all()).values("pk")})
        parts = kind.participation.objects.filter(
            actor=actor, **{f"{kind.owner}__in": standing(kind.record.objects.all()).values("pk")}
        )
        counted = parts.order_by().annotate(kind=Value(kind.name, CharField())).values("kind")
        asked.append(counted.annotate(here=Count("pk", filter=here), everywhere=Count("pk")))
    found = {each["kind"]: each for each in asked[0].union(*asked[1:], all=True)}
    reached = {kind.name: int(found[kind.name]["here"]) for kind in KINDS if kind.name in found}
    everywhere = sum(int(each["everywhere"]) for each in found.values())
    return Numbers(reached.get("projects", 0), reached.get("activities", 0), everywhere - sum(reached.values()))


def _rows(request: HttpRequest, kind: Kind, actor: int) -> QuerySet[Any, Any]:
    word, today = label_column(), timezone.localdate()
    has_status = kind.record is Project
    nothing = Value("", CharField())
    records = within_reach(request, kind.record.objects.filter(participations__actor=actor)).order_by()
    rows: QuerySet[Any, Any] = records.annotate(
        kind=Value(kind.name, CharField()),
        cluster_label=F(f"cluster__{word}"),
        role=F(f"participations__role__{word}"),
        begins=F(kind.start),
        status_now=status_on(today) if has_status else nothing,
        status_word=status_on(today, f"status__{word}") if has_status else nothing,
    ).values(*_ROW)
    return rows
