"""The styles of the office files: one table, from which both writers make the styles that an editor sees and changes.

A style of the office programs' own keeps their name, so that every program shows it in its own language; the report's
own styles are named by the fixed words of the language (keys ``style_…``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ewm.report.brand import Brand

MARGIN_COLUMN = 43.0
"""From the left edge of the text area to the text column, mm: numbers and labels stand in between."""

TEXT_WIDTH = 168.0
"""Width of the text area: figures and tables take all of it, mm."""

BULLET_INDENT, NUMBER_INDENT = 4.5, 6.0
"""From the sign or number of a list to its text, mm."""

PAGE = (210.0, 297.0)
PAGE_MARGINS = {"left": 22.0, "right": 20.0, "top": 32.0, "bottom": 26.0}
HEADER_FROM_EDGE, FOOTER_FROM_EDGE = 18.0, 13.0

CELL_PADDING = {"top": 0.9, "left": 1.2, "bottom": 0.9, "right": 1.2}
"""Around a cell's text, mm, in the order of the DOCX schema."""

FontRole = Literal["", "sans", "semibold", "light", "mono"]
"""Weights are families of their own, as office programs see them: a style sets no weight that another could undo."""


class Names(NamedTuple):
    """What a built-in style is called: id and name in DOCX, name in ODT."""

    docx_id: str
    docx: str
    odt: str


BUILT_IN = {
    "normal": Names("Normal", "Normal", "Standard"),
    "body": Names("BodyText", "Body Text", "Text body"),
    "title": Names("Title", "Title", "Title"),
    "subtitle": Names("Subtitle", "Subtitle", "Subtitle"),
    "heading_1": Names("Heading1", "heading 1", "Heading 1"),
    "heading_2": Names("Heading2", "heading 2", "Heading 2"),
    "heading_3": Names("Heading3", "heading 3", "Heading 3"),
    "contents_title": Names("TOCHeading", "TOC Heading", "Contents Heading"),
    "contents_1": Names("TOC1", "toc 1", "Contents 1"),
    "contents_2": Names("TOC2", "toc 2", "Contents 2"),
    "contents_3": Names("TOC3", "toc 3", "User Index 1"),
    "bullet": Names("ListBullet", "List Bullet", "List 1"),
    "ordered": Names("ListNumber", "List Number", "Numbering 1"),
    "caption": Names("Caption", "caption", "Caption"),
    "footnote": Names("FootnoteText", "footnote text", "Footnote"),
    "header": Names("Header", "header", "Header"),
    "footer": Names("Footer", "footer", "Footer"),
    "strong": Names("Strong", "Strong", "Strong Emphasis"),
    "emphasis": Names("Emphasis", "Emphasis", "Emphasis"),
    "link": Names("Hyperlink", "Hyperlink", "Internet link"),
    "footnote_mark": Names("FootnoteReference", "footnote reference", "Footnote anchor"),
}
"""Styles that Word and LibreOffice know by themselves."""


class Line(NamedTuple):
    """A line at one side of a paragraph: width and distance in points, colour ``#RRGGBB``."""

    side: Literal["top", "left", "bottom"]
    width: float
    distance: float
    colour: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style; what is None or empty is the parent's. Indents and tabs in mm, the rest in points.

    ``left`` is the indent of the text, ``hanging`` how far the first line begins before it; ``line`` is a multiple of
    the font's line height; ``outline`` is the level in the document's outline.
    """

    key: str
    parent: str = "normal"
    following: str = ""
    font: FontRole = ""
    size: float | None = None
    colour: str = ""
    left: float | None = None
    hanging: float | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    right: bool = False
    keep_with_next: bool | None = None
    keep_together: bool | None = None
    hyphenate: bool | None = None
    tabs: tuple[tuple[float, Literal["left", "right"]], ...] = ()
    border: Line | None = None
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; what is None or empty is the paragraph's."""

    key: str
    font: FontRole = ""
    size: float | None = None
    bold: bool = False
    italic: bool = False
    colour: str = ""
    raised: bool = False


