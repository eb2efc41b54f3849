"""Fields that assign a record to terms: one main action field, guidelines and focus topics with a main one each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ewm.capture.days import shown_day
from ewm.capture.entries import Assignment
from ewm.capture.forms.entry_form import EntryForm
from ewm.capture.forms.fields import TermField, TermsField, label_of
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from django import forms

    from ewm.capture.forms.offering import Offer
    from ewm.capture.taxonomies.models import Term

GUIDELINE, FOCUS_TOPIC = "guideline", "focus_topic"
ASSIGNED = (ACTION_FIELD, GUIDELINE, FOCUS_TOPIC)
ASSIGNED_IN = (
    "action_field", "other_action_fields", "guidelines", "main_guideline", "focus_topics", "main_focus_topic",
)  # fmt: skip
"""Fields of the form that assign to terms."""
_SEVERAL = (("guidelines", "main_guideline", GUIDELINE), ("focus_topics", "main_focus_topic", FOCUS_TOPIC))


class AssigningForm(EntryForm):
    """Part of a form that assigns a record to terms."""

    action_field = TermField(ACTION_FIELD, label=gettext_lazy("Handlungsfeld"))
    other_action_fields = TermsField(
        ACTION_FIELD,
        label=gettext_lazy("Weitere Handlungsfelder"),
        required=False,
        help_text=gettext_lazy(
            "Nur zur Suche: gezählt wird der Eintrag unter seinem Handlungsfeld im ersten Abschnitt."
        ),
    )
    guidelines = TermsField(
        GUIDELINE,
        label=gettext_lazy("Leitlinien"),
        required=False,
        help_text=gettext_lazy(
            "Mehrere sind möglich. Unter einer Leitlinie zählt der Eintrag einmal, auch mit mehreren Punkten darunter."
        ),
    )
    main_guideline = TermField(
        GUIDELINE,
        label=gettext_lazy("Haupt-Leitlinie"),
        required=False,
        help_text=gettext_lazy("Die, der der Eintrag vor allem dient; leer, wenn keine überwiegt."),
    )
    focus_topics = TermsField(
        FOCUS_TOPIC,
        label=gettext_lazy("Schwerpunkt-Themen"),
        required=False,
        help_text=gettext_lazy(
            "Mehrere sind möglich. Unter einem Thema zählt der Eintrag einmal, auch mit mehreren Punkten darunter."
        ),
    )
    main_focus_topic = TermField(
        FOCUS_TOPIC,
        label=gettext_lazy("Haupt-Schwerpunkt-Thema"),
        required=False,
        help_text=gettext_lazy("Das, dem der Eintrag vor allem dient; leer, wenn keines überwiegt."),
    )

    def prepare(self) -> None:
        """Name the plan whose action fields are on offer; without one on offer, none is asked for."""
        offered = self.offer.terms(ACTION_FIELD)
        field = self.fields["action_field"]
        field.required = field.required and bool(offered)
        plans = dict.fromkeys(label_of(term.scheme) for term in offered if term.scheme)
        field.help_text = (
            _("%(plan)s, gültig bei Beginn %(day)s.")
            % {"plan": ", ".join(plans) or _("Handlungsfelder"), "day": shown_day(self.offer.start)}
            if offered
            else _("Für dieses Cluster gelten am %(day)s keine Handlungsfelder.") % {"day": shown_day(self.offer.start)}
        )

    def assignments(self) -> tuple[Assignment, ...]:
        """Return what the form assigns; each says the field that it stands in."""
        return tuple(self._assignments())

    def _assignments(self) -> Iterator[Assignment]:
        given = self.cleaned_data
        if given["action_field"]:
            yield Assignment(term=given["action_field"], is_main=True, place="action_field")
        for term in given["other_action_fields"]:
            if term != given["action_field"]:
                yield Assignment(term=term, place="other_action_fields")
        for several, main, _taxonomy in _SEVERAL:
            for term in dict.fromkeys([*given[several], *filter(None, [given[main]])]):
                yield Assignment(term=term, is_main=term == given[main], place=several)

    def blocks(self, used: Collection[str]) -> list[Block]:
        """Return guidelines and focus topics as they are shown: by strategy, below their upper term.

        Open is what is chosen from, else the strategies that are ``used`` (their ids), else all.
        """
        return [
            Block(self[several], self[main], _strategies(self.offer, taxonomy, self.raw.several(several), used))
            for several, main, taxonomy in _SEVERAL
        ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A term to tick."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Strategy:
    """Terms of one strategy, below their upper terms."""

    label: str
    groups: Sequence[tuple[str, Sequence[Choice]]]
    chosen: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One taxonomy to tick terms of, and the choice of the main one."""

    field: forms.BoundField
    main: forms.BoundField
    strategies: Sequence[Strategy]


def _strategies(offer: Offer, taxonomy: str, chosen: Sequence[str], used: Collection[str]) -> list[Strategy]:
    terms = offer.with_chosen(taxonomy, chosen)
    schemes = {term.scheme_id: term.scheme for term in terms}
    told = {term.scheme_id for term in terms if term.term_id in chosen} or (schemes.keys() & set(used)) or set(schemes)
    return [
        Strategy(
            label_of(scheme) if scheme else "",
            _groups(offer, [term for term in terms if term.scheme_id == scheme_id], chosen),
            sum(term.term_id in chosen for term in terms if term.scheme_id == scheme_id),
            open=scheme_id in told,
        )
        for scheme_id, scheme in schemes.items()
    ]


def _groups(offer: Offer, terms: Iterable[Term], chosen: Sequence[str]) -> list[tuple[str, list[Choice]]]:
    groups: dict[str, list[Choice]] = {}
    for term in terms:
        above = offer.parent_of(term)
        choice = Choice(term.term_id, label_of(term), term.term_id in chosen)
        groups.setdefault(label_of(above) if above else "", []).append(choice)
    return list(groups.items())


def raw_assignments(assignments: Iterable[Assignment], terms: Mapping[str, Term]) -> dict[str, Any]:
    """Return stored assignments as the values of the form."""
    by_taxonomy: dict[str, list[Assignment]] = {}
    for each in assignments:
        by_taxonomy.setdefault(terms[each.term].taxonomy if each.term in terms else "", []).append(each)
    fields = by_taxonomy.get(ACTION_FIELD, [])
    main = next((each.term for each in fields if each.is_main), None)
    values: dict[str, Any] = {
        "action_field": main,
        "other_action_fields": [each.term for each in fields if each.term != main],
    }
    for several, name, taxonomy in _SEVERAL:
        found = by_taxonomy.get(taxonomy, [])
        values[several] = [each.term for each in found]
        values[name] = next((each.term for each in found if each.is_main), None)
    return values
