"""What the page of an actor says of it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.utils.translation import gettext as _

from ewm.capture.actors.dated import names_of
from ewm.capture.actors.identifiers import CHECKED
from ewm.capture.actors.places import seat_in_words
from ewm.capture.actors.quick import Seat
from ewm.capture.forms.fields import label_column
from ewm.capture.refusing import german
from ewm.capture.taxonomies.models import Cluster, Term

if TYPE_CHECKING:
    from datetime import date

    from ewm.capture.actors.entries import ActorEntry
    from ewm.capture.actors.models import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a fact: its text, what is said beside it, and whether its check digits fit."""

    text: str
    more: str = ""
    checked: bool = False


AT_FIRST = 5
"""So many values of a fact are shown unasked, where there are at least two more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one thing."""

    term: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> tuple[Line, ...]:
        """What is shown unasked."""
        return self.lines if len(self.lines) < AT_FIRST + 2 else self.lines[:AT_FIRST]

    @property
    def rest(self) -> tuple[Line, ...]:
        """What is opened."""
        return self.lines[len(self.first) :]


@dataclass(frozen=True, slots=True)
class ActorSheet:
    """An actor in words; ``place`` and ``kind`` stand below its name."""

    kind: str
    place: str
    facts: tuple[Fact, ...]


def actor_sheet(entry: ActorEntry, day: date) -> ActorSheet:
    """Return what is known of an actor; of its sizes the one on a day comes first."""
    labels, clusters = _labels(entry)
    place, key = seat_in_words(Seat(entry.country, entry.land, entry.district, entry.municipality), labels)
    facts = (
        Fact(_("Größe"), _sizes(entry, labels, day)),
        Fact(_("Sitz"), (Line(place, f"AGS {key}" if key else ""),)),
        Fact(_("Name"), _names(entry)),
        Fact(_("eigene Cluster"), _clusters(entry, clusters)),
        Fact(_("Kennungen"), _identifiers(entry, labels)),
    )
    kind = labels.get(entry.actor_type, entry.actor_type)
    return ActorSheet(kind, place, tuple(each for each in facts if each.lines))


def _labels(entry: ActorEntry) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the terms and the clusters that an actor names are called, by id; one query."""
    named = {entry.actor_type, entry.land, entry.district, *(each.size_class for each in entry.sizes)}
    named |= {each.scheme for each in entry.identifiers}
    word, known = label_column(), {each.cluster for each in entry.clusters}
    terms = Term.objects.filter(term_id__in=named - {None}).order_by().values_list(Value(0), "term_id", word)
    clusters = Cluster.objects.filter(cluster_id__in=known).order_by().values_list(Value(1), "cluster_id", word)
    labels: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for which, key, label in terms.union(clusters, all=True):
        labels[which][key] = label
    return labels


def _sizes(entry: ActorEntry, labels: dict[str, str], day: date) -> tuple[Line, ...]:
    order = sorted(entry.sizes, key=lambda each: (each.size_from <= day, each.size_from), reverse=True)
    return tuple(
        Line(labels.get(each.size_class, each.size_class), _("seit %(day)s") % {"day": german(each.size_from)})
        for each in order
    )


def _names(entry: ActorEntry) -> tuple[Line, ...]:
    names = names_of(entry)
    if len(names) == 1:
        return ()
    now = Line(entry.name, _("seit %(day)s") % {"day": german(names[-1][0].first)})
    return (
        now,
        *(
            Line(_("vorher „%(name)s“") % {"name": name}, _("bis %(day)s") % {"day": german(period.last)})
            for period, name in reversed(names[:-1])
        ),
    )


def _clusters(entry: ActorEntry, labels: dict[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            labels.get(each.cluster, each.cluster),
            _("seit %(day)s") % {"day": german(each.member_from)}
            if each.member_to is None
            else _("%(first)s bis %(last)s") % {"first": german(each.member_from), "last": german(each.member_to)},
        )
        for each in sorted(entry.clusters, key=lambda each: (each.member_from, each.cluster))
    )


def _identifiers(entry: ActorEntry, labels: dict[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(each.identifier, labels.get(each.scheme, each.scheme), checked=each.scheme in CHECKED)
        for each in sorted(entry.identifiers, key=lambda each: (each.scheme, each.identifier))
    )


def merges_of(actor: Actor) -> list[dict[str, Any]]:
    """Return what went up in an actor, the latest first: merge, code, name, moment, reason."""
    found = actor.merges.filter(undone_at=None).select_related("merged").order_by("-merged_at", "-id")
    return [{"merge": each, "code": each.merged.code, "name": each.merged.name} for each in found]
