"""Statuses of a project: what the file says, or what follows from its days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ewm.capture.imports.finding.grouping import Group
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.found import Json


def status_events(group: Group, known: Known, days: dict[str, date]) -> list[Json]:
    """Return the statuses with their first days, the first one at the beginning of the support.

    Without a status: begun once the project has begun, ended from the day after its last day, before that as planned.
    A status that ends a project holds from the day after its last day on, else from today.
    """
    first = days.get("support_start")
    if first is None:
        return []
    said, since = group.first("status"), group.first("status_from")
    events = _by_days(known, days, first)
    if said is not None:
        events = _said(known, days, events, said, since)
    return [{"status_from": day.isoformat(), "status": status} for day, status in sorted(events.items())]


def _by_days(known: Known, days: dict[str, date], first: date) -> dict[date, str]:
    named = known.content.statuses
    begins = max(days.get("official_start") or first, first)
    events = {first: named.begun if begins <= first <= known.today else named.planned}
    if first < begins <= known.today:
        events[begins] = named.begun
    end = _end(days)
    if end is not None and first <= end < known.today:
        events[end + timedelta(days=1)] = named.ended
    return events


def _end(days: dict[str, date]) -> date | None:
    return days.get("official_end") or days.get("support_end")


def _said(
    known: Known, days: dict[str, date], events: dict[date, str], said: str, since: date | None
) -> dict[date, str]:
    named, first = known.content.statuses, min(events)
    if since is not None and since > first:
        before = {day: status for day, status in events.items() if day < since and status != said}
        return {**before, since: said} if first in before else {first: named.planned, since: said}
    if said != named.ended and said not in known.forms.dropped_statuses:
        return {first: said}
    end = _end(days)
    last = end + timedelta(days=1) if end is not None and end < known.today else known.today
    return {first: events[first], last: said} if last > first else {first: said}
