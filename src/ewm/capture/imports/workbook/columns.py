"""A column of the workbook: what it is called, what it holds, and the rule behind it, told where it is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SEPARATOR = ";"
"""Stands between several entries of one cell; a line break does as well."""
SINCE_START = "x"
"""In a column of a status: from the beginning of the record on."""


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    DAY = "day"
    DAYS = "days"  # days, or the mark above
    MONEY = "money"
    YES_NO = "yes_no"
    WORD = "word"  # a term, a cluster, a state, of the list that ``words`` names
    SEVERAL = "several"  # terms of that list
    ACTORS = "actors"  # actors by name or code


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``key`` is the name of the entry's field, for parts of an entry ``part:which``, such as ``status_events:running``
    or ``funding:2:amount``. ``needed`` columns are filled in for every new record. ``words`` names a taxonomy,
    ``longest`` how many characters a text may have.
    """

    key: str
    header: str
    holds: Holds
    hint: str
    needed: bool = False
    words: str = ""
    width: int = 16
    longest: int = 0

    @property
    def marked(self) -> str:
        """The header as it is written: needed ones are marked."""
        return f"{self.header} *" if self.needed else self.header
