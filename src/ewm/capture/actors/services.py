"""Write actors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ewm.capture.actors.dated import parents_of
from ewm.capture.actors.entries import ACTOR, FORMER_PARENTS, ActorEntry
from ewm.capture.actors.models import Actor
from ewm.capture.actors.reading import dated_parents
from ewm.capture.actors.rules import check_actor, check_hierarchy
from ewm.capture.entry_reading import read_keys
from ewm.capture.entry_writing import Occasion, entries_create, part_create
from ewm.capture.prechecks import MERGED
from ewm.capture.refusing import refuse_all
from ewm.capture.serving import CHANGED, CREATED, Service, refused_when_overtaken
from ewm.capture.taxonomies.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal


@refused_when_overtaken
def actors_create(
    *, entries: Sequence[ActorEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create actors with sizes, clusters and identifiers; parents may stand among the entries, in any order.

    Returns the ids in the order given. Raises RefusedError with everything that is wrong with any of them; then none
    is created.
    """
    occasion = Occasion(reason, timezone.now())
    ids: dict[str, int] = {}
    with transaction.atomic():
        refuse_all(actor_service(entries).wrong(entries, catalogue or read_catalogue(), read_keys(ACTOR), occasion))
        for level in _levels(entries):
            # Former parents come last: two actors may have stood above each other, one after the other.
            records = [replace(entry, former_parents=()) for entry in level]
            for entry, pk in zip(level, entries_create(ACTOR, records, occasion), strict=True):
                ids[entry.code] = pk
                occasion.targets.add(Actor, entry.code, pk, entry.recorded_at or occasion.now)
        _create_former_parents(entries, ids, occasion)
    return [ids[entry.code] for entry in entries]


def actor_update(*, entry: ActorEntry, version: int, reason: str = CHANGED) -> int:
    """Bring the actor with the entry's code to what the entry says; returns the new version.

    Raises RefusedError where a rule is broken, there is no such actor, or it went up in another; ConflictError where it
    no longer has ``version``.
    """
    return actors_update(changes=[(entry, version)], reason=reason)[0]


def actors_update(
    *, changes: Sequence[tuple[ActorEntry, int]], reason: str = CHANGED, given: bool | None = None
) -> list[int]:
    """Bring many stored actors, each if it still has its version, to what these say; returns their new versions.

    ``given``: whether somebody gave the reason (None: unless it says nothing). Raises as ``actor_update``, with
    everything that is wrong with any of them; then none is changed.
    """
    entries = [entry for entry, _ in changes]
    with transaction.atomic():
        refuse_all(_gone(entries))
        return actor_service(entries).change_all(changes, reason=reason, given=given)


def _gone(entries: Sequence[ActorEntry]) -> Iterator[Refusal]:
    gone = dict(Actor.objects.exclude(merged_into=None).values_list("code", "merged_into__code"))
    for entry in entries:
        if into := gone.get(entry.code):
            yield MERGED.refuse(entry.code, f"{entry.code} in {into}", field="code", place=entry.place)


def actor_service(entries: Sequence[ActorEntry]) -> Service[ActorEntry]:
    """Return the service that knows the hierarchy as it will be with these entries."""
    parents = dated_parents() | {entry.code: parents_of(entry) for entry in entries}

    def check(entry: ActorEntry, catalogue: Catalogue) -> Iterator[Refusal]:
        yield from check_actor(entry, catalogue)
        yield from check_hierarchy(entry, parents)

    return Service(ACTOR, check)


def _create_former_parents(entries: Sequence[ActorEntry], ids: Mapping[str, int], occasion: Occasion) -> None:
    new = [
        (ids[entry.code], each, entry.recorded_at or occasion.now) for entry in entries for each in entry.former_parents
    ]
    part_create(FORMER_PARENTS, new, occasion)


def _levels(entries: Sequence[ActorEntry]) -> Iterator[list[ActorEntry]]:
    """Yield the entries so that a parent comes in a level before its children."""
    waiting = {entry.code: entry for entry in entries}
    while waiting:
        yield [entry for entry in waiting.values() if entry.parent not in waiting]
        waiting = {code: entry for code, entry in waiting.items() if entry.parent in waiting}
