"""Load a folder of records: what is new is created, what differs is changed, what is the same is left alone.

A record that the database has and the folder lacks stays: files never delete. Within a record the folder decides: a row
of a part that it no longer has is taken out (history keeps it). A change is known from the moment of loading on,
whatever ``recorded_on`` says; that day is when the record itself was made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.db import transaction

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.services import activities_create, activity_update
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.services import actor_update, actors_create
from ewm.capture.editorial import services as editorial
from ewm.capture.editorial.entries import MACRO, NOTE, STORY, TEXT
from ewm.capture.entries import Item
from ewm.capture.entry_reading import read_entries
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.services import project_update, projects_create
from ewm.capture.records.building import build_entries
from ewm.capture.records.reading import read_folder
from ewm.capture.refusing import refuse_all
from ewm.capture.shapes import same
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ewm.capture.records.building import Entries
    from ewm.capture.shapes import Key, Shape, Stored
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

    Progress = Callable[[str, int, int], None]

E = TypeVar("E", bound=Item)
E_contra = TypeVar("E_contra", bound=Item, contravariant=True)

REASON = "Aus Tabellen geladen"
_CHUNK = 250


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one kind of record: what is called how."""

    kind: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    only_stored: tuple[str, ...]


class _Create(Protocol[E_contra]):
    def __call__(self, *, entries: Sequence[E_contra], catalogue: Catalogue, reason: str) -> list[int]: ...


class _Update(Protocol[E_contra]):
    def __call__(self, *, entry: E_contra, version: int, reason: str) -> int: ...


@dataclass(frozen=True, slots=True)
class _Kind(Generic[E]):
    """One kind of record: its name, shape and services, and the entries that the folder has."""

    name: str
    shape: Shape[E]
    create: _Create[E]
    change: _Update[E]
    entries: Sequence[E]
    chunk: int = _CHUNK
    silent: tuple[str, ...] = ()
    """Parts of which the folder says nothing: those of stored entries stay."""

    def told(self, entry: E, was: Stored[E]) -> E:
        """Return an entry of the folder, completed by what it says nothing of."""
        kept: dict[str, Any] = {name: getattr(was.entry, name) for name in self.silent}
        return replace(entry, **kept) if kept else entry


def records_load(*, folder: Path, progress: Progress | None = None) -> list[Loaded]:
    """Load a folder in one transaction; a second load of the same folder writes nothing.

    Returns what was done, by kind. Raises RefusedError with everything that is wrong (of what is wrong with actors
    much else would follow, so what refers to them is checked once they are right), MissingError without the folder;
    then nothing is changed.
    """
    entries = build_entries(read_folder(folder), folder)
    done: list[Loaded] = []
    with transaction.atomic():
        catalogue = read_catalogue()
        for stage in _stages(entries):
            refusals: list[Refusal] = []
            done += [_load(kind, catalogue, refusals, progress) for kind in stage]
            refuse_all(refusals)
    return done


def _stages(entries: Entries) -> Iterator[tuple[_Kind[Any], ...]]:
    """Yield the kinds so that each comes after those to which it refers."""
    yield (
        # One chunk: actors may stand above each other in any order.
        _Kind("Akteure", ACTOR, actors_create, actor_update, entries.actors, len(entries.actors) or 1, entries.silent),
        _Kind("Makrowerte", MACRO, editorial.macro_values_create, editorial.macro_value_update, entries.macro_values),
        _Kind("Texte", TEXT, editorial.texts_create, editorial.text_update, entries.texts),
        _Kind("Interviewnotizen", NOTE, editorial.notes_create, editorial.note_update, entries.notes),
    )
    yield (
        _Kind("Projekte", PROJECT, projects_create, project_update, entries.projects),
        _Kind("Sonstige Aktivitäten", ACTIVITY, activities_create, activity_update, entries.activities),
    )
    yield (_Kind("Erfolgsbeispiele", STORY, editorial.stories_create, editorial.story_update, entries.stories),)


def _load(kind: _Kind[E], catalogue: Catalogue, refusals: list[Refusal], progress: Progress | None) -> Loaded:
    shape, stored = kind.shape, read_entries(kind.shape)
    refusals += _twice(kind, stored)
    new = [entry for entry in kind.entries if shape.key_of(entry) not in stored]
    pairs = [(entry, stored[shape.key_of(entry)]) for entry in kind.entries if shape.key_of(entry) in stored]
    known = [(kind.told(entry, was), was) for entry, was in pairs]
    changed = [(entry, was) for entry, was in known if not same(shape, entry, was.entry)]
    for written in _write(kind, new, changed, catalogue, refusals):
        if progress:
            progress(kind.name, written, len(new) + len(changed))
    given = {shape.key_of(entry) for entry in kind.entries}
    return Loaded(
        kind=kind.name,
        added=tuple(shape.label(entry) for entry in new),
        changed=tuple(shape.label(entry) for entry, _ in changed),
        unchanged=len(known) - len(changed),
        only_stored=tuple(shape.label(was.entry) for key, was in stored.items() if key not in given),
    )


def _twice(kind: _Kind[E], stored: Mapping[Key, Stored[E]]) -> Iterator[Refusal]:
    """Yield stored entries that the folder has twice; of new ones the service says so."""
    seen = set()
    for entry in kind.entries:
        key = kind.shape.key_of(entry)
        if key in seen and key in stored:
            yield kind.shape.once.refuse(kind.shape.label(entry), place=entry.place)
        seen.add(key)


def _write(
    kind: _Kind[E],
    new: Sequence[E],
    changed: Sequence[tuple[E, Stored[E]]],
    catalogue: Catalogue,
    refusals: list[Refusal],
) -> Iterator[int]:
    """Write, collecting what is refused; yield how many entries are through."""
    for start in range(0, len(new), kind.chunk):
        chunk = new[start : start + kind.chunk]
        try:
            kind.create(entries=chunk, catalogue=catalogue, reason=REASON)
        except RefusedError as error:
            refusals += error.refusals
        yield start + len(chunk)
    for done, (entry, was) in enumerate(changed, 1):
        try:
            kind.change(entry=entry, version=was.version, reason=REASON)
        except RefusedError as error:
            refusals += error.refusals
        yield len(new) + done
