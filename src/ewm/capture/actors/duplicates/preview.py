"""What a merge would do, before it is done: what to choose, what moves, which open figures change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ewm.capture.accounts.access import focus
from ewm.capture.actors.duplicates.moving import KINDS, Kind
from ewm.capture.actors.duplicates.services import read_actor
from ewm.capture.actors.duplicates.uniting import CHOICES
from ewm.capture.actors.models import Actor, ActorFormerParent
from ewm.capture.actors.places import seat_words
from ewm.capture.actors.queries import Part, TakingPart, taking_part
from ewm.capture.actors.quick import Seat
from ewm.capture.actors.similar import score
from ewm.capture.base import standing
from ewm.capture.editorial.models import SuccessStory
from ewm.capture.forms.fields import label_of
from ewm.capture.refusing import german
from ewm.capture.taxonomies.models import Cluster, Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from ewm.capture.actors.entries import ActorEntry
    from ewm.capture.shapes import Stored


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the two say of themselves; ``same`` needs no choice, ``both`` stays whatever is chosen.

    ``adds`` says that the second one has something to add.
    """

    name: str
    label: str
    kept: str
    other: str
    same: bool = False
    both: bool = False
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Recount:
    """Actors recorded in a year in the records of a kind in the chosen cluster: before, and after."""

    kind: str
    year: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that the page of a merge shows."""

    survivor: Stored[ActorEntry]
    merged: Stored[ActorEntry]
    score: int
    choices: tuple[Choice, ...]
    kept: Part
    moving: Part
    children: tuple[str, ...]
    stories: int
    joined: tuple[tuple[int, int], ...]
    recounts: tuple[Recount, ...]

    @property
    def moving_projects(self) -> list[TakingPart]:
        """Projects within reach that move."""
        return [row for row in self.moving.rows if row.kind == "projects"]

    @property
    def moving_activities(self) -> list[TakingPart]:
        """Activities within reach that move."""
        return [row for row in self.moving.rows if row.kind == "activities"]

    @property
    def all_projects(self) -> int:
        """Projects within reach in which either takes part; those of both once."""
        return len({row.code for part in (self.kept, self.moving) for row in part.rows if row.kind == "projects"})

    @property
    def all_activities(self) -> int:
        """Activities within reach in which either takes part; those of both once."""
        return len({row.code for part in (self.kept, self.moving) for row in part.rows if row.kind == "activities"})


def preview_of(request: HttpRequest, survivor: int, merged: int) -> Preview:
    """Return what would happen if one actor (id) went up in another."""
    kept, gone = read_actor(survivor), read_actor(merged)
    return Preview(
        survivor=kept,
        merged=gone,
        score=score(kept.entry.name, gone.entry.name),
        choices=tuple(_choices(kept.entry, gone.entry)),
        kept=taking_part(request, [survivor]),
        moving=taking_part(request, [merged]),
        children=tuple(_children(merged)),
        stories=_stories(merged),
        joined=tuple(_joined(survivor, merged)),
        recounts=tuple(_recounts(request, survivor, merged)),
    )


def _choices(kept: ActorEntry, gone: ActorEntry) -> Iterable[Choice]:
    words = _Words(kept, gone)
    told = {
        "name": (_("Name"), words.name),
        "actor_type": (_("Typ"), words.kind),
        "seat": (_("Sitz"), words.seat),
        "parent": (_("gehört zu"), words.parent),
        "sizes": (_("Größe"), words.sizes),
    }
    for name in CHOICES:
        label, tell = told[name]
        one, other = tell(kept), tell(gone)
        if one != other or name in {"name", "seat"}:
            yield Choice(name, label, one, other, same=one == other)
    more = {"clusters": (_("eigene Cluster"), words.clusters), "identifiers": (_("Kennungen"), words.identifiers)}
    for name, (label, tell) in more.items():
        one, other = tell(kept), tell(gone)
        if one != other:
            yield Choice(name, label, one, other, both=True, adds=other != words.nothing)


class _Words:
    """Says in words what two actors say of themselves."""

    def __init__(self, *entries: ActorEntry) -> None:
        self.nothing = _("keine Angabe")
        wanted = {each.actor_type for each in entries}
        wanted |= {size.size_class for each in entries for size in each.sizes}
        self._terms = {each.term_id: label_of(each) for each in Term.objects.filter(term_id__in=wanted)}
        ids = {member.cluster for each in entries for member in each.clusters}
        self._clusters = {each.cluster_id: label_of(each) for each in Cluster.objects.filter(cluster_id__in=ids)}
        above = [each.parent for each in entries if each.parent]
        self._parents = dict(Actor.objects.filter(code__in=above).values_list("code", "name"))

    def name(self, entry: ActorEntry) -> str:
        return entry.name

    def kind(self, entry: ActorEntry) -> str:
        return self._terms.get(entry.actor_type, entry.actor_type)

    def seat(self, entry: ActorEntry) -> str:
        words, key = seat_words(Seat(entry.country, entry.land, entry.district, entry.municipality))
        return f"{words} ({key})" if key else words

    def parent(self, entry: ActorEntry) -> str:
        return str(self._parents.get(entry.parent or "", self.nothing))

    def sizes(self, entry: ActorEntry) -> str:
        sizes = sorted(entry.sizes, key=lambda each: each.size_from, reverse=True)
        told = [f"{self._terms.get(each.size_class, '')} ({german(each.size_from)})" for each in sizes]
        return ", ".join(told) or self.nothing

    def clusters(self, entry: ActorEntry) -> str:
        return ", ".join(sorted({self._clusters[each.cluster] for each in entry.clusters})) or self.nothing

    def identifiers(self, entry: ActorEntry) -> str:
        return ", ".join(sorted(each.identifier for each in entry.identifiers)) or self.nothing


def _children(merged: int) -> list[str]:
    former = ActorFormerParent.objects.filter(parent_id=merged).values("actor_id")
    below = Actor.objects.filter(Q(parent_id=merged) | Q(pk__in=former), merged_into=None)
    return list(below.order_by("name").values_list("name", flat=True))


def _stories(merged: int) -> int:
    """Count the stories that tell of records in which the merged one takes part; they stay as they are."""
    about = Q()
    for kind in KINDS:
        about |= Q(**{f"{kind.owner}_id__in": _records_of(kind, merged)})
    return SuccessStory.objects.filter(about).count()


def _records_of(kind: Kind, actor: int) -> Any:
    return kind.participation.objects.filter(actor_id=actor).values(f"{kind.owner}_id")


def _joined(survivor: int, merged: int) -> list[tuple[int, int]]:
    """Count by the year of their beginning the records that name both: there one participation stays."""
    years: Counter[int] = Counter()
    for kind in KINDS:
        both = kind.record.objects.filter(pk__in=_records_of(kind, survivor)).filter(pk__in=_records_of(kind, merged))
        years.update(day.year for day in both.values_list(kind.start, flat=True))
    return sorted(years.items())


def _recounts(request: HttpRequest, survivor: int, merged: int) -> Iterable[Recount]:
    """Count the actors recorded in the open year, where both are among them."""
    chosen = focus(request)
    first, last = date(chosen.year, 1, 1), date(chosen.year, 12, 31)
    for kind in KINDS:
        lasting = Q(**{f"{kind.end}__isnull": True}) | Q(**{f"{kind.end}__gte": first})
        records = standing(
            kind.record.objects.filter(lasting, cluster_id=chosen.cluster, **{f"{kind.start}__lte": last})
        )
        rows = kind.participation.objects.filter(**{f"{kind.owner}__in": records})
        if {survivor, merged} <= set(rows.filter(actor_id__in=(survivor, merged)).values_list("actor_id", flat=True)):
            before = rows.order_by().values("actor_id").distinct().count()
            yield Recount(kind.name, chosen.year, before, before - 1)
