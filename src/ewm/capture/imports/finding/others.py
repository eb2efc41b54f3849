"""Groups of rows become activities, rows become actors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.finding.projects import assignments, said_only
from ewm.capture.imports.finding.seats import organisation

if TYPE_CHECKING:
    from ewm.capture.imports.finding.grouping import Group
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.found import Json

_ACTIVITY = (
    "code", "title", "description", "cluster", "activity_kind", "activity_format", "is_standard", "is_lead", "example",
)  # fmt: skip
_CODE = re.compile(r"[A-Z]+-\d+")


def activity_values(group: Group, _known: Known) -> dict[str, Json]:
    """Return what the rows say of an activity."""
    values: dict[str, Any] = {name: group.first(name) for name in _ACTIVITY}
    starts, ends = group.all("activity_start"), group.all("activity_end")
    values["activity_start"] = min(starts).isoformat() if starts else None
    values["activity_end"] = max(ends).isoformat() if ends else None
    values["assignments"] = assignments(group)
    return said_only(values)


def actor_values(group: Group, known: Known) -> dict[str, Json]:
    """Return what a row says of an actor; what stands above it by code or by name."""
    row = group.rows[0]
    found = organisation(row, known, start="", name=str(row.get("name") or ""), actor_type=row.get("actor_type"))
    parent = row.get("parent")
    size, cluster = row.get("size_class"), row.get("own_cluster")
    values: dict[str, Any] = {
        "code": row.get("code"),
        "name": found.name or None,
        "actor_type": found.actor_type,
        "country": found.country,
        "land": found.land,
        "district": found.district,
        "municipality": found.municipality,
        "example": row.get("example"),
        "parent": {"code" if _CODE.fullmatch(parent) else "name": parent} if parent else None,
        "identifiers": [{"scheme": scheme, "identifier": text} for scheme, text in found.identifiers],
        "sizes": [{"size_class": size, "size_from": _day(row.get("size_from"))}] if size else [],
        "clusters": [{"cluster": cluster, "member_from": _day(row.get("member_from"))}] if cluster else [],
    }
    return said_only(values)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
