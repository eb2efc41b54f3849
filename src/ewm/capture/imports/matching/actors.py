"""The register of actors as imports ask it: by code, by what was settled before, by identifier, by name."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from ewm.capture.actors.identifiers import as_registered
from ewm.capture.actors.models import Actor, ActorIdentifier
from ewm.capture.actors.search import known_actors
from ewm.capture.actors.similar import CORE_CUTOFF, SIMILAR, core, folded, score
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.matching import candidates as why
from ewm.capture.imports.matching.candidates import SURE, Candidate, Match
from ewm.capture.imports.matching.keys import settled_keys
from ewm.capture.imports.models import LONGEST_KEY
from ewm.capture.wording import joined, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.capture.imports.found import FoundActor
    from ewm.capture.imports.matching.keys import Settled

_MOST = 5
"""So many stored actors are shown for one name."""


def actor_key(actor: FoundActor) -> str:
    """Return what tells an organisation from others within a source: an identifier, else name and state."""
    if actor.code:
        return actor.code
    if actor.identifiers:
        scheme, text = min(actor.identifiers)
        key = f"{scheme}:{as_registered(scheme, text)}"
    else:
        key = f"{folded(actor.name) or actor.name.strip()}|{actor.country or ''}"
    return key if len(key) <= LONGEST_KEY else f"#{hashlib.sha256(key.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Seat:
    country: str
    land: str | None
    district: str | None

    def fits(self, actor: FoundActor) -> bool | None:
        """Tell whether an organisation sits here: None where too little is known; the state alone is too little."""
        if actor.country and self.country != actor.country:
            return False
        pairs = [
            (own, other) for own, other in ((self.land, actor.land), (self.district, actor.district)) if own and other
        ]
        return all(own == other for own, other in pairs) if pairs else None


class Register:
    """All stored actors, read once; merged ones lead to their survivors."""

    def __init__(self, sources: Iterable[str] = ()) -> None:
        self._known = {each.code: each for each in known_actors()}
        seats = Actor.objects.values_list("code", "country", "land_id", "district_id")
        self._seats = {code: _Seat(country, land, district) for code, country, land, district in seats}
        self._merged = dict(Actor.objects.exclude(merged_into=None).values_list("code", "merged_into__code"))
        self._settled = settled_keys(sources, RecordKind.ACTORS, "")
        self._found: dict[tuple[str, FoundActor], Match] = {}

    def survivor(self, code: str) -> str | None:
        """Return the code under which an actor stands today, None where there is none."""
        while code in self._merged:
            code = self._merged[code]
        return code if code in self._known else None

    def name(self, code: str) -> str:
        """Return an actor's name."""
        return self._known[code].name

    def settled(self, source: str, key: str) -> Settled | None:
        """Return what an earlier import said under the key of an organisation."""
        return self._settled.get((source, key))

    def match(self, source: str, actor: FoundActor) -> Match:
        """Compare an organisation of a source with all stored actors."""
        if (source, actor) not in self._found:
            self._found[source, actor] = self._match(source, actor)
        return self._found[source, actor]

    def _match(self, source: str, actor: FoundActor) -> Match:
        if actor.code:
            return self._by_code(actor.code)
        settled = self._settled.get((source, actor_key(actor)))
        if settled and (code := self.survivor(settled.code)):
            return Match(self.candidate(code, SURE, why.BY_KEY))
        owners = {code for each in actor.identifiers for code in self._owners.get(_identifier(*each), ())}
        if len(owners) == 1:
            return Match(self.candidate(owners.pop(), SURE, why.BY_IDENTIFIER))
        if owners:
            several = (self.candidate(code, SURE - 1, why.BY_IDENTIFIER) for code in sorted(owners))
            return Match(candidates=tuple(several)[:_MOST])
        return self._by_name(actor)

    def _by_code(self, code: str) -> Match:
        stands = self.survivor(code)
        if stands:
            return Match(self.candidate(stands, SURE, why.BY_CODE))
        close = get_close_matches(code, self._known, 1)
        wrong = worded("Einen Akteur mit der Kennung „%(code)s“ gibt es nicht.", code=code)
        meant = [
            part for each in close
            for part in (" ", worded("Gemeint %(name)s?", name=f"{each}, {self._known[each].name}"))
        ]  # fmt: skip
        return Match(wrong=joined(wrong, *meant, " ", worded("Bitte berichtigen.")))

    def _by_name(self, actor: FoundActor) -> Match:
        same = sorted(self._named.get(folded(actor.name), ()))
        seats = {code: self._seats[code].fits(actor) for code in same}
        here = [code for code in same if seats[code]]
        if len(here) == 1:
            return Match(self.candidate(here[0], SURE, why.SAME_NAME_AND_SEAT))
        if len(same) == 1 and self._in_country(same[0], actor):
            return Match(self.candidate(same[0], SURE, why.SAME_NAME))
        if same:
            reasons = {True: why.SAME_NAME_AND_SEAT, False: why.SAME_NAME_OTHER_SEAT, None: why.SAME_NAME}
            found = (self.candidate(code, SURE - 1, reasons[seats[code]]) for code in same)
            return Match(candidates=tuple(found)[:_MOST])
        return Match(candidates=tuple(self._similar(actor))[:_MOST])

    def _in_country(self, code: str, actor: FoundActor) -> bool:
        return not actor.country or self._seats[code].country == actor.country

    def _similar(self, actor: FoundActor) -> Iterator[Candidate]:
        """Yield actors of similar names, most alike first; those of another state are others."""
        reasons = {
            True: why.SIMILAR_NAME_SAME_SEAT, False: why.SIMILAR_NAME_OTHER_SEAT, None: why.SIMILAR_NAME,
        }  # fmt: skip
        best: dict[str, int] = {}
        for code, name in self._alike(core(actor.name)):
            percent = min(score(actor.name, name), SURE - 1)
            if percent >= SIMILAR and percent > best.get(code, 0) and self._in_country(code, actor):
                best[code] = percent
        for code, percent in sorted(best.items(), key=lambda pair: (-pair[1], self._known[pair[0]].name)):
            yield self.candidate(code, percent, reasons[self._seats[code].fits(actor)])

    def _alike(self, wanted: str) -> Iterator[tuple[str, str]]:
        """Yield code and name where what tells the names is alike: only names of nearly one length can be."""
        if not wanted:
            return
        cores, lengths, owners = self._cores
        first = bisect_left(lengths, len(wanted) * CORE_CUTOFF / (200 - CORE_CUTOFF))
        last = bisect_right(lengths, len(wanted) * (200 - CORE_CUTOFF) / CORE_CUTOFF)
        near = process.extract(wanted, cores[first:last], scorer=fuzz.ratio, score_cutoff=CORE_CUTOFF, limit=None)
        for _, _, place in near:
            yield owners[first + place]

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for each in self._known.values():
            for name in each.names:
                found[folded(name)].add(each.code)
        return found

    @cached_property
    def _cores(self) -> tuple[list[str], list[int], list[tuple[str, str]]]:
        names = sorted(
            ((core(name), each.code, name) for each in self._known.values() for name in each.names),
            key=lambda name: len(name[0]),
        )
        cores = [each[0] for each in names]
        return cores, [len(each) for each in cores], [(code, name) for _, code, name in names]

    @cached_property
    def _owners(self) -> dict[tuple[str, str], set[str]]:
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for scheme, text, code in ActorIdentifier.objects.values_list("scheme_id", "identifier", "actor__code"):
            stands = self.survivor(code)
            if stands:
                found[_identifier(scheme, text)].add(stands)
        return found

    def candidate(self, code: str, percent: int, reason: str) -> Candidate:
        """Return a stored actor as a candidate."""
        return Candidate(code, self._known[code].name, percent, reason)


def _identifier(scheme: str, text: str) -> tuple[str, str]:
    return scheme, as_registered(scheme, text)
