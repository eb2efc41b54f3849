"""Rules that hold for entries of every kind: codes, duplicates, references, moments of recording."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from ewm.capture.entries import Item, stored_fields
from ewm.capture.refusing import Rule, german_day_of
from ewm.capture.shapes import Key, target_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ewm.capture.base import Versioned
    from ewm.capture.entry_writing import Occasion, Targets
    from ewm.capture.shapes import Part, Shape
    from ewm.errors import Refusal

E = TypeVar("E", bound=Item)

CODE_FORM = Rule(
    "code_form",
    "code",
    "Die Kennung besteht aus Großbuchstaben, Ziffern und einfachen Bindestrichen, höchstens 40 Zeichen",
)
UNKNOWN_RECORD = Rule(
    "unknown_record", "", "Diese Kennung gibt es nicht", "Bitte berichtigen oder den Eintrag zuerst anlegen."
)
MERGED = Rule(
    "merged_record", "", "Diesen Eintrag gibt es nicht mehr, er ist in einem anderen aufgegangen", "Bitte jenen wählen."
)
RECORDED_IN_FUTURE = Rule("recorded_in_future", "recorded_on", "Der Tag der Erfassung liegt in der Zukunft")
RECORDED_BEFORE_RECORD = Rule(
    "recorded_before_record", "recorded_on", "Die Zeile ist vor dem Eintrag erfasst, zu dem sie gehört"
)
RECORDED_BEFORE_TARGET = Rule(
    "recorded_before_target", "recorded_on", "Der Eintrag ist vor dem erfasst, auf den er verweist"
)

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_LONGEST_CODE = 40


def precheck(shape: Shape[E], entries: Sequence[E], *, taken: Collection[Key], occasion: Occasion) -> Iterator[Refusal]:
    """Yield what is wrong with entries before their own rules are asked.

    ``taken`` are the keys of other stored entries. Entries of one call may refer to each other.
    """
    keys = Counter(shape.key_of(entry) for entry in entries)
    together = {str(shape.key_of(entry)[0]): entry.recorded_at or occasion.now for entry in entries}
    known = _Known(occasion.targets, shape.model, together)
    for entry in entries:
        label, key = shape.label(entry), shape.key_of(entry)
        if shape.key == ("code",) and not (_CODE.fullmatch(label) and len(label) <= _LONGEST_CODE):
            yield CODE_FORM.refuse(label, place=entry.place)
        if key in taken or keys[key] > 1:
            yield shape.once.refuse(label, place=entry.place)
        subject = _Subject(label, known, occasion.now)
        yield from subject.check_references(shape.model, shape.columns, entry)
        yield from subject.check_moments(shape.model, shape.columns, entry)
        for part in shape.parts:
            yield from subject.check_part(part, getattr(entry, part.name), entry.recorded_at)


class _Known:
    """Moments from which records are known, by code: those stored and, of the entries' own kind, those beside them."""

    def __init__(self, targets: Targets, own: type[Versioned], together: Mapping[str, datetime]) -> None:
        self._targets, self._own, self._together = targets, own, together

    def moment(self, model: type[Versioned], code: str) -> datetime | None:
        """Return the moment, None where there is no such record."""
        if model is self._own and code in self._together:
            return self._together[code]
        stored = self._targets.of(model).get(code)
        return stored[1] if stored else None

    def merged(self, model: type[Versioned], code: str) -> str | None:
        """Return the code of the record in which a merged one went up."""
        return self._targets.merged(model).get(code)

    def suggestion(self, model: type[Versioned], code: str) -> str:
        """Return the code with the one that was probably meant."""
        known = [*self._targets.of(model), *(self._together if model is self._own else ())]
        close = get_close_matches(code, known, 1)
        return f"{code}; gemeint {close[0]}?" if close else code


@dataclass(frozen=True, slots=True)
class _Subject:
    """The entry that is checked: what messages call it, the records it may refer to, the moment of writing."""

    label: str
    known: _Known
    now: datetime

    def check_references(self, model: type[Versioned], names: Iterable[str], item: Item) -> Iterator[Refusal]:
        for name in names:
            target, code = target_of(model, name), getattr(item, name)
            if target and code is not None and self.known.moment(target, code) is None:
                detail = self.known.suggestion(target, code)
                yield UNKNOWN_RECORD.refuse(self.label, detail, field=name, place=item.place)
            elif target and code is not None and (survivor := self.known.merged(target, code)):
                yield MERGED.refuse(self.label, f"{code} in {survivor}", field=name, place=item.place)

    def check_moments(self, model: type[Versioned], names: Iterable[str], entry: Item) -> Iterator[Refusal]:
        own = entry.recorded_at or self.now
        if own > self.now:
            yield RECORDED_IN_FUTURE.refuse(self.label, german_day_of(own), place=entry.place)
        for name in names:
            target, code = target_of(model, name), getattr(entry, name)
            since = self.known.moment(target, code) if target and code is not None else None
            if since is not None and since > own:
                detail = f"{german_day_of(own)}; {code} am {german_day_of(since)}"
                yield RECORDED_BEFORE_TARGET.refuse(self.label, detail, place=entry.place)

    def check_part(self, part: Part, items: Iterable[Item], recorded_at: datetime | None) -> Iterator[Refusal]:
        seen: set[Key] = set()
        for item in items:
            key = tuple(getattr(item, name) for name in part.key)
            if part.once and key in seen:
                yield part.once.refuse(self.label, " ".join(map(str, key)), place=item.place)
            seen.add(key)
            yield from self.check_references(part.model, stored_fields(part.item), item)
            moment = item.recorded_at
            if moment and moment > self.now:
                yield RECORDED_IN_FUTURE.refuse(self.label, german_day_of(moment), place=item.place)
            if moment and recorded_at and moment < recorded_at:
                yield RECORDED_BEFORE_RECORD.refuse(self.label, german_day_of(moment), place=item.place)
