"""What the pages of projects and activities show alike: who takes part, what is assigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ewm.capture.days import shown_day
from ewm.capture.forms.assigning import FOCUS_TOPIC, GUIDELINE
from ewm.capture.forms.fields import label_of
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what holds for the record, one thing or several; an empty text is shown as a dash."""

    term: str
    text: str
    more: str = ""
    several: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """Who takes part, and how."""

    code: str
    name: str
    kind: str
    seat: str
    role: str
    url: str


def partners(rows: Any) -> list[Partner]:
    """Return the participations of a record (its related manager), by role and name; one query."""
    related = ("actor__actor_type", "actor__district", "actor__land", "role")
    found = rows.select_related(*related).order_by("role__position", "actor__name")
    return [_partner(each.actor, label_of(each.role)) for each in found]


def _partner(actor: Any, role: str) -> Partner:
    url = reverse("actors:page", kwargs={"code": actor.code})
    return Partner(actor.code, actor.name, label_of(actor.actor_type), _seat(actor), role, url)


def _seat(actor: Any) -> str:
    if actor.municipality:
        return str(actor.municipality)
    place = actor.district or actor.land
    return label_of(place) if place else str(actor.country)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A term that a record is assigned to."""

    label: str
    scheme: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class AssignedTerms:
    """Terms by taxonomy, main ones first."""

    action_fields: Sequence[Assigned]
    guidelines: Sequence[Assigned]
    focus_topics: Sequence[Assigned]

    def facts(self) -> list[Fact]:
        """Return them as facts; the plan or strategy stands below."""
        groups = (
            (_("Handlungsfeld"), self.action_fields),
            (_("Leitlinien"), self.guidelines),
            (_("Schwerpunkt-Themen"), self.focus_topics),
        )
        return [
            Fact(
                term,
                ", ".join(_listed(terms)),
                ", ".join(dict.fromkeys(filter(None, (each.scheme for each in terms)))),
                several=_listed(terms) if len(terms) > 1 else (),
            )
            for term, terms in groups
        ]


def _listed(terms: Sequence[Assigned]) -> tuple[str, ...]:
    several = len(terms) > 1
    return tuple(
        _("%(term)s (Haupt)") % {"term": each.label} if each.is_main and several else each.label for each in terms
    )


def assigned_terms(rows: Any) -> AssignedTerms:
    """Return the assignments of a record (its related manager) by taxonomy; one query."""
    found: dict[str, list[Assigned]] = {ACTION_FIELD: [], GUIDELINE: [], FOCUS_TOPIC: []}
    for each in rows.select_related("term__scheme", "term__parent").order_by("-is_main", "term__position", "term_id"):
        term = each.term
        label = f"{label_of(term.parent)}: {label_of(term)}" if term.parent else label_of(term)
        scheme = label_of(term.scheme) if term.scheme else ""
        found.setdefault(term.taxonomy, []).append(Assigned(label, scheme, each.is_main))
    return AssignedTerms(found[ACTION_FIELD], found[GUIDELINE], found[FOCUS_TOPIC])


def days(first: date | None, last: date | None) -> str:
    """Return a period in words: ``seit 20.04.2020``, ``20.04.2020 bis 31.12.2022``; empty where no day is known."""
    if first is None:
        return _("bis %(day)s") % {"day": shown_day(last)} if last else ""
    if last is None:
        return _("seit %(day)s") % {"day": shown_day(first)}
    if first == last:
        return shown_day(first)
    return _("%(first)s bis %(last)s") % {"first": shown_day(first), "last": shown_day(last)}
