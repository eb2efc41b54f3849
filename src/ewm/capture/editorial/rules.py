"""What must hold for stories, values, notes and texts. Constraints' names are enforced by the database as well."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ewm.capture.editorial.entries import MACRO, NOTE, TEXT
from ewm.capture.editorial.models import FIRST_YEAR, LAST_YEAR
from ewm.capture.editorial.pictures import check_image
from ewm.capture.periods import Period
from ewm.capture.refusing import Rule
from ewm.capture.taxonomies.rules import ASSIGNABLE, Use, check_cluster, check_term
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.capture.editorial.entries import MacroEntry, NoteEntry, StoryEntry, TextEntry
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

PERIOD_FORWARD = Rule(
    "macro_period_forward", "period_from", "Das erste Jahr der Entwicklung liegt nicht vor dem letzten"
)
LANGUAGE = Rule("text_language_two_letters", "language", "Die Sprache ist kein Kürzel aus zwei Buchstaben (ISO 639-1)")
POSITION = Rule("story_position_once", "position", "An dieser Stelle der Ausgabe steht schon ein Erfolgsbeispiel")


def check_story(
    entry: StoryEntry, catalogue: Catalogue, positions: Mapping[tuple[str, int, int], set[str]]
) -> Iterator[Refusal]:
    """Yield everything that is wrong with one story; ``positions`` tells the codes at each place of an edition."""
    yield from check_text(entry.code, "title", entry.title, "story_title_given", entry.place, longest=300)
    yield from check_text(entry.code, "body", entry.body, "story_body_given", entry.place)
    yield from _check_edition(entry, entry.code, catalogue, "story_year_plausible")
    if positions[entry.cluster, entry.reporting_year, entry.position] - {entry.code}:
        detail = f"{entry.cluster} {entry.reporting_year}, Stelle {entry.position}"
        yield POSITION.refuse(entry.code, detail, place=entry.place)
    for each in entry.assignments:
        use = Use(entry.code, "term", each.place, _year(entry.reporting_year))
        yield from check_term(catalogue, each.term, ASSIGNABLE, use)
    for image in entry.pictures:
        yield from check_image(entry.code, image)


def check_macro(entry: MacroEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one macro value."""
    label = MACRO.label(entry)
    yield from _check_edition(entry, label, catalogue, "macro_year_plausible")
    yield from _check_year(entry.period, "period", "macro_period_plausible", label, entry.place)
    if entry.period_from is not None and entry.period_from >= entry.period:
        yield PERIOD_FORWARD.refuse(label, f"{entry.period_from}–{entry.period}", place=entry.place)
    yield from check_text(label, "source", entry.source, "macro_source_given", entry.place)
    for field, taxonomy in (("delimitation", "delimitation"), ("measure", "macro_measure"), ("unit", "unit")):
        use = Use(label, field, entry.place, _year(entry.reporting_year))
        yield from check_term(catalogue, getattr(entry, field), (taxonomy,), use)


def check_note(entry: NoteEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one note."""
    label = NOTE.label(entry)
    yield from check_text(label, "topic", entry.topic, "note_topic_given", entry.place, longest=200)
    yield from check_text(label, "body", entry.body, "note_body_given", entry.place)
    yield from _check_edition(entry, label, catalogue, "note_year_plausible")


def check_passage(entry: TextEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    """Yield everything that is wrong with one text of an edition."""
    label = TEXT.label(entry)
    yield from check_text(label, "chapter", entry.chapter, "text_chapter_given", entry.place, longest=100)
    yield from check_text(label, "body", entry.body, "text_body_given", entry.place)
    yield from _check_edition(entry, label, catalogue, "text_year_plausible")
    if not (len(entry.language) == 2 and entry.language.isascii() and entry.language.isalpha()):
        yield LANGUAGE.refuse(label, entry.language, place=entry.place)


def _check_edition(
    entry: StoryEntry | MacroEntry | NoteEntry | TextEntry, label: str, catalogue: Catalogue, rule: str
) -> Iterator[Refusal]:
    yield from _check_year(entry.reporting_year, "reporting_year", rule, label, entry.place)
    use = Use(label, "cluster", entry.place, _year(entry.reporting_year))
    yield from check_cluster(catalogue, entry.cluster, use, within_structure=True)


def _check_year(year: int, field: str, rule: str, label: str, place: str) -> Iterator[Refusal]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        given = (("first", FIRST_YEAR), ("last", LAST_YEAR))
        broken = Rule(rule, field, "Das Jahr liegt nicht zwischen %(first)s und %(last)s", values=given)
        yield broken.refuse(label, str(year), place=place)


def _year(year: int) -> Period | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Period(date(year, 1, 1), date(year, 12, 31))
