"""Name and parent of an actor by day: each holds from the day after the one before it ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from ewm.capture.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.capture.actors.entries import ActorEntry

V = TypeVar("V")
Dated = tuple[tuple[Period, V], ...]
"""Values with the days on which each holds, in order of time, without gaps: the last one has no end."""


def dated(former: Iterable[tuple[date, V]], now: V) -> Dated[V]:
    """Return values by period, from former ones with their last days, in any order, and today's."""
    found: list[tuple[Period, V]] = []
    first: date | None = None
    for last, value in sorted(former, key=lambda pair: pair[0]):
        found.append((Period(first, last), value))
        first = last + timedelta(days=1)
    return (*found, (Period(first), now))


def names_of(entry: ActorEntry) -> Dated[str]:
    """Return an actor's names by period."""
    return dated(((each.name_to, each.name) for each in entry.former_names), entry.name)


def parents_of(entry: ActorEntry) -> Dated[str | None]:
    """Return what stands above an actor (code), by period."""
    return dated(((each.parent_to, each.parent) for each in entry.former_parents), entry.parent)
