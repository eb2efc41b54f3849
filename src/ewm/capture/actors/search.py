"""Find actors while their name is typed: each typed word stands somewhere in the name, whatever its case or umlauts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ewm.capture.actors.models import Actor, ActorFormerName
from ewm.capture.actors.similar import bare, folded
from ewm.capture.forms.fields import label_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Known:
    """An actor as the search knows it: its code, its name, a second line that tells it from others of that name.

    ``others`` are names that it had, and those of actors that went up in it: they find it, too.
    """

    code: str
    name: str
    hint: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it is known by."""
        return (self.name, *self.others)

    def as_item(self) -> dict[str, str]:
        """Return what a combobox shows and sends."""
        return {"value": self.code, "label": self.name, "hint": self.hint}


def known_actors() -> list[Known]:
    """Read all actors but merged ones, with their second line and other names; three queries."""
    others = _other_names()
    label = f"actor_type__{label_column()}"
    standing = Actor.objects.filter(merged_into=None).order_by("name")
    columns = ("code", "name", label, "municipality", "district__label_de", "land__label_de", "country", "parent__name")
    return [
        Known(code, name, _hint(kind, [*place, None if country == "DE" else country], parent), tuple(others[code]))
        for code, name, kind, *place, country, parent in standing.values_list(*columns)
    ]


def _other_names() -> defaultdict[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in ActorFormerName.objects.values_list("actor__code", "name"):
        names[code].append(name)
    merged = {
        code: (into, name)
        for code, into, name in Actor.objects.exclude(merged_into=None).values_list("code", "merged_into__code", "name")
    }
    for into, name in merged.values():
        survivor = into
        while survivor in merged:
            survivor = merged[survivor][0]
        names[survivor].append(name)
    return names


def _hint(kind: str, places: Sequence[str | None], parent: str | None) -> str:
    if parent:
        return _("gehört zu %(name)s") % {"name": parent}
    place = next(filter(None, places), None)
    return f"{kind}, {place}" if place else kind


def named(known: Iterable[Known]) -> list[tuple[str, str]]:
    """Return every name that actors are known by, with its code, to look for similar ones."""
    return [(each.code, name) for each in known for name in each.names]


def find_actors(text: str, known: Iterable[Known], *, limit: int = LIMIT) -> list[Known]:
    """Return the actors in whose name (or code) every typed word stands, those that begin with the text first."""
    words = [(folded(word), bare(word)) for word in text.split()]
    words = [pair for pair in words if pair[0]]
    if not words:
        return []
    found = [(rank, each) for each in known if (rank := _rank(each, words)) is not None]
    return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].name))[:limit]]


def _rank(actor: Known, words: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return how well an actor fits (smaller is better), None where a word stands neither in a name nor in its code.

    Who types a code means that very actor, not one of its parts, whose names begin with the same letters.
    """
    if len(words) == 1 and words[0][0] == folded(actor.code):
        return -1, len(actor.name)
    ranks = [_rank_of(f"{folded(name)} {folded(actor.code)}", bare(name), words) for name in actor.names]
    best = min((rank for rank in ranks if rank is not None), default=None)
    return None if best is None else (best, len(actor.name))


def _rank_of(full: str, short: str, words: Sequence[tuple[str, str]]) -> int | None:
    if not all(written in full or vowel in short for written, vowel in words):
        return None
    first_written, first_vowel = words[0]
    if full.startswith(first_written) or short.startswith(first_vowel):
        return 0
    return 1 if all(f" {written}" in f" {full}" or f" {vowel}" in f" {short}" for written, vowel in words) else 2
