"""What happened to a record, in words: every change over all its parts as one event, comments among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ewm.capture.acting import Channel
from ewm.capture.places import changed_places
from ewm.capture.serving import CHANGED, CREATED
from ewm.capture.timeline.differing import Piece, pieces
from ewm.capture.timeline.people import WAYS, People
from ewm.capture.timeline.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ewm.capture.shapes import Shape
    from ewm.capture.timeline.versions import Step

_OF_AN_IMPORT = re.compile(r"Import (\d{1,18})\b")
_SAYS_NOTHING = frozenset({CREATED, CHANGED})


def said_reason(reason: str) -> str:
    """Return a reason that somebody gave; nothing for what services write where nobody gave one."""
    return "" if reason in _SAYS_NOTHING else reason


class Sort(StrEnum):
    """What an event is."""

    CREATED = "created"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Change:
    """One place that changed, in pieces of removed and added words."""

    field: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what when, by which way and why; ``version`` is the record's from then on.

    ``complete``: no later event belongs to the same version (an import dates rows of one version apart).
    ``imported`` is the number of the import that did it, if one did.
    """

    sort: Sort
    version: int
    when: datetime
    who: str
    way: str
    reason: str
    changes: tuple[Change, ...]
    complete: bool
    imported: int | None = None


def events_of(shape: Shape[Any], steps: Sequence[Step[Any]], labels: Mapping[str, Any] | None = None) -> list[Event]:
    """Return the events of one record, newest first."""
    words = Words(shape, [step.entry for step in steps], labels)
    people = People(step.account for step in steps)
    last = {step.version: step for step in steps}
    found = [_event(steps[0], people, Sort.CREATED, (), last=last)] if steps else []
    for before, after in pairwise(steps):
        changes = difference(shape, words, before.entry, after.entry)
        found.append(_event(after, people, _sort(before, after), changes, last=last))
    return found[::-1]


def difference(shape: Shape[Any], words: Words, before: Any, after: Any) -> tuple[Change, ...]:
    """Return what differs between two entries in words."""
    return tuple(
        Change(place.field, words.label(place.field), tuple(pieces(words, place.field, old, new)))
        for place, old, new in changed_places(shape, before, after)
    )


def _event(
    step: Step[Any], people: People, sort: Sort, changes: tuple[Change, ...], *, last: Mapping[int, Step[Any]]
) -> Event:
    who, way = people.name(step.account, step.channel), str(WAYS[step.channel])
    return Event(
        sort,
        step.version,
        step.moment,
        who,
        "" if way == who else way,
        said_reason(step.reason),
        changes,
        last[step.version] is step,
        _import_of(step),
    )


def _import_of(step: Step[Any]) -> int | None:
    """Return the number of the import whose reason this is: it says so itself (``Import 17: liste.csv``)."""
    found = _OF_AN_IMPORT.match(step.reason) if step.channel is Channel.IMPORT else None
    return int(found[1]) if found else None


def _sort(before: Step[Any], after: Step[Any]) -> Sort:
    if before.withdrawn == after.withdrawn:
        return Sort.CHANGED
    return Sort.WITHDRAWN if after.withdrawn else Sort.BACK


SAYS: Mapping[Sort, Any] = {
    Sort.CREATED: lambda: _("angelegt"),
    Sort.CHANGED: lambda: "",
    Sort.WITHDRAWN: lambda: _("zurückgezogen"),
    Sort.BACK: lambda: _("zurückgeholt"),
}
"""What an event says besides its changes."""
