"""The organisation that an actor is a part of, as it stood on a day: a tree, with the level that counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from ewm.capture.actors.counting import Member, counting_levels
from ewm.capture.actors.dated import dated
from ewm.capture.actors.models import Actor, ActorFormerName
from ewm.capture.periods import Period

if TYPE_CHECKING:
    from datetime import date

    from ewm.capture.actors.counting import CountingLevels

LARGEST = 200
"""So many parts of an organisation are shown at most."""


@dataclass(slots=True)
class Node:
    """One actor in the tree; ``since`` is the day from which it stands where it does, None: from the beginning."""

    id: int
    code: str
    name: str
    place: str
    since: date | None
    current: bool
    counts: bool = False
    below: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """An organisation on a day: its top, how many parts there are, how many are left out, and the rule of counting."""

    top: Node
    size: int
    left_out: int
    levels: CountingLevels | None
    day: date

    @property
    def counted(self) -> int:
        """As how many actors its parts count."""
        return len(set(self.levels.counted_as.values())) if self.levels else 0


@dataclass(frozen=True, slots=True)
class _Place:
    parent: int | None
    since: date | None


def read_tree(pk: int, day: date) -> Tree:
    """Return the organisation of an actor (id) on a day; merged actors are left out. Two queries."""
    places = _places(day)
    members = _members(pk, places)
    shown = members[:LARGEST] if pk in members[:LARGEST] else [*members[: LARGEST - 1], pk]
    columns = ("id", "code", "name_then", "municipality", "district__label_de", "country", "actor_type_id")
    named = Actor.objects.filter(pk__in=shown).annotate(name_then=Coalesce(_name_on(day), "name"))
    rows = {row[0]: row for row in named.values_list(*columns)}
    inside = set(shown)
    parents = {each: _within(places[each].parent, inside) for each in shown}
    levels = counting_levels([Member(each, rows[each][6], parents[each]) for each in shown], day.year)
    counting = set(levels.counted_as.values()) if levels else set()
    nodes = {}
    for each in shown:
        _, code, name, town, district, country, _kind = rows[each]
        place = town or district or (country if country != "DE" else "")
        nodes[each] = Node(each, code, name, place, places[each].since, each == pk, counts=each in counting)
    for each in shown[1:]:
        parent = parents[each]
        nodes[parent if parent is not None else shown[0]].below.append(nodes[each])
    for node in nodes.values():
        node.below.sort(key=lambda child: child.name)
    return Tree(nodes[shown[0]], len(members), len(members) - len(shown), levels, day)


def _within(parent: int | None, inside: set[int]) -> int | None:
    return parent if parent in inside else None


def _places(day: date) -> dict[int, _Place]:
    """Return what stood above each actor on a day, and since when."""
    former: defaultdict[int, list[tuple[date, int | None]]] = defaultdict(list)
    now: dict[int, int | None] = {}
    columns = ("id", "parent_id", "former_parents__parent_to", "former_parents__parent_id")
    for pk, above, last, before in Actor.objects.filter(merged_into=None).values_list(*columns):
        now[pk] = above
        if last is not None:
            former[pk].append((last, before))
    found = {}
    for pk, above in now.items():
        period, parent = next(pair for pair in dated(former.get(pk, ()), above) if pair[0].overlaps(Period.day(day)))
        found[pk] = _Place(parent, period.first)
    return found


def _members(pk: int, places: dict[int, _Place]) -> list[int]:
    """Return everything in the organisation of an actor, what stands above before what stands below."""
    top, line = pk, {pk}
    while (above := places[top].parent) is not None and above in places and above not in line:
        top = above
        line.add(top)
    children: defaultdict[int, list[int]] = defaultdict(list)
    for each, place in places.items():
        if place.parent is not None:
            children[place.parent].append(each)
    found: list[int] = [top]
    for each in found:
        found += [child for child in children[each] if child not in found]
    return found


def _name_on(day: date) -> Subquery:
    """Return the former name of an actor that held on a day; null where today's held already."""
    held = ActorFormerName.objects.filter(actor=OuterRef("pk"), name_to__gte=day).order_by("name_to")
    return Subquery(held.values("name")[:1])
