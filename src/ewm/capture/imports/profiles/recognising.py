"""Recognises a layout by its headers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ewm.capture.imports.profiles.headers import columns_of, header_key
from ewm.capture.imports.profiles.model import Recognised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ewm.capture.imports.profiles.model import Column, HeaderColumn, Profile
    from ewm.capture.imports.reading import Table

RECOGNISED = 0.6
"""A profile fits from this share of its columns on."""


def recognise(table: Table, profiles: Iterable[Profile]) -> Recognised | None:
    """Return the profile that most of the table's columns belong to, None where none fits.

    Of profiles that fit equally well the one with more columns is taken, then the first given.
    """
    columns = columns_of(table)
    found = [(placed_columns(columns, profile), profile) for profile in profiles]
    fitting = [
        (len(placed) / len(profile.columns), len(placed), profile)
        for placed, profile in found
        if profile.columns and len(placed) / len(profile.columns) >= RECOGNISED
    ]
    if not fitting:
        return None
    share, _, profile = max(fitting, key=lambda each: each[:2])
    return Recognised(profile, share)


def placed_columns(columns: Sequence[HeaderColumn], profile: Profile) -> Mapping[int, Column]:
    """Return which column of a profile stands at which index of a table."""
    at: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for each in columns:
        key = header_key(each.header)
        seen[key] += 1
        at[key, seen[key]] = each.index
    placed: dict[int, Column] = {}
    for column in profile.columns:
        indices = (at.get((header_key(header), column.occurrence)) for header in column.headers)
        index = next((each for each in indices if each is not None), None)
        if index is not None:
            placed.setdefault(index, column)
    return placed
