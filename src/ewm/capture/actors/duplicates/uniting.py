"""What the survivor of a merge says afterwards, and what it says once the merge is taken back. Values only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ewm.capture.actors.entries import ACTOR, ActorEntry
from ewm.capture.periods import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ewm.capture.actors.entries import Identifier, Membership, Size
    from ewm.capture.entries import Item
    from ewm.capture.shapes import Part

CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name", "former_names"),
    "actor_type": ("actor_type",),
    "seat": ("country", "land", "district", "municipality"),
    "parent": ("parent", "former_parents"),
    "sizes": ("sizes",),
}
"""What may be taken from either of the two, and the fields that go together."""


def united(survivor: ActorEntry, merged: ActorEntry, chosen: Collection[str] = ()) -> ActorEntry:
    """Return the survivor with what is ``chosen`` from the merged one, and with all clusters and identifiers of both.

    Sizes come from the merged one, too, where the survivor has none and is of the same type.
    """
    values: dict[str, Any] = {field: getattr(merged, field) for choice in chosen for field in CHOICES.get(choice, ())}
    actor_type = values.get("actor_type", survivor.actor_type)
    values.setdefault("sizes", _sizes(survivor, merged, actor_type))
    return replace(
        survivor,
        **values,
        clusters=tuple(_memberships(survivor.clusters, merged.clusters)),
        identifiers=tuple(_identifiers(survivor.identifiers, merged.identifiers)),
    )


def _sizes(survivor: ActorEntry, merged: ActorEntry, actor_type: str) -> tuple[Size, ...]:
    return merged.sizes if not survivor.sizes and merged.actor_type == actor_type else survivor.sizes


def _memberships(kept: Iterable[Membership], others: Iterable[Membership]) -> list[Membership]:
    """Return the kept memberships, and the others whose days no kept one of that cluster has already."""
    found = list(kept)
    for other in others:
        days = Period(other.member_from, other.member_to)
        same = [each for each in found if each.cluster == other.cluster]
        covered = any(days.common(Period(each.member_from, each.member_to)) == days for each in same)
        if not covered and other.member_from not in {each.member_from for each in same}:
            found.append(replace(other, place="", recorded_at=None))
    return found


def _identifiers(kept: Iterable[Identifier], others: Iterable[Identifier]) -> list[Identifier]:
    return list(dict.fromkeys((*kept, *others)))


def given_back(now: ActorEntry, before: ActorEntry, after: ActorEntry) -> ActorEntry:
    """Return the survivor without what a merge brought: as ``before``, but for what changed since ``after`` it."""
    together = [*CHOICES["seat"]]
    groups = [together, *([name] for name in ACTOR.columns if name not in together)]
    values: dict[str, Any] = {}
    for group in groups:
        if all(getattr(now, name) == getattr(after, name) for name in group):
            values |= {name: getattr(before, name) for name in group}
    for part in ACTOR.parts:
        values[part.name] = _rows_given_back(part, *(getattr(each, part.name) for each in (now, before, after)))
    return replace(now, **values)


def _rows_given_back(
    part: Part, now: tuple[Item, ...], before: tuple[Item, ...], after: tuple[Item, ...]
) -> tuple[Item, ...]:
    brought, taken = set(after) - set(before), set(before) - set(after)
    kept = [each for each in now if each not in brought]
    keys = {tuple(getattr(each, name) for name in part.key) for each in kept}
    back = [each for each in before if each in taken and tuple(getattr(each, name) for name in part.key) not in keys]
    return (*kept, *back)
