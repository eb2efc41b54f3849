"""``{% record_completeness record %}``: how complete a record is, as a badge that leads to what is open."""

from __future__ import annotations

from typing import Any

from django import template

from ewm.capture.activities.models import Activity
from ewm.capture.hints.figures import Completeness, completeness_of
from ewm.capture.hints.places import hints_url
from ewm.capture.projects.models import Project
from ewm.web.content import asked_checks
from ewm.web.focus import programme

register = template.Library()


@register.inclusion_tag("start/completeness.html")
def record_completeness(record: Any) -> dict[str, Any]:
    """Show the share of what is asked that a record says; nothing is asked of a standard activity."""
    kind = "projects" if isinstance(record, Project) else "activities" if isinstance(record, Activity) else "actors"
    if getattr(record, "is_standard", False):
        return {"completeness": Completeness(0, 0), "url": ""}
    found = completeness_of(kind, [record.pk], programme().hints, checks=asked_checks())  # type: ignore[arg-type]
    return {"completeness": found[record.pk], "url": hints_url(kind, record.code)}  # type: ignore[arg-type]
