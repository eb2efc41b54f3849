"""Values that depend on the cut-off: the status and the size reached by then, the name and the parent of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.actors.models import ActorFormerName, ActorFormerParent, ActorSize
from ewm.capture.base import rows
from ewm.capture.exporter.sources import SIZE, STATUS
from ewm.capture.projects.models import ProjectStatusEvent

if TYPE_CHECKING:
    from datetime import date, datetime

    from ewm.capture.base import Versioned

_LAST: dict[str, tuple[type[Versioned], str, str, str]] = {
    STATUS: (ProjectStatusEvent, "project_id", "status_from", "status_id"),
    SIZE: (ActorSize, "actor_id", "size_from", "size_class_id"),
}
FORMER: dict[str, tuple[type[Versioned], str]] = {
    "name": (ActorFormerName, "name_to"),
    "parent_id": (ActorFormerParent, "parent_to"),
}
"""Columns of an actor that show today's value where no former one held at the cut-off: model and its last day."""


def last_values(column: str, cut_off: date, as_of: datetime | None) -> dict[int, str]:
    """Return the last status or size up to the cut-off, by project or actor."""
    model, owner, since, value = _LAST[column]
    dated = rows(model, as_of).filter(**{f"{since}__lte": cut_off}).order_by(since)
    return dict(dated.values_list(owner, value))


def former_values(column: str, cut_off: date, as_of: datetime | None) -> dict[int, Any]:
    """Return the former name or parent (None: none) that held at the cut-off, by actor; others have today's."""
    model, until = FORMER[column]
    # Of those that ended later the first to end held then: it is the last to be put into the dictionary.
    held = rows(model, as_of).filter(**{f"{until}__gte": cut_off}).order_by(f"-{until}")
    return dict(held.values_list("actor_id", column))
