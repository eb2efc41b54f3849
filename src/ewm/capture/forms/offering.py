"""Terms on offer: those in force on the days of a record, read in one query for a whole page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.forms.fields import TermField, TermsField, label_of
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.reading import UnreadableError, read_day
from ewm.capture.periods import Period
from ewm.capture.taxonomies.models import Term
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django import forms


@dataclass(frozen=True)
class Offer:
    """What may be chosen in a record of a cluster with these days; without a first day today counts.

    ``taxonomies`` are the only ones that are read.
    """

    taxonomies: Sequence[str]
    cluster: str | None = None
    first: date | None = None
    last: date | None = None
    at_start: frozenset[str] = field(default=frozenset())
    """Taxonomies whose terms must be in force on the first day itself."""

    @property
    def start(self) -> date:
        """The first day, today where none is known."""
        return self.first or timezone.localdate()

    @cached_property
    def all_terms(self) -> Mapping[str, Term]:
        """Every term of the taxonomies, by id, in order."""
        found = Term.objects.filter(taxonomy__in=self.taxonomies).order_by("taxonomy", "position", "term_id")
        return {term.term_id: term for term in found.select_related("scheme")}

    @cached_property
    def _branches(self) -> frozenset[str]:
        return frozenset(term.parent_id for term in self.all_terms.values() if term.parent_id)

    def terms(self, taxonomy: str) -> list[Term]:
        """Return the terms of a taxonomy that may be chosen: without sub-terms, in force, for this cluster."""
        days = Period.day(self.start) if taxonomy in self.at_start else Period(self.start, self.last)
        return [
            term
            for term in self.all_terms.values()
            if term.taxonomy == taxonomy and term.term_id not in self._branches
            if term.cluster_id in (None, self.cluster)
            if days.overlaps(Period(term.valid_from, term.valid_to))
        ]

    def continued(self, term_id: str) -> str | None:
        """Return the term itself where it is on offer, else the one of its series that is."""
        term = self.all_terms.get(term_id)
        if term is None:
            return None
        on_offer = self.terms(term.taxonomy)
        if term_id in {each.term_id for each in on_offer}:
            return term_id
        return next((each.term_id for each in on_offer if each.series_id == term.series_id), None)

    def label(self, term_id: str | None) -> str:
        """Return the label of a term, the id itself where it is not known."""
        term = self.all_terms.get(term_id or "")
        return label_of(term) if term else term_id or ""

    def parent_of(self, term: Term) -> Term | None:
        """Return the term above."""
        return self.all_terms.get(term.parent_id or "")

    def labels(self) -> dict[str, str]:
        """Return the labels of all terms by id."""
        return {term_id: label_of(term) for term_id, term in self.all_terms.items()}

    def fill(self, form: forms.Form) -> None:
        """Put the terms on offer into the fields of a form; what is chosen stays on offer, in force or not."""
        for name, each in form.fields.items():
            value = form.data.getlist(form.add_prefix(name)) if hasattr(form.data, "getlist") else []
            if isinstance(each, TermField):
                each.offer(self.with_chosen(each.taxonomy, value[-1:]))
                each.choices = self._told_apart(each.taxonomy, each.choices)
            elif isinstance(each, TermsField):
                each.offer(self.with_chosen(each.taxonomy, value))
                each.choices = self._told_apart(each.taxonomy, each.choices)

    def _told_apart(self, taxonomy: str, choices: Any) -> list[tuple[str, str]]:
        """Say which choices were chosen but are not on offer: another plan may use the same words."""
        on_offer = {"", *(term.term_id for term in self.terms(taxonomy))}
        out = _("%(term)s (gilt in diesem Zeitraum nicht)")
        return [(value, label if value in on_offer else out % {"term": label}) for value, label in choices]

    def with_chosen(self, taxonomy: str, chosen: Sequence[str]) -> list[Term]:
        """Return the terms on offer and, behind them, those chosen that are of this taxonomy and not on offer."""
        terms = self.terms(taxonomy)
        known = {term.term_id for term in terms}
        others = [self.all_terms[each] for each in dict.fromkeys(chosen) if each in self.all_terms]
        return [*terms, *(term for term in others if term.term_id not in known and term.taxonomy == taxonomy)]


def with_continued(raw: Raw, offer: Offer, names: Iterable[str]) -> Raw:
    """Return a form in which terms of these fields that are out of force give way to those that continue them."""
    changed = {name: [offer.continued(term) or term for term in raw.several(name)] for name in names}
    return Raw({**raw.values, **{name: terms for name, terms in changed.items() if terms}})


def offer_for(raw: Raw, taxonomies: Sequence[str], first: str, last: str) -> Offer:
    """Return what may be chosen on the days that are typed; what cannot be read counts as not typed."""
    begin, end = _typed_day(raw, first), _typed_day(raw, last)
    end = end if begin is None or end is None or begin <= end else None
    return Offer(taxonomies, raw.get("cluster") or None, begin, end, frozenset({ACTION_FIELD}))


def _typed_day(raw: Raw, name: str) -> date | None:
    try:
        return read_day(raw.get(name), timezone.localdate()) if raw.get(name).strip() else None
    except UnreadableError:
        return None
