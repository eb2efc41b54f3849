"""What the preview of a merge asks about actors: everything in which they take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from ewm.capture.accounts.access import within_reach
from ewm.capture.activities.models import Activity, ActivityParticipation
from ewm.capture.base import standing
from ewm.capture.forms.fields import label_column, label_of
from ewm.capture.projects.models import Project, ProjectParticipation
from ewm.capture.projects.queries import status_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A record in which an actor takes part, as a row of its page; ``status`` is empty for an activity."""

    kind: str
    code: str
    title: str
    cluster: str
    role: str
    start: date
    status: str
    status_label: str


@dataclass(frozen=True, slots=True)
class Part:
    """Where an actor takes part, within reach, the latest first; and how many records of other clusters there are."""

    rows: tuple[TakingPart, ...]
    elsewhere: int

    @property
    def projects(self) -> int:
        """Number of projects within reach."""
        return sum(row.kind == "projects" for row in self.rows)

    @property
    def activities(self) -> int:
        """Number of activities within reach."""
        return len(self.rows) - self.projects


def taking_part(request: HttpRequest, actors: Iterable[int]) -> Part:
    """Return where actors (ids) take part."""
    ids = list(actors)
    roles = {
        "projects": ProjectParticipation.objects.filter(actor_id__in=ids, project__in=standing(Project.objects.all())),
        "activities": ActivityParticipation.objects.filter(
            actor_id__in=ids, activity__in=standing(Activity.objects.all())
        ),
    }
    found = [*_projects(request, roles["projects"]), *_activities(request, roles["activities"])]
    all_of_them = sum(each.count() for each in roles.values())
    found.sort(key=lambda row: (row.start, row.code), reverse=True)
    return Part(tuple(found), all_of_them - len(found))


def _projects(request: HttpRequest, roles: Any) -> list[TakingPart]:
    today = timezone.localdate()
    records = within_reach(
        request,
        Project.objects.filter(pk__in=roles.values("project")).annotate(
            begins=F("support_start"),
            status_now=status_on(today),
            status_word=status_on(today, f"status__{label_column()}"),
        ),
    )
    return _rows("projects", records, roles.values_list("project_id", f"role__{label_column()}"))


def _activities(request: HttpRequest, roles: Any) -> list[TakingPart]:
    records = within_reach(
        request, Activity.objects.filter(pk__in=roles.values("activity")).annotate(begins=F("activity_start"))
    )
    return _rows("activities", records, roles.values_list("activity_id", f"role__{label_column()}"))


def _rows(kind: str, records: Any, roles: Iterable[tuple[int, str]]) -> list[TakingPart]:
    by_record: dict[int, list[str]] = {}
    for pk, role in roles:
        by_record.setdefault(pk, []).append(role)
    return [
        TakingPart(
            kind, each.code, each.title, label_of(each.cluster), role, each.begins,
            getattr(each, "status_now", "") or "", getattr(each, "status_word", "") or "",
        )
        for each in records.select_related("cluster")
        for role in by_record[each.pk]
    ]  # fmt: skip
