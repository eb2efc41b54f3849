"""The clusters and terms of the database as values, read once for many records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.periods import Period
from ewm.capture.taxonomies.models import Cluster, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """What the rules ask about a term."""

    term_id: str
    taxonomy: str
    parent_id: str | None
    cluster_id: str | None
    in_force: Period


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All clusters with their time in force, those outside the structure, all terms, and the terms with sub-terms."""

    clusters: Mapping[str, Period]
    outside: frozenset[str]
    terms: Mapping[str, KnownTerm]
    branches: frozenset[str]

    def is_a(self, term_id: str, wanted: str) -> bool:
        """Tell whether a term is the wanted one or stands below it, at any depth."""
        line: list[str] = []
        term = self.terms.get(term_id)
        while term is not None and term.term_id not in line:
            line.append(term.term_id)
            term = self.terms.get(term.parent_id or "")
        return wanted in line


def read_catalogue() -> Catalogue:
    """Read clusters and terms from the database."""
    columns = ("term_id", "taxonomy", "parent_id", "cluster_id", "valid_from", "valid_to")
    terms = {
        term_id: KnownTerm(term_id, taxonomy, parent_id, cluster_id, Period(valid_from, valid_to))
        for term_id, taxonomy, parent_id, cluster_id, valid_from, valid_to in Term.objects.values_list(*columns)
    }
    clusters = list(Cluster.objects.values_list("cluster_id", "kind_id", "valid_from", "valid_to"))
    return Catalogue(
        clusters={cluster_id: Period(valid_from, valid_to) for cluster_id, _, valid_from, valid_to in clusters},
        outside=frozenset(cluster_id for cluster_id, kind, _, _ in clusters if kind == OUTSIDE),
        terms=terms,
        branches=frozenset(term.parent_id for term in terms.values() if term.parent_id),
    )
