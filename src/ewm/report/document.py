"""What a report is before it has a format: chapters of blocks, blocks of inlines, every number with its evidence.

The writers (PDF, HTML, DOCX, ODT) turn one and the same document into files; none of them computes or words anything.
Texts are final: formatted by the language's rules, with no-break spaces and en dashes in place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

# -- inlines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of strong importance."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address outside the report."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number or word bound to results; ``evidence`` is the key of ``Document.evidence`` that explains it."""

    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a figure, table or chapter of this report, such as „Abbildung 4“; ``target`` is its id."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote at this place; the writer numbers it."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A small drawn sign with the text that it stands for; where it cannot be drawn, the text is printed.

    Comparability of a year: full, half (with a footnote), withheld, none (not collected). Legend: project, activity,
    break.
    """

    kind: Literal["full", "half", "withheld", "none", "project", "activity", "break"]
    text: str


Inline = Text | Strong | Emphasis | Link | Number | Reference | Footnote | Sign
Inlines = tuple[Inline, ...]


def plain(inlines: Inlines) -> str:
    """Return the text of inlines without structure; footnotes are left out."""
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, Text | Number | Reference | Sign):
            parts.append(inline.text)
        elif isinstance(inline, Strong | Emphasis | Link):
            parts.append(plain(inline.children))
    return "".join(parts)


# -- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``lead`` marks the opening paragraph of a chapter or story."""

    content: Inlines
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's title: level 2 for numbered sections, 3 below it.

    An unnumbered one of level 2 stands in a chapter without sections; ``outlined`` says whether contents list it.
    """

    id: str
    level: int
    content: Inlines
    number: str | None = None
    outlined: bool = True


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of items, each of inlines; ``ordered`` numbers them."""

    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A large number in the margin with its one-line meaning."""

    number: Number
    meaning: Inlines
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The key figures of a year on one page, each with its meaning."""

    numbers: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A short note in the margin."""

    title: str
    text: Inlines


@dataclass(frozen=True, slots=True)
class Note:
    """A note under a figure or table: reading example, method (a changed or withheld comparison), explanation."""

    kind: Literal["reading", "method", "explanation"]
    content: Inlines


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``span`` columns wide."""

    content: Inlines
    align: Literal["left", "right"] = "left"
    span: int = 1
    header: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table body: plain, indented below the row above, or a sum."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "sub", "group", "sum"] = "plain"


@dataclass(frozen=True, slots=True)
class Grid:
    """The content of a table. The first cell of a body row is its header.

    ``widths`` are shares of the width; ``break_before`` are column indexes before which the counting rule changed;
    ``groups`` colours the head's spanning cells: none, projects or activities, one entry per column.
    """

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    break_before: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Captioned:
    """What figures and tables share.

    ``headline`` is the finding (bound prose), ``caption`` the official caption, ``short`` its form for the contents.
    """

    id: str
    label: str
    headline: Inlines
    caption: str
    short: str
    rules: str
    source: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureBlock(Captioned):
    """A figure: SVG of ``width`` × ``height`` points, the same chart as Vega specification, alt text, data table."""

    svg: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)
    width: float = 476
    height: float = 0
    alt: str = ""
    data: Grid | None = None


@dataclass(frozen=True, slots=True)
class TableBlock(Captioned):
    """A table with headline and caption."""

    grid: Grid = field(default_factory=lambda: Grid((), (), ()))


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table without number, for annexes; ``title`` is its accessible name."""

    title: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph with alt text and caption; ``path`` is the image file."""

    path: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Story:
    """A success story: title, optional picture, key numbers, tags by taxonomy label, text and linked records."""

    id: str
    title: str
    picture: Picture | None
    numbers: tuple[KeyNumber, ...]
    tags: tuple[tuple[str, tuple[str, ...]], ...]
    blocks: tuple[Block, ...]
    linked: Inlines = ()


@dataclass(frozen=True, slots=True)
class EvidenceBlock:
    """The explanation of one number, printed in the annex."""

    evidence: str


Block = (
    Paragraph
    | Heading
    | Bullets
    | KeyNumber
    | Tiles
    | MarginNote
    | FigureBlock
    | TableBlock
    | PlainTable
    | Story
    | EvidenceBlock
)


# -- evidence --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of a funnel: sentence (with its SQL), how many remain, what was removed or merged, by name."""

    label: str
    text: str
    sql: str
    count: str
    removed: str
    amount: str
    share: float
    removed_share: float
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one number comes from: what it says, its rule and source, its funnel and its records.

    ``count`` or ``amount`` of the last line equals ``value``. ``records`` are the rows behind the number, those of one
    counted unit side by side. ``units``, ``parts`` and ``wholes`` say, row by row, how the number comes about: the
    number of the counted unit (an actor may have a row per project), and what that unit adds to ``raw_value`` and to
    ``raw_whole``. Left empty they mean: every row is one unit, every unit adds one to the value and to the whole.
    """

    id: str
    value: str
    meaning: str
    indicator: str
    title: str
    source: str
    validity: str
    sentences: tuple[tuple[str, str, str], ...]
    lines: tuple[EvidenceLine, ...]
    record_head: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    sql: str
    raw_value: int | None
    raw_whole: int | None
    units: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    wholes: tuple[int, ...] = ()


# -- the whole -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter (level 1): number „1“ … or „A“ …, title, blocks."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """Publisher, editorial office, funding notice and licence lines, as lines of text."""

    publisher: tuple[str, ...]
    editor: tuple[str, ...]
    funding: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """Facts about the edition that stand in heads, feet and metadata.

    ``words`` are the fixed words of the language (contents, page, source, cut-off …), ``dots`` the cover's field of
    dots: all units and how many of them are filled.
    """

    language: str
    title: str
    subtitle: str
    cluster: str
    report: str
    year: int
    published_on: date
    cut_off: date
    exported_at: datetime
    snapshot: str
    snapshot_hash: str
    words: Mapping[str, str]
    dots: tuple[int, int]
    dots_text: Inlines
    imprint: Imprint


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    meta: Meta
    chapters: tuple[Chapter, ...]
    evidence: Mapping[str, Evidence]
