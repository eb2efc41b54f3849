"""Columns of a list: how a value is read from a record, shown, sorted by and exported."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import F

from ewm.capture.plain import PlainText

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models.expressions import Combinable
    from django.utils.functional import _StrPromise

    from ewm.capture.accounts.access import Focus, Reach
    from ewm.capture.lists.labels import Labels


class Kind(StrEnum):
    """What a column holds; pages and formats of export write each in their way."""

    TEXT = "text"
    STATUS = "status"  # a term's id, drawn as shape, word and colour
    TERM = "term"  # a term's id
    TERMS = "terms"  # several terms' ids
    MONEY = "money"  # cents
    COUNT = "count"
    DAY = "day"
    YES_NO = "yes_no"
    SHARE = "share"  # full percent
    YEAR = "year"  # a whole number, never with separated thousands


NUMBERS = frozenset({Kind.MONEY, Kind.COUNT, Kind.DAY})


@dataclass(frozen=True, slots=True)
class Scene:
    """Who looks at a list, at which cluster and year, on which day, and the words of the terms in it."""

    reach: Reach
    focus: Focus
    today: date
    labels: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``read`` gets a record with its details; ``order`` (returns an expression) makes it sortable.

    ``shown`` columns are there unless somebody chooses others, ``in_table=False`` ones only in exports. ``estimated``
    says of a record whether its value is an estimate, ``missing`` whether a value that is not there ought to be.
    ``name`` is the head in exports where it says more than the page's (the unit); ``wide`` columns are
    left out between phone and desk. ``along`` names the column with which this one is exported.
    """

    key: str
    label: _StrPromise
    kind: Kind
    read: Callable[[Any], Any]
    name: _StrPromise | None = None
    order: Callable[[Scene], Combinable] | None = None
    may_be_empty: bool = False
    shown: bool = True
    in_table: bool = True
    wide: bool = False
    along: str = ""
    estimated: Callable[[Any], bool] = field(default=lambda _: False)
    missing: Callable[[Any], bool] = field(default=lambda _: False)

    @property
    def is_number(self) -> bool:
        """Tell whether values stand at the right."""
        return self.kind in NUMBERS


def by(path: str) -> Callable[[Scene], Combinable]:
    """Return the order by a field."""
    return lambda scene: F(path)  # noqa: ARG005


def alphabetical(path: str) -> Callable[[Scene], Combinable]:
    """Return the order by a text: as in a dictionary (DIN 5007-1), the same in every database."""
    return lambda scene: PlainText(F(path))  # noqa: ARG005
