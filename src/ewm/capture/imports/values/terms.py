"""Terms by their id or label, in both languages, and clusters; of terms with one label the one in force is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded
from ewm.capture.imports.values.errors import CellError
from ewm.capture.periods import Period
from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.taxonomies.rules import ASSIGNABLE
from ewm.capture.wording import joined, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ewm.capture.wording import Wording

_CLUSTERS = "cluster"
_SEPARATED = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Named:
    """A term or cluster with what tells it from others of the same label."""

    id: str
    label: str
    in_force: Period
    cluster: str | None = None
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms by taxonomy and folded id or label; clusters under the taxonomy ``cluster``."""

    names: Mapping[str, Mapping[str, Sequence[Named]]]

    def one(self, text: str, taxonomies: Sequence[str], day: date | None = None, cluster: str = "") -> str:
        """Return the id of the term that is meant on a day in a cluster; raises CellError."""
        found = [each for name in taxonomies for each in self.names.get(name, {}).get(folded(text), ())]
        exact = [each for each in found if each.id == text.strip()]
        fitting = exact or _narrowed(list(dict.fromkeys(found)), day, cluster)
        if len(fitting) == 1:
            return fitting[0].id
        if fitting:
            meant = ", ".join(each.id for each in fitting)
            raise CellError(
                worded(
                    "„%(text)s“ heißen mehrere Begriffe. Bitte die Kennung eintragen: %(meant)s.",
                    text=text,
                    meant=meant,
                )
            )
        unknown = worded("„%(text)s“ ist kein Begriff des Programms.", text=text)
        raise CellError(joined(unknown, " ", self._meant(text, taxonomies)))

    def several(self, text: str, day: date | None = None, cluster: str = "") -> list[str]:
        """Return the ids of terms to which a record may be assigned, in the order given; raises CellError."""
        given = [each.strip() for each in _SEPARATED.split(text) if each.strip()]
        return list(dict.fromkeys(self.one(each, ASSIGNABLE, day, cluster) for each in given))

    def label(self, taxonomy: str, term_id: str) -> str:
        """Return how a term is called, its id where it is unknown."""
        found = self.names.get(taxonomy, {}).get(folded(term_id), ())
        return next((each.label for each in found if each.id == term_id), term_id)

    def _meant(self, text: str, taxonomies: Sequence[str]) -> Wording:
        labels = {
            folded(each.label): each.label
            for name in taxonomies
            for found in self.names.get(name, {}).values()
            for each in found
        }
        if close := get_close_matches(folded(text), labels, 1):
            return worded("Gemeint „%(name)s“?", name=labels[close[0]])
        if len(labels) <= 12:
            return worded("Möglich: %(names)s.", names=", ".join(sorted(labels.values())))
        return worded("Bitte Kennung oder Bezeichnung eines Begriffs eintragen.")


def _narrowed(found: list[Named], day: date | None, cluster: str) -> list[Named]:
    """Leave out, as long as others remain, branches, terms of other clusters and terms not in force."""
    for keeps in (
        lambda each: not each.is_branch,
        lambda each: not cluster or each.cluster in {None, cluster},
        lambda each: day is None or each.in_force.overlaps(Period.day(day)),
    ):
        found = [each for each in found if keeps(each)] or found
    return found


def read_terms() -> Terms:
    """Read all terms and clusters; two queries."""
    columns = ("term_id", "label_de", "label_en", "taxonomy", "valid_from", "valid_to", "cluster_id", "parent_id")
    stored = Term.objects.exclude(taxonomy=_CLUSTERS).order_by("taxonomy", "position", "term_id")
    rows = list(stored.values_list(*columns))
    branches = {row[-1] for row in rows}
    names: defaultdict[str, defaultdict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for term_id, german, english, taxonomy, first, last, cluster, _ in rows:
        named = Named(term_id, german, Period(first, last), cluster, term_id in branches)
        for name in dict.fromkeys(map(folded, (term_id, german, english))):
            names[taxonomy][name].append(named)
    clusters = Cluster.objects.values_list("cluster_id", "label_de", "label_en", "valid_from", "valid_to")
    for cluster_id, german, english, first, last in clusters.order_by("position"):
        for name in dict.fromkeys(map(folded, (cluster_id, german, english))):
            names[_CLUSTERS][name].append(Named(cluster_id, german, Period(first, last)))
    return Terms(names)
