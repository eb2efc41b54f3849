"""Places by name, official key or NUTS code become seats: what the programme's places know of them.

``Hennigsdorf, Stadt``, ``Cottbus/Chóśebuz``, ``Landkreis Barnim``, ``Land Brandenburg``, ``12065136``, ``DE40A``. A
place nobody knows keeps its name as a municipality without a district: which one it is nobody guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ewm.capture.actors.models import GERMANY
from ewm.capture.actors.places import country_codes, known_places
from ewm.capture.actors.quick import Seat
from ewm.capture.actors.similar import folded
from ewm.capture.imports.values.errors import CellError
from ewm.capture.taxonomies.models import Term
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MUNICIPALITY, _DISTRICT, _LAND, _STATE = range(4)
_NUTS_STATES = {"EL": "GR", "UK": "GB"}
_SHORT_STATES = {"d": GERMANY, "brd": GERMANY, "bundesrepublik deutschland": GERMANY, "deutschland de": GERMANY}
_NUTS = re.compile(r"([A-Z]{2})([0-9A-Z]{0,3})")
_KEY = re.compile(r"\d{2}|\d{5}|\d{8}|\d{12}")
_SHORTENED = re.compile(r"[1-9](?:\d{3}|\d{6})")
"""A key whose leading zero a spreadsheet has dropped."""
_KINDS = r"hansestadt|kreisfreie stadt|landeshauptstadt|stadt|gemeinde|markt|gkst|flecken|amt"
_TOWN = re.compile(rf"(?i),\s*(?:{_KINDS})\b.*$|^(?:{_KINDS})\s+")
_COUNTY = re.compile(r"(?i),\s*(?:land)?kreis$|^(?:landkreis|kreis|lkr?\.?)\s+|\s+\((?:land)?kreis\)$")
_STATE_OF_GERMANY = re.compile(r"(?i)^(?:bundes)?land\s+|,\s*(?:bundes)?land$")


@dataclass(frozen=True, slots=True)
class Places:
    """Seats by what a place is and its folded name, by official key and by NUTS code; states by name."""

    names: Mapping[tuple[int, str], Seat | None]
    keys: Mapping[str, Seat]
    nuts: Mapping[str, Seat]
    states: Mapping[str, str]

    def seat(self, text: str) -> Seat:
        """Return the seat that a text means; raises CellError for a key that cannot be."""
        given = " ".join(text.split())
        if _SHORTENED.fullmatch(given):
            given = f"0{given}"
        if _KEY.fullmatch(given):
            return self._of_key(given)
        if (match := _NUTS.fullmatch(given)) and (found := self._of_nuts(match)):
            return found
        return self._of_name(given) or Seat(municipality=town(given))

    def _of_key(self, key: str) -> Seat:
        if len(key) == 12:  # the regional key: Land 2, district 3, association 4, municipality 3
            key = key[:5] + key[9:]
        for length in (8, 5, 2):
            if found := self.keys.get(key[:length]):
                return found
        raise CellError(
            worded("Den amtlichen Schlüssel „%(key)s“ gibt es nicht. Bitte den Ort mit Namen eintragen.", key=key)
        )

    def _of_nuts(self, match: re.Match[str]) -> Seat | None:
        code = match[0]
        for length in range(len(code), 2, -1):
            if found := self.nuts.get(code[:length]):
                return found
        state = _NUTS_STATES.get(match[1], match[1])
        return Seat(state) if state in self.states.values() else None

    def _of_name(self, text: str) -> Seat | None:
        for kind, name in _wanted(text):
            if found := self.names.get((kind, folded(name))):
                return found
        state = self.states.get(folded(text))
        return Seat(state) if state else None

    def country(self, text: str) -> str:
        """Return a state's two letters; raises CellError."""
        code = text.strip()
        found = self.states.get(folded(code)) or _NUTS_STATES.get(code.upper())
        if found is None:
            raise CellError(
                worded("„%(text)s“ ist kein Staat. Bitte den Namen oder zwei Buchstaben eintragen, etwa DE.", text=text)
            )
        return found


def town(text: str) -> str:
    """Return a municipality's name without what it is: ``Hennigsdorf, Stadt``."""
    return _TOWN.sub("", " ".join(text.split()).replace(" ,", ","))[:200]


def _wanted(text: str) -> Iterator[tuple[int, str]]:
    """Yield what a text may mean, the most likely first."""
    if _STATE_OF_GERMANY.search(text):
        yield _LAND, _STATE_OF_GERMANY.sub("", text)
        return
    if _COUNTY.search(text):
        yield _DISTRICT, _COUNTY.sub("", text)
        return
    bare = town(text)
    # A name in two languages, with a river after a slash, or with a part of the town: Senftenberg/Zły Komorow.
    for name in dict.fromkeys((text, bare, *(bare.split(sign)[0] for sign in ("/", " OT ", ",")))):
        for kind in (_MUNICIPALITY, _DISTRICT, _LAND):
            yield kind, name.strip()


def read_places() -> Places:
    """Read every place that the programme and the actors know; four queries."""
    names: dict[tuple[int, str], Seat | None] = {}
    for place in known_places():
        if place.rank < _STATE:
            at = place.rank, folded(place.name)
            # Of two places of one name neither is meant for sure.
            names[at] = place.seat if names.get(at, place.seat) == place.seat else None
    keys: dict[str, Seat] = {}
    nuts: dict[str, Seat] = {}
    for term in Term.objects.filter(taxonomy__in=("district", "land")):
        seat = Seat(GERMANY, term.term_id[:2], term.term_id if len(term.term_id) == 5 else None)
        keys[term.term_id] = seat
        if term.code:
            nuts[term.code] = seat
    for label, code in Term.objects.exclude(code=None).values_list("label_de", "code"):
        if len(code) == 8 and code.isdecimal() and code[:5] in keys:
            keys[code] = replace(keys[code[:5]], municipality=label)
    states = {**{folded(name): code for name, code in country_codes().items()}, **_SHORT_STATES}
    return Places(names, keys, nuts, states)
