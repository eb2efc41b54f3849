"""Which names of organisations are so alike that they may mean the same one.

Names are compared without what says little: case, umlauts, punctuation, legal forms, articles; common short forms are
written out. A score is given in percent. Names with other numbers in them (a second faculty) mean something else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIMILAR = 87
"""From this score in percent on somebody is asked whether two names mean the same organisation."""

_CORE_WEIGHT = 0.9
"""Share of the name without legal forms and fillers in the score; the rest is the name as it is written."""
CORE_CUTOFF = (SIMILAR - 100 * (1 - _CORE_WEIGHT)) / _CORE_WEIGHT
"""Names whose cores are less alike than this are not similar, however they are written."""
_OTHER_NUMBER = 0.8

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NOT_DECOMPOSED = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d"})
_LEGAL_FORMS = re.compile(
    r"\b(gesellschaft mit beschraenkter haftung|aktiengesellschaft|eingetragener verein|sp z o o|haftungsbeschraenkt"
    r"|gmbh|ggmbh|mbh|ag|kgaa|kg|ohg|gbr|ug|se|eg|e g|ev|e v|co|inc|ltd|llc|bv|sa|s a)\b"
)
_SHORT_FORMS = {
    "tu": "technische universitaet",
    "th": "technische hochschule",
    "fh": "fachhochschule",
    "uni": "universitaet",
    "univ": "universitaet",
    "hs": "hochschule",
    "inst": "institut",
    "ihk": "industrie handelskammer",
    "hwk": "handwerkskammer",
    "btu": "brandenburgische technische universitaet",
    "ges": "gesellschaft",
    "str": "strasse",
}
_FILLERS = frozenset({
    "und", "u", "and", "der", "die", "das", "den", "des", "dem", "fuer", "im", "in", "am", "an", "zu", "zur", "of",
    "the", "for", "von", "vom",
})  # fmt: skip


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Return a text in small letters, umlauts written out (ä: ae), without accents, signs and doubled blanks."""
    return _plain(text.casefold().translate(_UMLAUTS))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Return a text as ``folded`` does, but umlauts as their vowel (ä: a): some people type it so."""
    return _plain(text.casefold())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_NOT_DECOMPOSED))
    kept = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """Return what tells a name from others: its words in order of the alphabet, written out, without legal form."""
    words = (_SHORT_FORMS.get(word, word) for word in _LEGAL_FORMS.sub(" ", folded(name)).split())
    written_out = " ".join(words).split()
    telling = [word for word in written_out if word not in _FILLERS]
    return " ".join(sorted(telling or written_out)) or folded(name)


def score(one: str, other: str) -> int:
    """Return how alike two names are, in full percent; 100 only where they are written alike but for case."""
    return _blend(core(one), core(other), folded(one), folded(other))


def _blend(core_one: str, core_other: str, one: str, other: str) -> int:
    alike = _CORE_WEIGHT * fuzz.ratio(core_one, core_other) + (1 - _CORE_WEIGHT) * fuzz.ratio(one, other)
    if re.findall(r"\d+", core_one) != re.findall(r"\d+", core_other):
        alike *= _OTHER_NUMBER
    return int(alike)


@dataclass(frozen=True, slots=True)
class Alike:
    """A known name that is like the one asked for, with its key and score in percent."""

    key: str
    name: str
    score: int


def similar_names(name: str, known: Iterable[tuple[str, str]], *, limit: int = 3) -> list[Alike]:
    """Return the known names (key, name) that are like a name, the most alike first; none for a name without letters.

    A key with several names is given once, by the name that is most alike.
    """
    if not core(name):
        return []
    best: dict[str, Alike] = {}
    for each in _alike(name, known):
        if each.key not in best or each.score > best[each.key].score:
            best[each.key] = each
    return sorted(best.values(), key=lambda each: (-each.score, each.name))[:limit]


def _alike(name: str, known: Iterable[tuple[str, str]]) -> Iterator[Alike]:
    wanted, written = core(name), folded(name)
    for key, other in known:
        if (found := _blend(wanted, core(other), written, folded(other))) >= SIMILAR:
            yield Alike(key, other, found)
