"""In what a stored record differs from what the file says, and the record with what is taken over of that.

Only what the file says counts: rows of parts that it does not know stay, and so does what its profile assumes for all
rows. What the file has said already the last time is no news: whoever changed the record since knew it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.capture.entries import Item, stored_fields
from ewm.capture.imports.entries import PARTNERS
from ewm.capture.places import places, with_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ewm.capture.places import Place
    from ewm.capture.shapes import Shape

_FILLED_BY = {
    "status_events": ("status",),
    "funding": ("granting_body", "funding_volume", "cofinancing", "programme"),
    "funding_volume": ("funding_volume", "cofinancing"),
    "funding_volume_estimated": ("funding_volume_estimated", "cofinancing"),
    "assignments": ("terms",),
    "title": ("title", "group"),
    "description": ("description", "title"),
    "identifiers": ("identifier",),
    "sizes": ("size_class",),
    "clusters": ("own_cluster",),
    "country": ("country", "seat"),
    "land": ("land", "seat", "district"),
    "district": ("district", "seat"),
    "municipality": ("municipality", "seat"),
}
"""Which fields of a profile fill a field of an entry, where it is not the one of its name."""
_NEVER = frozenset({"code", "cluster", "example"})


def assumed(values: Iterable[str], columns: Collection[str]) -> set[str]:
    """Return the fields that no column of the file fills; ``columns``: the fields that columns fill, none: all.

    In our own workbook (``Projekte/title``) nothing is assumed.
    """
    if not columns or any("/" in each for each in columns):
        return set()
    return {name for name in values if not set(_FILLED_BY.get(name, (name,))) & set(columns)}


def news(
    shape: Shape[Any], stored: Any, given: Mapping[str, Any], said: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, list[Place]]:
    """Return the places in which a stored record differs, by field; ``said`` then, ``now``: values as JSON."""
    told = {name: value for name, value in given.items() if name not in _NEVER and name not in _unchanged(said, now)}
    wanted, have = places(shape, replace(stored, **told)), places(shape, stored)
    found: dict[str, list[Place]] = {}
    for place, value in wanted.items():
        if place.field in told and _plain(have.get(place, ())) != _plain(value) and value != ():
            found.setdefault(place.field, []).append(place)
    return found


def _unchanged(said: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    return {name for name, value in said.items() if name != PARTNERS and now.get(name) == value}


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def taken_over(
    shape: Shape[Any],
    stored: Any,
    given: Mapping[str, Any],
    places_of: Mapping[str, list[Place]],
    take: Collection[str],
) -> Any:
    """Return a stored record with the fields that are taken over; other rows of parts stay."""
    wanted, entry = places(shape, replace(stored, **given)), stored
    for name in take:
        for place in places_of.get(name, ()):
            entry = with_place(shape, entry, place, wanted[place])
    return entry


def differences(
    shape: Shape[Any], stored: Any, given: Mapping[str, Any], places_of: Mapping[str, list[Place]]
) -> Iterator[dict[str, Any]]:
    """Yield field, stored and found value, as an item keeps them; of parts only the rows that differ."""
    wanted, have = places(shape, replace(stored, **given)), places(shape, stored)
    for name, found in places_of.items():
        if found[0].key is None:
            yield {"field": name, "stored": as_json(have[found[0]]), "found": as_json(wanted[found[0]])}
        else:
            rows = [[row for place in found for row in values.get(place, ())] for values in (have, wanted)]
            yield {"field": name, "stored": [*map(as_json, rows[0])], "found": [*map(as_json, rows[1])]}


def as_json(value: Any) -> Any:
    """Return a value of an entry, or a row of a part, as JSON."""
    if isinstance(value, Item):
        return {name: as_json(getattr(value, name)) for name in stored_fields(type(value))}
    return value.isoformat() if isinstance(value, date) else value
