"""From what was found to an entry of a service: JSON becomes days, items, parts; partners become participations."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import DateField

from ewm.capture.actors.entries import ActorEntry, Identifier, Size
from ewm.capture.actors.models import GERMANY
from ewm.capture.actors.rules import COMPANY
from ewm.capture.entries import Item, Participation, stored_fields
from ewm.capture.projects.models import UNFUNDED
from ewm.capture.served import form_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.base import Versioned
    from ewm.capture.imports.found import Found, FoundActor
    from ewm.capture.shapes import Part, Shape
    from ewm.capture.taxonomies.catalogue import Catalogue

NO_CODE = "NEU"
"""Stands for the code of an entry that has none yet."""
PARTNERS = "participations"


def given_values(shape: Shape[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the found values that the entry has fields for, as the entry holds them."""
    found = {
        name: _value(shape.model, name, values[name])
        for name in shape.columns
        if values.get(name) is not None and name != "parent"
    }
    for part in shape.parts:
        if part.name in values and part.name != PARTNERS:
            found[part.name] = tuple(_item(part, row) for row in values[part.name])
    return found


def _item(part: Part, row: Mapping[str, Any]) -> Item:
    names = stored_fields(part.item)
    return part.item(**{name: _value(part.model, name, row[name]) for name in names if row.get(name) is not None})


def _value(model: type[Versioned], name: str, value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and name in _days(model) else value


@cache
def _days(model: type[Versioned]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields if isinstance(field, DateField))


def needed_fields(entry: Any) -> tuple[str, ...]:
    """Return the fields without which there is no entry."""
    return tuple(each.name for each in fields(entry) if each.default is MISSING and each.default_factory is MISSING)


def missing(shape: Shape[Any], given: Mapping[str, Any]) -> list[str]:
    """Return the fields that an entry needs and that nobody gave; code and cluster come from elsewhere."""
    return [name for name in needed_fields(shape.entry) if name not in given and name not in {"code", "cluster"}]


def new_entry(
    shape: Shape[Any], given: Mapping[str, Any], *, code: str = NO_CODE, cluster: str = "", **more: Any
) -> Any:
    """Return the entry of a new record; without volume none is funded, as in the forms."""
    values = {**given, "code": code, **more}
    if "cluster" in shape.columns:
        values["cluster"] = cluster
    if values.get("funding_state") == UNFUNDED:
        values.setdefault("funding_volume", 0)
    return shape.entry(**values)


def participations(found: Found, actors: Sequence[str]) -> tuple[Participation, ...]:
    """Return who takes part, ``actors`` being the codes of the partners; the first role of an actor counts."""
    values, taken = form_values(), dict[str, Participation]()
    for at, (partner, code) in enumerate(zip(found.partners, actors, strict=True)):
        role = partner.role or (values.further_role if at else values.first_role)
        taken.setdefault(code, Participation(actor=code, role=str(role)))
    return tuple(taken.values())


def actor_entry(actor: FoundActor, catalogue: Catalogue, *, since: date, code: str = NO_CODE) -> ActorEntry:
    """Return the entry of a new organisation; what the file does not say is what the forms suggest.

    ``since``: the day from which its size holds, where the file says one; only companies have any.
    """
    kind = str(actor.actor_type or form_values().actor_type)
    sized = actor.size_class is not None and catalogue.is_a(kind, COMPANY)
    return ActorEntry(
        code=code,
        name=actor.name.strip(),
        actor_type=kind,
        country=actor.country or GERMANY,
        land=actor.land,
        district=actor.district,
        municipality=actor.municipality,
        sizes=(Size(size_class=str(actor.size_class), size_from=since),) if sized else (),
        identifiers=tuple(_identifiers(actor.identifiers)),
    )


def _identifiers(given: Iterable[tuple[str, str]]) -> Iterable[Identifier]:
    return (Identifier(scheme=scheme, identifier=text) for scheme, text in dict.fromkeys(given))
