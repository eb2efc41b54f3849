"""Entries: a record with all that belongs to it, as forms, imports and files hand it to a service.

Fields carry the names of the model's fields. A reference holds what people use: a term's or cluster's id, a record's
code. Two entries are equal when everything that is stored is equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row. ``place`` says where it was read (file and line); ``recorded_at`` when it was made known (else: now)."""

    place: str = field(default="", compare=False)
    recorded_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Item):
    """An actor (by code) takes part in a role."""

    actor: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Item):
    """A record is assigned to a term."""

    term: str
    is_main: bool = False


_STORED: dict[type[Item], tuple[str, ...]] = {}


def stored_fields(item: type[Item]) -> tuple[str, ...]:
    """Return the names of the fields of an item that are stored."""
    if item not in _STORED:
        _STORED[item] = tuple(each.name for each in fields(item) if each.compare)
    return _STORED[item]


def moment_of(day: date) -> datetime:
    """Return the beginning of a day in local time: what was recorded on a day is known all day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))
