"""Write stories, macro values, notes of interviews and texts of editions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT, MacroEntry, NoteEntry, StoryEntry, TextEntry
from ewm.capture.editorial.models import SuccessStory
from ewm.capture.editorial.pictures import keep_contents, refuse_unknown
from ewm.capture.editorial.rules import check_macro, check_note, check_passage, check_story
from ewm.capture.refusing import refuse_all
from ewm.capture.serving import CHANGED, CREATED, Service, refused_when_overtaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.taxonomies.catalogue import Catalogue

_MACRO = Service(MACRO, check_macro)
_NOTE = Service(NOTE, check_note)
_TEXT = Service(TEXT, check_passage)


@refused_when_overtaken
def stories_create(
    *, entries: Sequence[StoryEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create success stories; returns their ids in order. Raises RefusedError; then none is created."""
    with transaction.atomic():
        refuse_all(refuse_unknown(entries))
        keep_contents(entries, reason)
        return _stories(entries).create(entries, catalogue=catalogue, reason=reason)


@refused_when_overtaken
def story_update(*, entry: StoryEntry, version: int, reason: str = CHANGED) -> int:
    """Bring a story to what the entry says; returns the new version. Raises RefusedError, ConflictError."""
    with transaction.atomic():
        refuse_all(refuse_unknown([entry]))
        keep_contents([entry], reason)
        return _stories([entry]).change(entry, version=version, reason=reason)


def _stories(entries: Sequence[StoryEntry]) -> Service[StoryEntry]:
    """Return the service that knows which stories stand where, with these entries."""
    places = {
        code: (cluster, year, position)
        for code, cluster, year, position in SuccessStory.objects.values_list(
            "code", "cluster_id", "reporting_year", "position"
        )
    }
    places |= {entry.code: (entry.cluster, entry.reporting_year, entry.position) for entry in entries}
    positions: defaultdict[tuple[str, int, int], set[str]] = defaultdict(set)
    for code, place in places.items():
        positions[place].add(code)
    return Service(STORY, lambda entry, catalogue: check_story(entry, catalogue, positions))


@refused_when_overtaken
def macro_values_create(
    *, entries: Sequence[MacroEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create published macro values; returns their ids in order. Raises RefusedError; then none is created."""
    return _MACRO.create(entries, catalogue=catalogue, reason=reason)


def macro_value_update(*, entry: MacroEntry, version: int, reason: str = CHANGED) -> int:
    """Bring a macro value to what the entry says; returns the new version. Raises RefusedError, ConflictError."""
    return _MACRO.change(entry, version=version, reason=reason)


@refused_when_overtaken
def notes_create(
    *, entries: Sequence[NoteEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create notes of interviews; returns their ids in order. Raises RefusedError; then none is created."""
    return _NOTE.create(entries, catalogue=catalogue, reason=reason)


def note_update(*, entry: NoteEntry, version: int, reason: str = CHANGED) -> int:
    """Bring a note to what the entry says; returns the new version. Raises RefusedError, ConflictError."""
    return _NOTE.change(entry, version=version, reason=reason)


@refused_when_overtaken
def texts_create(
    *, entries: Sequence[TextEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create texts of editions; returns their ids in order. Raises RefusedError; then none is created."""
    return _TEXT.create(entries, catalogue=catalogue, reason=reason)


def text_update(*, entry: TextEntry, version: int, reason: str = CHANGED) -> int:
    """Bring a text of an edition to what the entry says; returns the new version. Raises as the others."""
    return _TEXT.change(entry, version=version, reason=reason)
