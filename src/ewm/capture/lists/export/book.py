"""What is exported, whatever the format: sheets of typed values, and what to say about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from ewm.capture.lists.columns import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column: its name for programs, its title for people, what it holds.

    ``constraints`` are those of a data package's schema (``required``, ``unique``, ``minimum``, …).
    """

    name: str
    title: str
    kind: Kind
    description: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """Every value of a column stands in a column of a sheet."""

    column: str
    sheet: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table. Values are texts, whole numbers (of a money column cents), yes or no, dates and None.

    Rows can be read once; ``unique`` names columns that together tell the rows apart, the first of them as the key.
    """

    name: str
    title: str
    heads: Sequence[Head]
    rows: Iterator[Sequence[Any]]
    description: str = ""
    unique: Sequence[tuple[str, ...]] = ()
    references: Sequence[Reference] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that belongs to the rows: its name, media type, and how to read it."""

    name: str
    media_type: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Sheets, the moment of their data, and what to say about them, for people (``about``) and in a package.

    ``attached`` is asked for after the rows of every sheet are read. ``facts`` are properties of a data package
    beyond its name, title and description: licence, sources, contributors.
    """

    name: str
    title: str
    sheets: Sequence[Sheet]
    about: Sequence[tuple[str, str]]
    moment: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    attached: Callable[[], Iterable[Attached]] = tuple


def yes_or_no(value: object) -> str:
    """Return the word for a truth value."""
    return _("ja") if value else _("nein")


def euros(cents: int, point: str) -> str:
    """Return an amount in euros, with two places after the sign for decimals."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}{point}{abs(cents) % 100:02d}"
