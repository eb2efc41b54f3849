"""Where a list tells places of projects, an organisation sits where it is named most often, then most exactly."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ewm.capture.imports.found import Found, FoundActor, FoundPartner

_Seat = tuple[str | None, str | None, str | None, str | None]


def settled(found: Sequence[Found]) -> list[Found]:
    """Return the records in which every organisation (by name or code) sits at one place.

    Only for lists that tell where a project is carried out: elsewhere two of one name at two places are two.
    """
    seats: defaultdict[str, Counter[_Seat]] = defaultdict(Counter)
    for partner in _partners(found):
        seats[_at(partner.actor)][_seat(partner.actor)] += 1
    best = {
        name: max(told, key=lambda seat: (told[seat], _exact(seat))) for name, told in seats.items() if len(told) > 1
    }
    return [_moved(each, best) if best else each for each in found]


def _partners(found: Sequence[Found]) -> Iterator[FoundPartner]:
    return (partner for each in found for partner in each.partners)


def _at(actor: FoundActor) -> str:
    return actor.code or folded(actor.name)


def _seat(actor: FoundActor) -> _Seat:
    return actor.country, actor.land, actor.district, actor.municipality


def _exact(seat: _Seat) -> int:
    return sum(each is not None for each in seat)


def _moved(found: Found, best: dict[str, _Seat]) -> Found:
    if not any(_at(partner.actor) in best for partner in found.partners):
        return found
    return replace(found, partners=tuple(_at_home(partner, best) for partner in found.partners))


def _at_home(partner: FoundPartner, best: dict[str, _Seat]) -> FoundPartner:
    seat = best.get(_at(partner.actor))
    if seat is None:
        return partner
    country, land, district, municipality = seat
    actor = replace(partner.actor, country=country, land=land, district=district, municipality=municipality)
    return replace(partner, actor=actor)
