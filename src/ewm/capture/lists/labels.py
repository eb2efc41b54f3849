"""The words of terms on the page of a list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ewm.capture.forms.fields import label_column
from ewm.capture.taxonomies.models import Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of terms in the language of the page, in the order of their taxonomies.

    ``marks`` tell apart what has the same word: the cluster, and the time for which the term is in force.
    """

    words: Mapping[str, str]
    places: Mapping[str, int]
    marks: Mapping[str, str]

    def __call__(self, term: str | None) -> str:
        """Return the word of a term, the id where there is no such term, an empty text for none."""
        return self.words.get(term, term) if term else ""

    def told_apart(self, term: str) -> str:
        """Return the word of a term as no other term is called."""
        return f"{self(term)} ({mark})" if (mark := self.marks.get(term)) else self(term)

    def order(self, term: str) -> tuple[int, str]:
        """Return where a term stands among all; unknown ones come last."""
        return self.places.get(term, len(self.words)), term


class _Named(NamedTuple):
    term: str
    taxonomy: str
    word: str
    cluster: str | None
    first: date | None
    last: date | None


def read_labels(taxonomies: Iterable[str]) -> Labels:
    """Read the words of some taxonomies: one statement."""
    word = label_column()
    terms = Term.objects.filter(taxonomy__in=list(taxonomies)).order_by("taxonomy", "position", "term_id")
    columns = ("term_id", "taxonomy", word, f"cluster__{word}", "valid_from", "valid_to")
    found = [_Named(*row) for row in terms.values_list(*columns)]
    words = {each.term: each.word for each in found}
    return Labels(words, {term: place for place, term in enumerate(words)}, dict(_marks(found)))


def _marks(terms: Iterable[_Named]) -> Iterator[tuple[str, str]]:
    namesakes = defaultdict(list)
    for each in terms:
        namesakes[each.taxonomy, each.word].append(each)
    for alike in namesakes.values():
        if len(alike) > 1:
            yield from ((each.term, _mark(each, alike)) for each in alike)


def _mark(one: _Named, alike: Collection[_Named]) -> str:
    clusters = {each.cluster for each in alike}
    elsewhere = one.cluster if len(clusters) > 1 else None
    repeated = sum(each.cluster == one.cluster for each in alike) > 1
    return ", ".join(filter(None, (elsewhere, _time(one) if repeated else None)))


def _time(one: _Named) -> str:
    """Return the time in words; of a term that has ended, its end tells more than its beginning."""
    if one.last:
        return _("bis %(month)s") % {"month": date_format(one.last, "F Y")}
    return _("ab %(month)s") % {"month": date_format(one.first, "F Y")} if one.first else ""
