"""``{% record_questions record %}``: the questions of a record as a panel, with what whoever looks may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from ewm.capture.accounts.access import reach
from ewm.capture.accounts.roles import Right
from ewm.capture.activities.models import Activity
from ewm.capture.dialogue.queries import questions_within, threads
from ewm.capture.dialogue.services import OWNERS
from ewm.capture.hints.places import PATHS
from ewm.capture.projects.models import Project

if TYPE_CHECKING:
    from ewm.capture.hints import Kind

register = template.Library()


@register.inclusion_tag("dialogue/record.html", takes_context=True)
def record_questions(context: template.Context, record: Any) -> dict[str, Any]:
    """Show the questions of a record, settled ones last, and where to ask one."""
    request = context["request"]
    kind: Kind = (
        "projects" if isinstance(record, Project) else "activities" if isinstance(record, Activity) else "actors"
    )
    found = threads(questions_within(reach(request)).filter(**{OWNERS[kind]: record}), reach(request))
    found.sort(key=lambda thread: thread.is_settled)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "threads": found,
        "open": sum(1 for thread in found if not thread.is_settled),
        "may_ask": reach(request).can(Right.ASK),
        "ask_kind": PATHS[kind],
        "code": record.code,
    }
