"""Groups of rows become projects."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.finding.statuses import status_events

if TYPE_CHECKING:
    from ewm.capture.imports.finding.grouping import Group
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.found import Json

_BEGINS = ("support_start", "official_start")
_ENDS = ("support_end", "official_end")
_PLAIN = ("code", "cluster", "is_rdi", "funding_state", "example")
_VOLUMES = ("project_volume", "project_volume_regional", "funding_volume", "funding_volume_regional")


def project_values(group: Group, known: Known) -> dict[str, Json]:
    """Return what the rows say of a project: the earliest begin, the latest end, volumes added up."""
    values: dict[str, Any] = {"title": _title(group), "description": _description(group)}
    values |= {name: group.first(name) for name in _PLAIN}
    days = {name: min(found) for name in _BEGINS if (found := group.all(name))}
    days |= {name: max(found) for name in _ENDS if (found := group.all(name))}
    values |= {name: day.isoformat() for name, day in days.items()}
    values |= _volumes(group)
    values["funding"] = _funding(group, values)
    values["status_events"] = status_events(group, known, days)
    values["assignments"] = assignments(group)
    return said_only(values)


def said_only(values: dict[str, Any]) -> dict[str, Json]:
    """Return the values without those about which the file says nothing."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def assignments(group: Group) -> list[Json]:
    """Return the terms to which a record is assigned."""
    terms = dict.fromkeys(term for found in group.all("terms") for term in found)
    return [{"term": term, "is_main": False} for term in terms]


def _title(group: Group) -> str | None:
    """Return the title: of a joint project what its rows have in common, even if the file holds only one of them."""
    title: str | None = group.first("group") or group.first("title")
    return title


def _description(group: Group) -> str | None:
    """Return the descriptions; for a joint project the titles of its parts as well."""
    parts = group.different("description")
    if group.first("group"):
        parts = [*group.different("title"), *parts]
    return "\n".join(dict.fromkeys(parts)) or None


def _volumes(group: Group) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _VOLUMES:
        amounts = _amounts(group, name)
        if amounts:
            found[name] = sum(amounts)
    for name in ("project_volume", "funding_volume"):
        estimated = any(group.all(f"{name}_estimated"))
        partial = name in found and len(_amounts(group, name)) < len(_counted(group, name))
        found[f"{name}_estimated"] = estimated or partial or (name == "funding_volume" and _is_reckoned(group)) or None
    return found


def _amounts(group: Group, name: str) -> list[int]:
    amounts = [row.get(name) for row in _counted(group, name)]
    if name == "funding_volume" and _is_reckoned(group):
        amounts = [
            _reckoned(row.get("project_volume"), row.get("cofinancing")) for row in _counted(group, "project_volume")
        ]
    return [each for each in amounts if each is not None]


def _counted(group: Group, name: str) -> tuple[Any, ...]:
    """Return the rows whose amounts are added up: one, where every row repeats the amount of the whole."""
    return group.rows[:1] if name in group.repeated else group.rows


def _is_reckoned(group: Group) -> bool:
    return not group.all("funding_volume") and bool(group.all("cofinancing"))


def _reckoned(volume: int | None, share: Decimal | None) -> int | None:
    if volume is None or share is None:
        return None
    return int((volume * share).quantize(Decimal(1), ROUND_HALF_UP))


def _funding(group: Group, values: dict[str, Any]) -> list[Json]:
    """Return the grant of a project whose granting body and origin are known."""
    body, origin, amount = group.first("granting_body"), group.first("funds_origin"), values.get("funding_volume")
    if not (body and origin and amount):
        return []
    return [{"granting_body": body, "funds_origin": origin, "programme": group.first("programme"), "amount": amount}]
