"""In which order terms are listed: the taxonomy's, limited to what applies to a cluster in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.programme import Cluster, Programme, Term


@dataclass(frozen=True, slots=True)
class Order:
    """Lists terms for one cluster and reporting year.

    ``schemes`` names, per kind of cluster, the strategy whose terms apply.
    """

    programme: Programme
    cluster: Cluster
    year: int
    schemes: Mapping[str, str]

    def __call__(self, name: str) -> tuple[str, ...]:
        """Return term ids: of a taxonomy („status“), below a term („guideline/x“) or below all („guideline/*“).

        Terms of a strategy are those of the cluster's own, terms of a cluster those of this one, each series once.
        Raises ContentError for an unknown taxonomy or term.
        """
        taxonomy, _, below = name.partition("/")
        if taxonomy == "cluster":
            return tuple(one.cluster_id for one in self.programme.clusters if one != self.cluster)
        if taxonomy not in self.programme.taxonomies:
            raise ContentError(f"Die Taxonomie „{taxonomy}“ gibt es im Programm nicht.")
        if below not in {"", "*"} and below not in self.programme.terms:
            raise ContentError(f"{name}: Den Begriff „{below}“ gibt es im Programm nicht.")
        terms = [term for term in self.programme.taxonomy(taxonomy) if self._applies(term)]
        if not below:
            return tuple(dict.fromkeys(term.series_id for term in terms if term.parent_id is None))
        return tuple(term.term_id for term in terms if term.parent_id and below in {"*", term.parent_id})

    def parent(self, term: str) -> str | None:
        """Return the id of the term above a term."""
        return self.programme.terms[term].parent_id

    def known(self, term: str) -> bool:
        """Return whether the programme has a term or cluster of this id."""
        return term in self.programme.terms or any(one.cluster_id == term for one in self.programme.clusters)

    def example(self, term: str) -> bool:
        """Return whether a term is an example that no source gives."""
        return self.programme.terms[term].example

    def _applies(self, term: Term) -> bool:
        if term.cluster_id not in {None, self.cluster.cluster_id}:
            return False
        strategies = {one.term_id for one in self.programme.taxonomy("strategy")}
        if term.scheme_id in strategies and term.scheme_id != self.schemes[self.cluster.kind]:
            return False
        return self.programme.in_force(term, date(self.year, 1, 1), date(self.year, 12, 31))
