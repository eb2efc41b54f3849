"""A report as office programs know it: paragraphs and tables, each with the name of a style.

Both office writers render the same items, so that their files hold the same content in the same order. Lengths are
points for fonts, spaces and pictures, millimetres for what lies on the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

# -- runs ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one character style, perhaps linked to an address (``href``) or to a place in the file (``anchor``)."""

    text: str
    style: str = ""
    href: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """To the next tab stop."""


@dataclass(frozen=True, slots=True)
class Break:
    """A new line in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in the line: PNG or JPEG of ``width`` × ``height`` points with its alternative text."""

    name: str
    data: bytes
    width: float
    height: float
    alt: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a footnote; the office program counts the notes."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a figure or table with its counter: „Abbildung“, a space, 4; ``restart`` sets the counter anew."""

    word: str
    space: str
    number: int
    restart: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class LabelReference:
    """A reference that shows the label of a figure or table."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """The short caption by which the list of figures and tables names this place; it is not printed here."""

    text: str


Run = Span | Tab | Break | Drawing | NoteMark | Label | LabelReference | IndexEntry
Runs = tuple[Run, ...]


LONGEST_WHOLE = 18
"""Rows up to which a table is kept on one page."""


# -- items -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph in a style; ``anchors`` are its places for links.

    ``new_page`` starts a page before it, ``keep`` holds it with what follows; items of one list share its ``list_id``.
    """

    style: str
    runs: Runs
    anchors: tuple[str, ...] = ()
    new_page: bool = False
    keep: bool = False
    list_id: int = 0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its paragraphs, columns, the line below („ink“, „projects“, „activities“) and a broken left line."""

    paragraphs: tuple[Para, ...]
    span: int = 1
    below: Literal["", "ink", "projects", "activities"] = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; ``header`` rows are repeated on every page, ``ruled`` ones have a strong line above."""

    cells: tuple[TableCell, ...]
    header: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its accessible name and the widths of its columns in mm; a short one stays on one page.

    ``tied`` holds its end with what follows: the notes below it.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[TableRow, ...]
    tied: bool = False

    @property
    def whole(self) -> bool:
        """Whether the table is short enough for one page."""
        return len(self.rows) <= LONGEST_WHOLE


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list of contents: number or label, title, and the place where it is."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents, or (``captions``) the list of figures and tables, with its title."""

    title: str
    entries: tuple[Entry, ...]
    captions: bool = False


Item = Para | Table | Contents


# -- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says about itself."""

    title: str
    subject: str
    author: str
    description: str
    keywords: tuple[str, ...]
    language: str
    region: str
    published_on: date
    exported_at: datetime
    identifier: str


@dataclass(frozen=True, slots=True)
class OfficeDocument:
    """A report before it is a file: cover, contents and chapters, running head and foot, names of its own styles."""

    facts: Facts
    cover: tuple[Item, ...]
    body: tuple[Item, ...]
    header: Runs
    footer: Runs
    style_names: dict[str, str] = field(default_factory=dict)


def texts(items: Iterable[Item]) -> Iterator[str]:
    """Yield every text of paragraphs and tables, those of footnotes included."""
    for item in items:
        if isinstance(item, Para):
            yield from _run_texts(item.runs)
        elif isinstance(item, Table):
            yield item.name
            yield from texts(paragraph for row in item.rows for cell in row.cells for paragraph in cell.paragraphs)


def _run_texts(runs: Runs) -> Iterator[str]:
    for run in runs:
        if isinstance(run, NoteMark):
            yield from _run_texts(run.runs)
        elif isinstance(run, Span | LabelReference | IndexEntry):
            yield run.text
        elif isinstance(run, Drawing):
            yield run.alt
