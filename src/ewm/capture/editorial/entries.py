"""Stories, macro values, notes and texts as they are handed to the services, and how they lie in tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.capture.editorial.models import (
    EditionText,
    InterviewNote,
    MacroValue,
    StoryAssignment,
    StoryPicture,
    SuccessStory,
)
from ewm.capture.entries import Item
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Part, Shape
from ewm.snapshot.manifest import sha256
from ewm.snapshot.pictures import media_type_of

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTerm(Item):
    """A story is assigned to a term of any level."""

    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryImage(Item):
    """A picture of a story: its SHA-256 and media type, what it shows, whose it is.

    ``content`` are its bytes, where they are handed over for the first time; what is read back has none.
    """

    picture: str
    media_type: str
    file_name: str
    alt_de: str
    alt_en: str | None = None
    credit: str
    content: bytes | None = field(default=None, compare=False, repr=False)


def story_image(
    content: bytes, *, file_name: str, alt_de: str, credit: str, alt_en: str | None = None, place: str = ""
) -> StoryImage:
    """Return the item of a picture with these bytes; where they are none, the service refuses it."""
    return StoryImage(
        picture=sha256(content),
        media_type=media_type_of(content) or "",
        file_name=file_name,
        alt_de=alt_de,
        alt_en=alt_en,
        credit=credit,
        content=content,
        place=place,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry(Item):
    """A success story of an edition; project and activity by code."""

    code: str
    cluster: str
    reporting_year: int
    position: int
    title: str
    body: str
    project: str | None = None
    activity: str | None = None
    example: bool = False
    assignments: tuple[StoryTerm, ...] = ()
    pictures: tuple[StoryImage, ...] = ()
    """None or one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroEntry(Item):
    """A published value in its unit (count, cents or permille); a development goes from one year to another."""

    cluster: str
    delimitation: str
    measure: str
    reporting_year: int
    period_from: int | None = None
    period: int
    value: int
    unit: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEntry(Item):
    """What was noted in an interview; no snapshot holds it."""

    cluster: str
    reporting_year: int
    topic: str
    body: str
    held_on: date
    example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry(Item):
    """A passage of an edition in one language (ISO 639-1), Markdown."""

    cluster: str
    reporting_year: int
    chapter: str
    language: str
    position: int
    body: str
    example: bool = False


STORY = Shape(
    SuccessStory,
    StoryEntry,
    key=("code",),
    once=Rule("story_code_once", "code", "Ein Erfolgsbeispiel mit dieser Kennung gibt es schon"),
    parts=(
        Part(
            "assignments",
            StoryAssignment,
            StoryTerm,
            owner="story",
            key=("term",),
            once=Rule("story_term_once", "term", "Dieselbe Zuordnung ist zweimal eingetragen"),
        ),
        Part(
            "pictures",
            StoryPicture,
            StoryImage,
            owner="story",
            key=(),
            once=Rule("story_picture_once", "picture", "Ein Erfolgsbeispiel hat höchstens ein Bild"),
        ),
    ),
)
MACRO = Shape(
    MacroValue,
    MacroEntry,
    key=("cluster", "delimitation", "measure", "reporting_year", "period_from", "period"),
    once=Rule("macro_value_once", "period", "Einen Wert dieser Größe für diesen Zeitraum gibt es schon"),
)
NOTE = Shape(
    InterviewNote,
    NoteEntry,
    key=("cluster", "reporting_year", "topic", "held_on"),
    once=Rule("note_once", "topic", "Eine Notiz zu diesem Thema von diesem Tag gibt es schon"),
)
TEXT = Shape(
    EditionText,
    TextEntry,
    key=("cluster", "reporting_year", "chapter", "language", "position"),
    once=Rule("text_position_once", "position", "An dieser Stelle der Ausgabe steht schon ein Text"),
)
