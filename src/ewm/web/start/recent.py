"""What was edited last in a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ewm.capture.activities.models import Activity
from ewm.capture.hints.places import ONE, record_url
from ewm.capture.projects.models import Project, ProjectStatusEvent
from ewm.web.numbers.showing import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ewm.capture.hints import Kind

_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Edited:
    """A record, when it was changed last, and of a project its status with its word."""

    title: str
    url: str
    when: datetime
    status: str | None
    status_label: str


def last_edited(cluster: str | None, count: int = 3) -> list[Edited]:
    """Return the records of a cluster that were changed last, newest first."""
    found = sorted((*_of("projects", Project, cluster), *_of("activities", Activity, cluster)), key=lambda row: row[0])
    newest = found[::-1][:count]
    statuses = _statuses([pk for _, kind, pk, _, _ in newest if kind == "projects"])
    return [_edited(when, kind, title, code, statuses.get(pk) if kind == "projects" else None)
            for when, kind, pk, code, title in newest]  # fmt: skip


def _of(kind: Kind, model: Any, cluster: str | None) -> Iterator[tuple[datetime, Kind, int, str, str]]:
    """Yield each record once, with its last change; only the last entries of the history are looked at."""
    history = model.history.filter(cluster_id=cluster, withdrawn=False).exclude(history_type="-")
    seen = set()
    for pk, code, title, when in history.order_by("-history_date", "-history_id").values_list(
        "id", "code", "title", "history_date"
    )[:_LOOKED_AT]:
        if pk not in seen:
            seen.add(pk)
            yield when, kind, pk, code, title


def _statuses(ids: list[int]) -> dict[int, tuple[str, str]]:
    events = ProjectStatusEvent.objects.filter(project__in=ids, status_from__lte=timezone.localdate())
    columns = ("project_id", "status_id", f"status__label_{language()}")
    return {pk: (status, label) for pk, status, label in events.order_by("status_from").values_list(*columns)}


def _edited(when: datetime, kind: Kind, title: str, code: str, status: tuple[str, str] | None) -> Edited:
    term, label = status or (None, str(ONE[kind]))
    return Edited(title, record_url(kind, code), when, term, label)
