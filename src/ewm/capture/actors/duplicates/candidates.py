"""Actors that may be recorded twice: all pairs of the register whose names are alike, or that share an identifier.

Five thousand actors are twelve million pairs. Two names that are alike are nearly of one length, so each name is
compared with those of the lengths that can still reach the score, by a library that gives up early.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from ewm.capture.actors.duplicates.models import ActorsApart
from ewm.capture.actors.models import Actor, ActorIdentifier
from ewm.capture.actors.reading import dated_parents
from ewm.capture.actors.search import Known, known_actors
from ewm.capture.actors.similar import CORE_CUTOFF, SIMILAR, core, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ewm.capture.actors.dated import Dated

SAME_IDENTIFIER = 100
Pair = tuple[str, str]
Name = tuple[str, str, str]
"""What tells a name, the code of its actor, the name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two actors that may be one: the one recorded first, the other, the score in percent, a shared identifier."""

    one: Known
    other: Known
    score: int
    identifier: str = ""


def candidates(*, about: str | None = None) -> list[Candidate]:
    """Return the pairs, the most alike first; ``about``: only those with this actor (code).

    Left out are pairs that somebody told apart, and actors one of which stands above the other.
    """
    known = {each.code: each for each in known_actors()}
    numbers = dict(Actor.objects.values_list("code", "id"))
    shared = _shared_identifiers(known)
    scores = _alike(known, about) | dict.fromkeys(shared, SAME_IDENTIFIER)
    apart = {frozenset(pair) for pair in ActorsApart.objects.values_list("first__code", "second__code")}
    parents = dated_parents() if scores else {}
    found = [
        Candidate(known[one], known[other], percent, shared.get((one, other), ""))
        for (one, other), percent in scores.items()
        if about in {None, one, other}
        if frozenset((one, other)) not in apart and not _one_line(one, other, parents)
    ]
    recorded = [_first_recorded_first(each, numbers) for each in found]
    return sorted(recorded, key=lambda each: (-each.score, each.one.name, each.other.code))


def _first_recorded_first(each: Candidate, numbers: Mapping[str, int]) -> Candidate:
    if numbers[each.one.code] <= numbers[each.other.code]:
        return each
    return Candidate(each.other, each.one, each.score, each.identifier)


def _alike(known: Mapping[str, Known], about: str | None) -> dict[Pair, int]:
    """Return the pairs (codes in order) whose names are alike, with their score; of several names the best counts."""
    names = {(core(name), code, name) for code, each in known.items() for name in each.names}
    return alike_pairs(tuple(sorted(names, key=_length)), about)


@lru_cache(maxsize=8)
def alike_pairs(names: tuple[Name, ...], about: str | None = None) -> dict[Pair, int]:
    """Compare names (in order of length) with each other; kept until some name changes. Not to be written to."""
    lengths, cores = [len(each[0]) for each in names], [each[0] for each in names]
    scores: dict[Pair, int] = {}
    for at, (own, code, name) in enumerate(names):
        if about is not None and code != about:
            continue
        first = 0 if about is not None else at + 1
        for _, _, place in process.extract(
            own, cores[first : _end(lengths, len(own))], scorer=fuzz.ratio, score_cutoff=CORE_CUTOFF, limit=None
        ):
            _, other, written = names[first + place]
            percent = score(name, written)
            if other != code and percent >= SIMILAR:
                pair = (code, other) if code < other else (other, code)
                scores[pair] = max(percent, scores.get(pair, 0))
    return scores


def _length(name: Name) -> tuple[int, str]:
    return len(name[0]), name[1]


def _end(lengths: Sequence[int], own: int) -> int:
    """Return behind which place all names are too long: 2 · short / (short + long) is the best that two can reach."""
    return bisect_right(lengths, own * (200 - CORE_CUTOFF) / CORE_CUTOFF)


def _shared_identifiers(known: Mapping[str, Known]) -> dict[Pair, str]:
    owners: defaultdict[Pair, list[str]] = defaultdict(list)
    rows = ActorIdentifier.objects.filter(actor__merged_into=None)
    for scheme, identifier, code in rows.values_list("scheme__label_de", "identifier", "actor__code"):
        owners[scheme, identifier].append(code)
    return {
        pair: f"{scheme} {identifier}"
        for (scheme, identifier), codes in owners.items()
        for pair in _pairs(code for code in codes if code in known)
    }


def _pairs(codes: Iterable[str]) -> Iterator[Pair]:
    yield from combinations(sorted(set(codes)), 2)


def _one_line(one: str, other: str, parents: Mapping[str, Dated[str | None]]) -> bool:
    return _above(one, other, parents) or _above(other, one, parents)


def _above(code: str, wanted: str, parents: Mapping[str, Dated[str | None]]) -> bool:
    """Tell whether one stands above another today."""
    line: list[str] = []
    above = parents[code][-1][1] if code in parents else None
    while above is not None and above not in line:
        line.append(above)
        above = parents[above][-1][1] if above in parents else None
    return wanted in line
