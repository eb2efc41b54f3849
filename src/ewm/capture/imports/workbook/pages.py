"""What a workbook consists of, whatever the format: pages of cells, what may stand in them, how they print."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

FILLED_ROWS = 2000
"""So many rows below the header offer lists, hints and formats."""


class Style(StrEnum):
    """How a cell looks."""

    PLAIN = "plain"
    WRAPPED = "wrapped"
    TITLE = "title"
    HEAD = "head"
    NEEDED = "needed"  # head of a column that every new record fills in
    EXAMPLE = "example"


class Form(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, a day, an amount in cents, or nothing."""

    value: str | date | int | None = None
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Check:
    """What a column may hold, told where it is filled in.

    ``choices`` names a list of the workbook; without one days, amounts or texts of at most ``longest`` characters are
    expected by the column's form. ``strict`` refuses other values, else the program asks whether they are meant.
    """

    title: str
    hint: str
    choices: str = ""
    longest: int = 0
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A column of a page: its width in characters, form and check."""

    width: int
    form: Form = Form.TEXT
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet. ``heads`` rows stay in sight and are printed on every page; ``wide`` pages lie on their side (A3)."""

    name: str
    lines: Sequence[Line]
    rows: Sequence[Sequence[Cell]]
    heads: int = 0
    fixed: int = 0
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The whole file; ``lists`` says on which page, in which column (from 0) and in how many rows a list stands."""

    title: str
    about: str
    version: str
    pages: Sequence[Page]
    lists: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
