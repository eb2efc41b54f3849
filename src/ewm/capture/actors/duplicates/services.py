"""Merge two actors that are one, take that back, and remember of two that they are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ewm.capture.actors.duplicates.models import ActorMerge, ActorsApart
from ewm.capture.actors.duplicates.moving import (
    KINDS,
    Movement,
    give_children_back,
    give_participations_back,
    move_children,
    move_participations,
)
from ewm.capture.actors.duplicates.rules import (
    ALREADY,
    OF_TWO,
    SURVIVOR_GONE,
    UNDONE,
    check_merge,
    check_reason,
    check_undone,
)
from ewm.capture.actors.duplicates.uniting import given_back, united
from ewm.capture.actors.entries import ACTOR, ActorEntry
from ewm.capture.actors.models import Actor
from ewm.capture.actors.services import actor_service
from ewm.capture.entry_reading import read_entries, read_keys
from ewm.capture.entry_writing import Occasion, entry_update
from ewm.capture.refusing import refuse_all
from ewm.capture.serving import refused_when_overtaken
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.writing import row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from ewm.capture.shapes import Stored

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a merge back could not give back: participations that somebody had taken out since."""

    lost: int


def read_actor(pk: int, as_of: datetime | None = None) -> Stored[ActorEntry]:
    """Return one actor by id, now or as it was known at a moment; raises ValueError where there is none."""
    [stored] = read_entries(ACTOR, range(pk, pk + 1), as_of=as_of).values()
    return stored


def actors_merge(
    *, survivor: int, survivor_version: int, merged: int, merged_version: int, reason: str,
    chosen: Collection[str] = (),
) -> ActorMerge:  # fmt: skip
    """Let one actor (id) go up in another: whatever points to it points to the survivor then. One transaction.

    ``chosen`` names what the survivor takes from the merged one (``uniting.CHOICES``); clusters and identifiers of both
    stay. The merged one keeps its code and its own values. Raises RefusedError where a rule is broken or the hierarchy
    would turn into a circle, ConflictError where one of the two has changed; then nothing is written.
    """
    with transaction.atomic():
        pair = [read_actor(survivor), read_actor(merged)]
        _refuse_pair(pair[0].entry, pair[1].entry, reason)
        after = united(pair[0].entry, pair[1].entry, chosen)
        refuse_all(check_merge(pair[0].entry, pair[1].entry, after))
        text = f"{pair[1].entry.code} in {pair[0].entry.code} zusammengeführt: {reason}"
        occasion = Occasion(text[:200], timezone.now())
        _change(pair[0], after, survivor_version, occasion)
        row_update(
            Actor(id=merged, code=pair[1].entry.code),
            version=merged_version,
            values={"merged_into_id": survivor},
            reason=occasion.reason,
            recorded_at=occasion.now,
        )
        movement = Movement(merged, survivor, occasion)
        moved = {kind.name: move_participations(kind, movement) for kind in KINDS}
        merge = ActorMerge(
            survivor_id=survivor, merged_id=merged, reason=reason, merged_at=occasion.now,
            moved={**moved, **move_children(movement)},
        )  # fmt: skip
        rows_create([merge], recorded_at=[occasion.now], reason=occasion.reason)
    return merge


def merge_undo(*, merge: int, version: int, reason: str) -> Undone:
    """Take a merge (id) back: both actors, and all that moved, are as before, but for what somebody changed since.

    Raises RefusedError where it is taken back already, where the survivor itself went up in another, or where the
    hierarchy would turn into a circle; ConflictError where the merge has another version. Then nothing is written.
    """
    with transaction.atomic():
        row = ActorMerge.objects.select_related("survivor", "merged").get(pk=merge)
        refuse_all(check_reason(row.merged.code, reason))
        if row.undone_at is not None:
            refuse_all([UNDONE.refuse(row.merged.code)])
        if row.survivor.merged_into_id is not None:
            refuse_all([SURVIVOR_GONE.refuse(row.merged.code, row.survivor.code)])
        text = f"Zusammenführung von {row.merged.code} in {row.survivor.code} zurückgenommen: {reason}"
        occasion = Occasion(text[:200], timezone.now())
        movement = Movement(row.survivor_id, row.merged_id, occasion)
        movement.change(row.merged, merged_into_id=None)
        lost = sum(give_participations_back(kind, movement, row.moved[kind.name]) for kind in KINDS)
        give_children_back(movement, row.moved)
        now = read_actor(row.survivor_id)
        before, after = read_actor(row.survivor_id, row.merged_at - _MOMENT), read_actor(row.survivor_id, row.merged_at)
        _change(now, _forwarded(given_back(now.entry, before.entry, after.entry), occasion), now.version, occasion)
        refuse_all(check_undone((read_actor(row.survivor_id).entry, read_actor(row.merged_id).entry)))
        row_update(
            row, version=version, values={"undone_at": occasion.now}, reason=occasion.reason, recorded_at=occasion.now
        )
    return Undone(lost)


def _refuse_pair(survivor: ActorEntry, merged: ActorEntry, reason: str) -> None:
    refuse_all(check_reason(merged.code, reason))
    if survivor.code == merged.code:
        refuse_all([OF_TWO.refuse(merged.code)])
    gone = Actor.objects.filter(code__in=(survivor.code, merged.code)).exclude(merged_into=None)
    refuse_all(
        ALREADY.refuse(code, f"{code} in {into}") for code, into in gone.values_list("code", "merged_into__code")
    )


def _forwarded(entry: ActorEntry, occasion: Occasion) -> ActorEntry:
    """Put the survivors in the place of those that went up in others since they stood above an actor."""
    gone = occasion.targets.merged(Actor)

    def standing(code: str | None) -> str | None:
        while code in gone:
            code = gone[code]
        return code

    former = tuple(replace(each, parent=standing(each.parent)) for each in entry.former_parents)
    return replace(entry, parent=standing(entry.parent), former_parents=former)


def _change(stored: Stored[ActorEntry], entry: ActorEntry, version: int, occasion: Occasion) -> None:
    """Bring an actor to an entry that obeys all rules, at the moment of the occasion."""
    entry = replace(entry, recorded_at=None)
    service = actor_service([entry])
    taken = read_keys(ACTOR) - {ACTOR.key_of(entry)}
    refuse_all(service.wrong([entry], read_catalogue(), taken, occasion))
    entry_update(ACTOR, stored, entry, version=version, occasion=occasion)


@refused_when_overtaken
def actors_tell_apart(*, one: int, other: int, reason: str) -> None:
    """Remember that two actors (ids) are not the same one; a second time changes the reason.

    Raises RefusedError where there is no reason, or where they are one and the same record.
    """
    first, second = sorted((one, other))
    code = str(Actor.objects.values_list("code", flat=True).get(pk=first))
    refuse_all(check_reason(code, reason))
    if first == second:
        refuse_all([OF_TWO.refuse(code)])
    known = ActorsApart.objects.filter(first_id=first, second_id=second).first()
    if known is None:
        apart = ActorsApart(first_id=first, second_id=second, reason=reason)
        rows_create([apart], recorded_at=[timezone.now()], reason="Keine Dublette")
    else:
        row_update(known, version=known.version, values={"reason": reason}, reason="Keine Dublette")
