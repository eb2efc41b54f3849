"""What differs between two values, in pieces of plain, added and removed words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ewm.capture.timeline.words import Words

PLAIN, ADDED, REMOVED = "", "ins", "del"
_KEPT = 4  # words of unchanged text that stay on each side of a change
_LONG = 3  # a text of more words than this is compared word by word
_ALIKE = 0.5  # and only where at least half of the words stayed


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``mark`` is the element that marks it: ``ins``, ``del`` or none."""

    text: str
    mark: str = PLAIN


def pieces(words: Words, field: str, before: Any, after: Any) -> list[Piece]:
    """Return how a field, or the rows of a part with one key, came from one value to another."""
    if isinstance(before, tuple) or isinstance(after, tuple):
        return list(_rows(words, field, before or (), after or ()))
    old, new = words.of(field, before), words.of(field, after)
    if before and after and isinstance(before, str) and words.is_text(field) and _is_comparable(before, after):
        return list(_compared(before.split(), after.split()))
    return [Piece(old, REMOVED), Piece(new, ADDED)] if before not in (None, "") else [Piece(new, ADDED)]


def _is_comparable(before: str, after: str) -> bool:
    """Tell whether two texts have so much in common that a comparison word by word helps."""
    old, new = before.split(), after.split()
    alike = SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
    return alike and min(len(old), len(new)) > _LONG


def _rows(words: Words, field: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Piece]:
    old, new = words.of(field, before), words.of(field, after)
    if before and after:
        yield from (Piece(old, REMOVED), Piece(new, ADDED))
    elif after:
        yield from (Piece(new, ADDED), Piece(_("hinzugefügt")))
    else:
        yield from (Piece(old, REMOVED), Piece(_("entfernt")))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Compare texts word by word; long runs that stayed are shortened."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (step, first, last, start, end) in enumerate(steps):
        if step == "equal":
            yield Piece(_shortened(old[first:last], first=at == 0, last=at == len(steps) - 1))
            continue
        if last > first:
            yield Piece(" ".join(old[first:last]), REMOVED)
        if end > start:
            yield Piece(" ".join(new[start:end]), ADDED)


def _shortened(run: Sequence[str], *, first: bool, last: bool) -> str:
    head, tail = ([] if first else run[:_KEPT]), ([] if last else run[-_KEPT:])
    if len(run) <= len(head) + len(tail):
        return " ".join(run)
    return " ".join([*head, "…", *tail])