OWN_PARAGRAPHS = (
    "lead", "section", "evidence", "key_number", "margin_note", "legend", "finding", "figure", "picture_caption",
    "note", "method_note", "source", "table_title", "table_head", "table_head_number", "table_text", "table_number",
    "table_sub", "fact", "captions_title", "cover_cluster", "cover_note",
)  # fmt: skip
OWN_CHARACTERS = ("number", "reference", "key_value", "value", "chapter_number", "label", "method", "code")
OWN_TABLE = "table"

STYLE_WORDS = tuple(f"style_{key}" for key in (*OWN_PARAGRAPHS, *OWN_CHARACTERS, OWN_TABLE))
"""Keys of the fixed words that name the report's own styles."""


def font_family(font: FontRole, brand: Brand) -> str:
    """Return the family that carries a font role."""
    cuts = {"light": f"{brand.fonts.sans} Light", "semibold": f"{brand.fonts.sans} SemiBold", "mono": brand.fonts.mono}
    return cuts.get(font, brand.fonts.sans)


def paragraph_styles(brand: Brand) -> tuple[ParagraphStyle, ...]:
    """Return every paragraph style, parents first."""
    return (*_text(brand), *_headings(brand), *_contents(brand), *_captioned(brand), *_tables(brand))


def _text(brand: Brand) -> tuple[ParagraphStyle, ...]:
    ink, blue, grey = brand.colours.ink, brand.colours.blue, brand.colours.grey
    column = MARGIN_COLUMN
    return (
        ParagraphStyle("normal", "", font="sans", size=10, colour=ink, before=0, after=0, line=1.12, hyphenate=False),
        ParagraphStyle("body", left=column, before=4, after=7, hyphenate=True, line=1.15),
        ParagraphStyle("lead", "body", "body", font="light", size=12, after=9, keep_together=True),
        ParagraphStyle("bullet", "body", left=column + BULLET_INDENT, hanging=BULLET_INDENT, before=0, after=4),
        ParagraphStyle("ordered", "body", left=column + NUMBER_INDENT, hanging=NUMBER_INDENT, before=0, after=4),
        ParagraphStyle("legend", "body", left=column + 11, hanging=11, before=0, after=4),
        ParagraphStyle(
            "key_number", following="body", size=9, colour=grey, left=column, hanging=column, before=2, after=7,
            keep_with_next=True, keep_together=True,
        ),
        ParagraphStyle("margin_note", following="body", size=9, colour=grey, left=column, hanging=column, after=8),
        ParagraphStyle("fact", size=9, left=column, hanging=column, before=4, after=4, tabs=((TEXT_WIDTH, "right"),)),
        ParagraphStyle("footnote", size=8, colour=grey, left=column, hanging=4, after=2, hyphenate=True),
        ParagraphStyle("title", following="subtitle", font="semibold", size=32, before=34, after=6, line=1.0),
        ParagraphStyle("subtitle", following="cover_cluster", font="light", size=18, after=4),
        ParagraphStyle("cover_cluster", font="semibold", size=18, colour=blue, after=30),
        ParagraphStyle("cover_note", size=8.5, colour=grey, before=6),
    )  # fmt: skip


def _headings(brand: Brand) -> tuple[ParagraphStyle, ...]:
    column = MARGIN_COLUMN
    kept = ParagraphStyle("", following="body", font="semibold", keep_with_next=True, keep_together=True)
    big = replace(kept, left=column, hanging=column)
    small = replace(kept, size=10, left=column, before=12, after=4)
    return (
        replace(big, key="heading_1", size=22, before=34, after=16, line=1.0, outline=1),
        replace(big, key="heading_2", size=14, before=22, after=8, line=1.05, outline=2),
        replace(small, key="heading_3", outline=3),
        replace(small, key="section", outline=2),
        replace(
            big, key="evidence", size=11, before=26, after=6, outline=2, border=Line("top", 0.75, 6, brand.colours.ink)
        ),
    )


