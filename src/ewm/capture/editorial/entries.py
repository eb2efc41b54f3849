"""Stories, macro values, notes and texts as they are handed to the services, and how they lie in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.editorial.models import EditionText, InterviewNote, MacroValue, StoryAssignment, SuccessStory
from ewm.capture.entries import Item
from ewm.capture.refusing import Rule
from ewm.capture.shapes import Part, Shape

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryTerm(Item):
    """A story is assigned to a term of any level."""

    term: str


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
