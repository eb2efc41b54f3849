"""Organisations of a row: name, seat, type, identifiers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.capture.actors.models import GERMANY
from ewm.capture.actors.quick import Seat
from ewm.capture.actors.similar import folded
from ewm.capture.imports.found import FoundActor
from ewm.capture.imports.values.places import town

if TYPE_CHECKING:
    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.finding.rows import RowValues


def organisation(row: RowValues, known: Known, *, start: str, name: str, actor_type: str | None) -> FoundActor:
    """Return the organisation that the fields beginning so describe."""
    seat = _seat(row, start)
    return FoundActor(
        name=name,
        actor_type=actor_type or known.content.type_of(name),
        country=seat.country or None,
        land=seat.land,
        district=seat.district,
        municipality=seat.municipality,
        size_class=row.get(f"{start}size_class"),
        identifiers=tuple(dict.fromkeys(row.get(f"{start}identifier") or ())),
        code=row.get(f"{start}code") or "",
    )


def partner_name(row: RowValues) -> str:
    """Return the name of a row's partner; where it begins with its bearer's, the bearer itself is the partner."""
    name, above = row.get("partner_name"), row.get("partner_above")
    if name and above and folded(name).startswith(folded(above)):
        return str(above)[:300]
    return str(name or above or "")[:300]


def _seat(row: RowValues, start: str) -> Seat:
    """Return the seat: what a column says of state and Land holds against a place of the same name elsewhere."""
    named: Seat = row.get(f"{start}seat") or Seat(country="")
    country = row.get(f"{start}country") or ("" if f"{start}country" in row.texts else named.country)
    municipality = named.municipality or town(row.get(f"{start}municipality") or "") or None
    if country not in {GERMANY, ""}:
        return Seat(country, municipality=municipality)
    said = row.get(f"{start}district") or ""
    land = (row.get(f"{start}land") if f"{start}land" in row.texts else None) or said[:2] or named.land
    district = said or named.district
    if land is None:
        land = row.get(f"{start}land")
    if district and land != district[:2]:
        district = None
    found = Seat(country or GERMANY, land, district or None, municipality)
    return replace(found, country=country) if not (country or land or municipality) else found
