"""The words of terms and clusters as the workbook offers and understands them: German labels, told apart where needed.

Two strategies may use the same words for a guideline; a master plan goes on with the fields of the one before. So a
word names a term on the days of a record: the one of that label that is in force. Where two are in force at once, the
one of the strategy that the cluster uses keeps the plain word; the others are offered with the term above, and with
their strategy where that is the same, too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import override

from ewm.capture.activities.models import ActivityAssignment
from ewm.capture.actors.places import countries
from ewm.capture.actors.similar import folded
from ewm.capture.periods import Period
from ewm.capture.projects.models import ProjectAssignment
from ewm.capture.taxonomies.catalogue import OUTSIDE
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.taxonomies.rules import ACTION_FIELD, ASSIGNABLE
from ewm.capture.wording import Wording, joined, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TAXONOMIES = (
    "status", "funding_state", "funding_body", "funding_programme", "role", ACTION_FIELD, "guideline", "focus_topic",
    "activity_kind", "activity_format", "actor_type", "size_class", "land", "district", "identifier_scheme",
)  # fmt: skip
SCHEMES = ("strategy", "masterplan")
CLUSTER, COUNTRY = "cluster", "country"
GERMAN, ENGLISH = "de", "en"


class UnknownWordError(ValueError):
    """A text names no term, or more than one; ``message`` says which could be meant: ``ist kein Cluster. …``."""

    def __init__(self, message: Wording) -> None:
        super().__init__(message)
        self.message = message

    def of(self, text: str) -> Wording:
        """Return the whole sentence."""
        return joined(f"„{text}“ ", self.message, ".")


@dataclass(frozen=True)
class Words:
    """Every term and cluster of the programme, found by its words.

    ``cluster`` is the home cluster of the records, ``used`` are the strategies from which its records are assigned.
    """

    terms: Mapping[str, Term]
    clusters: Sequence[Cluster]
    cluster: str
    used: frozenset[str] = frozenset()
    schemes: Mapping[str, str] = field(default_factory=dict)

    def on_offer(self, taxonomy: str, days: Period) -> list[Term]:
        """Return the terms of a taxonomy that can be chosen on some of the days, in order."""
        return [term for term in self._leaves[taxonomy] if days.overlaps(Period(term.valid_from, term.valid_to))]

    def lists(self, taxonomy: str, days: Period) -> list[str]:
        """Return the words of everything on offer, each once."""
        if taxonomy == CLUSTER:
            return [each.label_de for each in self.clusters]
        if taxonomy == COUNTRY:
            with override(GERMAN):
                return list(countries().values())
        return list(dict.fromkeys(self.word(term) for term in self.on_offer(taxonomy, days)))

    def word(self, term: Term) -> str:
        """Return how a term is called in the workbook."""
        return self._words[term.term_id]

    def label(self, term_id: str) -> str:
        """Return how a term is called by its id; the id itself for one that there is not."""
        if term_id in self._words:
            return self._words[term_id]
        return str(self.terms[term_id].label_de) if term_id in self.terms else term_id

    def term(self, taxonomy: str, text: str, days: Period) -> str:
        """Return the id of the term that a text names on these days; raises UnknownWordError."""
        named = self._named(taxonomy, text)
        in_force = [each for each in named if days.overlaps(Period(each.valid_from, each.valid_to))]
        if len(in_force) == 1:
            return str(in_force[0].term_id)
        if in_force:
            raise UnknownWordError(
                worded("kann %(words)s heißen. Bitte eines davon wählen", words=_or(map(self.word, in_force)))
            )
        if named:
            valid = ", ".join(str(Period(each.valid_from, each.valid_to)) for each in named)
            raise UnknownWordError(
                worded(
                    "gilt %(valid)s, nicht %(days)s. Es gelten: %(words)s",
                    valid=valid,
                    days=str(days),
                    words=self._choices(taxonomy, days),
                )
            )
        choices = self._choices(taxonomy, days)
        raise UnknownWordError(worded("steht nicht in der Liste. Möglich: %(words)s", words=choices))

    def cluster_id(self, text: str) -> str:
        """Return the id of the cluster that a text names; raises UnknownWordError."""
        wanted = folded(text)
        found = [each for each in self.clusters if wanted in {folded(each.label_de), folded(each.cluster_id)}]
        found = found or [each for each in self.clusters if wanted == folded(each.label_en)]
        if not found:
            names = "; ".join(each.label_de for each in self.clusters)
            raise UnknownWordError(worded("ist kein Cluster. Möglich: %(words)s", words=names))
        return str(found[0].cluster_id)

    def country(self, text: str) -> str:
        """Return the code (ISO 3166-1 alpha-2) of the state that a text names; raises UnknownWordError."""
        if text.strip().upper() in countries():
            return text.strip().upper()
        found = []
        for language in (GERMAN, ENGLISH):
            with override(language):
                found += [code for code, name in countries().items() if folded(name) == folded(text)]
        if not found:
            raise UnknownWordError(
                worded("ist kein Staat. Bitte den Namen oder das Kürzel schreiben, zum Beispiel Polen, PL")
            )
        return found[0]

    def _named(self, taxonomy: str, text: str) -> list[Term]:
        """Return the terms that a text names: by their word here, else by label, else by id, whatever the case.

        Terms with others below them are not on offer, but understood where records are not assigned to them.
        """
        wanted = folded(text)
        leaves = self._leaves[taxonomy]
        others = [] if taxonomy in ASSIGNABLE else [term for term in self.terms.values() if term.taxonomy == taxonomy]
        for terms, called in (
            (leaves, lambda term: (self.word(term),)),
            (leaves, lambda term: (term.label_de,)),
            (leaves, lambda term: (term.label_en, term.term_id)),
            (others, lambda term: (term.label_de, term.label_en, term.term_id)),
        ):
            if wanted and (found := [term for term in terms if wanted in {folded(word) for word in called(term)}]):
                return found
        return []

    def _choices(self, taxonomy: str, days: Period) -> str:
        words = self.lists(taxonomy, days)
        return "; ".join(words[:12]) + (" …" if len(words) > 12 else "") if words else worded("nichts")

    @cached_property
    def _leaves(self) -> Mapping[str, Sequence[Term]]:
        branches = {term.parent_id for term in self.terms.values()}
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for term in self.terms.values():
            if term.term_id not in branches and term.cluster_id in (None, self.cluster):
                found[term.taxonomy].append(term)
        return found

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Words by term: the label; with the term above, then with the strategy, where two would meet on one day."""
        words: dict[str, str] = {}
        for leaves in self._leaves.values():
            for term in leaves:
                same = [other for other in leaves if other.label_de == term.label_de and _meet(other, term)]
                if term.scheme_id in self.used:
                    same = [other for other in same if other.scheme_id in self.used]
                called = [term.label_de, self._with_parent(term), f"{self._with_parent(term)} ({self._scheme(term)})"]
                words[term.term_id] = called[0] if len(same) == 1 else self._told_apart(same, called)
        return words

    def _told_apart(self, same: Sequence[Term], called: Sequence[str]) -> str:
        alone = sum(self._with_parent(each) == called[1] for each in same) == 1
        return called[1] if alone else called[2]

    def _with_parent(self, term: Term) -> str:
        above = self.terms.get(term.parent_id or "")
        return f"{above.label_de}: {term.label_de}" if above else str(term.label_de)

    def _scheme(self, term: Term) -> str:
        return self.schemes.get(term.scheme_id or "", str(term.term_id))


def _meet(one: Term, other: Term) -> bool:
    return Period(one.valid_from, one.valid_to).overlaps(Period(other.valid_from, other.valid_to))


def _or(words: Iterable[str]) -> Wording:
    first, *others = (f"„{word}“" for word in words)
    return joined(first, *(part for word in others for part in (" ", worded("oder"), " ", word)))


def read_words(cluster: str) -> Words:
    """Read terms, clusters and the strategies that a cluster uses; five statements."""
    found = Term.objects.filter(taxonomy__in=TAXONOMIES).order_by("taxonomy", "position", "term_id")
    terms = {term.term_id: term for term in found}
    schemes = dict(Term.objects.filter(taxonomy__in=SCHEMES).values_list("term_id", "label_de"))
    clusters = list(Cluster.objects.exclude(kind_id=OUTSIDE).order_by("position"))
    assigned = (
        ProjectAssignment.objects.filter(project__cluster=cluster),
        ActivityAssignment.objects.filter(activity__cluster=cluster),
    )
    used = {scheme for each in assigned for scheme in each.values_list("term__scheme_id", flat=True).distinct()}
    return Words(terms, clusters, cluster, frozenset(used - {None}), schemes)
