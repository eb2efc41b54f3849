"""Terms on offer: those in force on the days of a record, read in one query for a whole page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.forms.fields import TermField, TermsField, label_of
from ewm.capture.forms.reading import UnreadableError, read_day
from ewm.capture.periods import Period
from ewm.capture.taxonomies.models import Term
from ewm.capture.taxonomies.rules import ACTION_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django import forms

    from ewm.capture.forms.raw import Raw


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
                kept = value[-1] if value else None
                each.offer(self.with_chosen(each.taxonomy, [kept] if kept else []))
            elif isinstance(each, TermsField):
                each.offer(self.with_chosen(each.taxonomy, value))

    def with_chosen(self, taxonomy: str, chosen: Sequence[str]) -> list[Term]:
        """Return the terms on offer and, behind them, those chosen that are of this taxonomy and not on offer."""
        terms = self.terms(taxonomy)
        known = {term.term_id for term in terms}
        others = [self.all_terms[each] for each in dict.fromkeys(chosen) if each in self.all_terms]
        return [*terms, *(term for term in others if term.term_id not in known and term.taxonomy == taxonomy)]


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
