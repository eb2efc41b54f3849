"""Seats by the name of a place: municipalities, districts, Länder and states, found while they are typed.

Municipalities are those of the programme's terms that carry an official key of eight digits, and those in which some
actor sits already; another one is written beside its district. Districts and Länder are terms by their official key.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ewm.capture.actors.models import GERMANY, Actor
from ewm.capture.actors.quick import Seat
from ewm.capture.actors.similar import bare, folded
from ewm.capture.forms.fields import label_of
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LIMIT = 8
_SEPARATOR = "|"
_MUNICIPALITY_KEY, _DISTRICT_KEY, _LAND_KEY = 8, 5, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A seat with its name and what tells it from others of that name; ``rank`` puts towns before districts."""

    seat: Seat
    name: str
    hint: str
    rank: int

    @property
    def value(self) -> str:
        """What a form sends."""
        return written_seat(self.seat)

    def as_item(self) -> dict[str, str]:
        """Return what a combobox shows and sends."""
        return {"value": self.value, "label": self.name, "hint": self.hint}


def written_seat(seat: Seat) -> str:
    """Return a seat as forms send it: ``DE|12|12065|Hennigsdorf``."""
    return _SEPARATOR.join(each or "" for each in (seat.country, seat.land, seat.district, seat.municipality))


def read_seat(text: str) -> Seat | None:
    """Return the seat that a form sent, None where it is none; whether its keys exist is the rules' matter."""
    parts = text.split(_SEPARATOR, 3)
    if len(parts) != 4 or parts[0] not in countries():
        return None
    country, land, district, municipality = parts
    return Seat(country, land or None, district or None, municipality.strip() or None)


@cache
def _countries() -> dict[str, tuple[str, str]]:
    with (Path(__file__).parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["country"]: (row["label_de"], row["label_en"]) for row in csv.DictReader(file)}


def countries() -> dict[str, str]:
    """Return the states by ISO 3166-1 alpha-2, in the language of the page (names: Unicode CLDR)."""
    at = 1 if (get_language() or "").startswith("en") else 0
    return {code: names[at] for code, names in _countries().items()}


def country_codes() -> dict[str, str]:
    """Return the codes of the states by their names in both languages, and by themselves."""
    return {name: code for code, names in _countries().items() for name in (code, *names)}


def find_places(text: str, *, limit: int = LIMIT) -> list[Place]:
    """Return the places whose name begins with the text, then those in which it stands elsewhere, or by their key."""
    wanted, vowels = folded(text), bare(text)
    if not wanted:
        return []
    found = [(rank, each) for each in known_places() if (rank := _rank(each, wanted, vowels)) is not None]
    best = sorted(found, key=lambda pair: (pair[0], pair[1].rank, pair[1].name))
    return list(dict.fromkeys(each for _, each in best))[:limit]


def _rank(place: Place, wanted: str, vowels: str) -> int | None:
    name, short = folded(place.name), bare(place.name)
    if name.startswith(wanted) or short.startswith(vowels):
        return 0
    if f" {wanted}" in name or f" {vowels}" in short:
        return 1
    return 2 if wanted in name or vowels in short or (place.seat.district or "") == wanted else None


def known_places() -> list[Place]:
    """Read every place that can be found; three queries."""
    terms = list(Term.objects.filter(taxonomy__in=("district", "land")).order_by("position", "term_id"))
    labels = {term.term_id: label_of(term) for term in terms}
    municipalities = dict.fromkeys((*_of_terms(labels), *_of_actors(labels)))
    regions = [
        Place(Seat(GERMANY, term.term_id[:_LAND_KEY], term.term_id), label_of(term), _district(term.term_id), 1)
        if term.taxonomy == "district"
        else Place(Seat(GERMANY, term.term_id), label_of(term), _("Land"), 2)
        for term in terms
    ]
    states = [Place(Seat(code), name, _("Staat"), 3) for code, name in countries().items()]
    return [*municipalities, *regions, *states]


def _district(key: str) -> str:
    return _("Kreis oder kreisfreie Stadt, AGS %(key)s") % {"key": key}


def _municipality(name: str, seat: Seat, labels: dict[str, str]) -> Place:
    key = seat.district or seat.land or ""
    where = labels.get(key) or countries().get(seat.country, seat.country)
    return Place(seat, name, f"{where}, AGS {key}" if key else where, 0)


def _of_terms(labels: dict[str, str]) -> Iterator[Place]:
    """Yield the municipalities of the programme's terms, by their official key of eight digits."""
    for name, key in Term.objects.exclude(code=None).values_list("label_de", "code"):
        if len(key) == _MUNICIPALITY_KEY and key.isdecimal() and key[:_DISTRICT_KEY] in labels:
            yield _municipality(name, Seat(GERMANY, key[:_LAND_KEY], key[:_DISTRICT_KEY], name), labels)


def _of_actors(labels: dict[str, str]) -> Iterable[Place]:
    seats = Actor.objects.filter(merged_into=None).exclude(municipality=None)
    rows = seats.values_list("country", "land_id", "district_id", "municipality").order_by("municipality").distinct()
    return [_municipality(seat[3], Seat(*seat), labels) for seat in rows]


def seat_words(seat: Seat) -> tuple[str, str]:
    """Return how a seat is called, and its official key (empty without one)."""
    keys = [each for each in (seat.district, seat.land) if each]
    terms = Term.objects.filter(taxonomy__in=("district", "land"), term_id__in=keys)
    return seat_in_words(seat, {term.term_id: label_of(term) for term in terms})


def seat_in_words(seat: Seat, labels: Mapping[str, str]) -> tuple[str, str]:
    """Return the same with labels that are known already, by official key."""
    region = labels.get(seat.district or "") or labels.get(seat.land or "")
    state = countries().get(seat.country, seat.country) if seat.country != GERMANY or not region else None
    names = [seat.municipality, region, state]
    told = list(dict.fromkeys(filter(None, names)))
    return ", ".join(told[:2]), seat.district or seat.land or ""