def _contents(brand: Brand) -> tuple[ParagraphStyle, ...]:
    column, grey = MARGIN_COLUMN, brand.colours.grey
    right: tuple[tuple[float, Literal["left", "right"]], ...] = ((TEXT_WIDTH, "right"),)
    return (
        ParagraphStyle(
            "contents_title", font="semibold", size=22, left=column, before=0, after=18, keep_with_next=True
        ),
        ParagraphStyle(
            "captions_title", font="semibold", size=10.5, left=column, before=16, after=4, keep_with_next=True
        ),
        ParagraphStyle(
            "contents_1", font="semibold", size=11, left=column + 14, hanging=14, before=8, after=2, tabs=right
        ),
        ParagraphStyle("contents_2", size=9.5, line=1.05, left=column + 14, hanging=14, after=1, tabs=right),
        ParagraphStyle("contents_3", size=8.5, line=1.05, left=column + 25, hanging=25, after=1, tabs=right),
        ParagraphStyle("header", size=8, colour=grey, tabs=((column, "left"), (TEXT_WIDTH, "right"))),
        ParagraphStyle("footer", size=8, colour=grey, tabs=((column, "left"), (TEXT_WIDTH, "right"))),
    )


def _captioned(brand: Brand) -> tuple[ParagraphStyle, ...]:
    column, grey, red = MARGIN_COLUMN, brand.colours.grey, brand.colours.red
    top = Line("top", 0.75, 5, brand.colours.ink)
    return (
        ParagraphStyle(
            "finding", following="caption", font="semibold", size=11, left=column, hanging=column, before=16, after=2,
            keep_with_next=True, keep_together=True, border=top,
        ),
        ParagraphStyle(
            "caption", following="figure", size=9, colour=grey, left=column, hanging=column, after=8,
            keep_with_next=True, keep_together=True,
        ),
        ParagraphStyle("figure", following="note", after=5, line=1.0, keep_with_next=True),
        ParagraphStyle("picture_caption", following="body", size=8, colour=grey, after=10),
        ParagraphStyle(
            "note", size=8, colour=grey, left=column, before=3, after=1, keep_with_next=True, hyphenate=True,
        ),
        ParagraphStyle("method_note", "note", left=column, border=Line("left", 1.5, 5, red)),
        ParagraphStyle("source", "note", left=column, hanging=column, after=20, keep_with_next=False, following="body"),
    )  # fmt: skip


def _tables(brand: Brand) -> tuple[ParagraphStyle, ...]:
    grey = brand.colours.grey
    return (
        ParagraphStyle("table_title", font="semibold", size=10, before=12, after=5, keep_with_next=True),
        ParagraphStyle("table_text", size=9, line=1.0, hyphenate=True),
        ParagraphStyle("table_number", "table_text", right=True),
        ParagraphStyle("table_sub", "table_text", size=8.5, colour=grey, left=4),
        ParagraphStyle("table_head", "table_text", font="semibold", size=8, colour=grey, keep_with_next=True),
        ParagraphStyle("table_head_number", "table_head", right=True),
    )


def character_styles(brand: Brand) -> tuple[CharacterStyle, ...]:
    """Return every character style."""
    colours = brand.colours
    return (
        CharacterStyle("strong", bold=True),
        CharacterStyle("emphasis", italic=True),
        CharacterStyle("link", colour=colours.blue),
        CharacterStyle("footnote_mark", raised=True),
        CharacterStyle("number"),
        CharacterStyle("reference"),
        CharacterStyle("key_value", font="light", size=22, colour=colours.blue),
        CharacterStyle("value", font="light", size=13, colour=colours.blue),
        CharacterStyle("chapter_number", font="light", colour=colours.blue),
        CharacterStyle("label", font="semibold", colour=colours.blue),
        CharacterStyle("method", font="semibold", colour=colours.red),
        CharacterStyle("code", font="mono", size=7.5, colour=colours.grey),
    )
