"""Every rule once more, over everything that is stored: whatever came past the services is found before it is frozen.

Records are read table by table, as known at the moment that is exported, and asked the very checks that the services
ask: no rule can be forgotten here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Max

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.rules import check_activity
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.reading import dated_parents
from ewm.capture.actors.rules import check_actor, check_hierarchy
from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT, StoryEntry
from ewm.capture.editorial.pictures import damaged_pictures
from ewm.capture.editorial.rules import check_macro, check_note, check_passage, check_story
from ewm.capture.entries import Item
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.rules import check_project
from ewm.capture.taxonomies.catalogue import Catalogue, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ewm.capture.actors.entries import ActorEntry
    from ewm.capture.shapes import Shape
    from ewm.errors import Refusal

E = TypeVar("E", bound=Item)

_CHUNK = 20_000


def violations(as_of: datetime | None = None) -> Iterator[Refusal]:
    """Yield every rule that a record breaks, as stored now or as known at a moment."""
    catalogue = read_catalogue()
    yield from _check_actors(catalogue, as_of)
    yield from _check(PROJECT, check_project, catalogue, as_of)
    yield from _check(ACTIVITY, check_activity, catalogue, as_of)
    yield from _check(STORY, _check_story, catalogue, as_of)
    yield from damaged_pictures(as_of)
    yield from _check(MACRO, check_macro, catalogue, as_of)
    yield from _check(TEXT, check_passage, catalogue, as_of)
    yield from _check(NOTE, check_note, catalogue, as_of)


def _check_story(entry: StoryEntry, catalogue: Catalogue) -> Iterator[Refusal]:
    # One story at one place is the database's own constraint.
    yield from check_story(entry, catalogue, defaultdict(set))


def _check_actors(catalogue: Catalogue, as_of: datetime | None) -> Iterator[Refusal]:
    parents = dated_parents(as_of)

    def check(entry: ActorEntry, catalogue: Catalogue) -> Iterator[Refusal]:
        yield from check_actor(entry, catalogue)
        yield from check_hierarchy(entry, parents)

    yield from _check(ACTOR, check, catalogue, as_of)


def _check(
    shape: Shape[E],
    check: Callable[[E, Catalogue], Iterator[Refusal]],
    catalogue: Catalogue,
    as_of: datetime | None,
) -> Iterator[Refusal]:
    last = shape.model.objects.aggregate(last=Max("id"))["last"] or 0
    for start in range(1, last + 1, _CHUNK):
        for stored in read_entries(shape, range(start, start + _CHUNK), as_of=as_of, withdrawn=False).values():
            yield from check(stored.entry, catalogue)
