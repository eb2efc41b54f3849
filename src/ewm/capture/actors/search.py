"""Find actors while their name is typed: each typed word stands somewhere in the name, whatever its case or umlauts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ewm.capture.actors.models import Actor
from ewm.capture.actors.similar import bare, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Known:
    """An actor as the search knows it: its code, its name, a second line that tells it from others of that name."""

    code: str
    name: str
    hint: str

    def as_item(self) -> dict[str, str]:
        """Return what a combobox shows and sends."""
        return {"value": self.code, "label": self.name, "hint": self.hint}


def known_actors() -> list[Known]:
    """Read all actors with their second line; one query."""
    label = "actor_type__label_en" if (get_language() or "").startswith("en") else "actor_type__label_de"
    columns = ("code", "name", label, "municipality", "district__label_de", "land__label_de", "country", "parent__name")
    return [
        Known(code, name, _hint(kind, [*place, None if country == "DE" else country], parent))
        for code, name, kind, *place, country, parent in Actor.objects.order_by("name").values_list(*columns)
    ]


def _hint(kind: str, places: Sequence[str | None], parent: str | None) -> str:
    if parent:
        return _("gehört zu %(name)s") % {"name": parent}
    place = next(filter(None, places), None)
    return f"{kind}, {place}" if place else kind


def find_actors(text: str, known: Iterable[Known], *, limit: int = LIMIT) -> list[Known]:
    """Return the actors in whose name (or code) every typed word stands, those that begin with the text first."""
    words = [(folded(word), bare(word)) for word in text.split()]
    words = [pair for pair in words if pair[0]]
    if not words:
        return []
    found = [(rank, each) for each in known if (rank := _rank(each, words)) is not None]
    return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].name))[:limit]]


def _rank(actor: Known, words: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """Return how well an actor fits (smaller is better), None where a word does not stand in its name or code.

    Who types a code means that very actor, not one of its parts, whose names begin with the same letters.
    """
    full, short = f"{folded(actor.name)} {folded(actor.code)}", bare(actor.name)
    if not all(written in full or vowel in short for written, vowel in words):
        return None
    first_written, first_vowel = words[0]
    if len(words) == 1 and first_written == folded(actor.code):
        place = -1
    elif full.startswith(first_written) or short.startswith(first_vowel):
        place = 0
    elif all(f" {written}" in f" {full}" or f" {vowel}" in f" {short}" for written, vowel in words):
        place = 1
    else:
        place = 2
    return place, len(actor.name)
