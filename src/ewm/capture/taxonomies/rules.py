"""Which terms and clusters a record may use: known, of the right taxonomy, in force on the record's days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ewm.capture.periods import Period
from ewm.capture.refusing import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.capture.entries import Assignment
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal

ACTION_FIELD = "action_field"
ASSIGNABLE = ("guideline", "focus_topic", ACTION_FIELD)

UNKNOWN_TERM = Rule("unknown_term", "", "Diesen Begriff gibt es im Programm nicht")
WRONG_TAXONOMY = Rule("wrong_taxonomy", "", "Der Begriff gehört zu einer anderen Taxonomie")
NOT_IN_FORCE = Rule("term_not_in_force", "", "Der Begriff gilt im Zeitraum des Eintrags nicht")
FIELD_NOT_IN_FORCE = Rule("action_field_not_in_force", "term", "Das Handlungsfeld gilt am Beginn des Eintrags nicht")
NOT_A_LEAF = Rule("assigned_to_a_leaf", "term", "Zugeordnet wird nur zu Begriffen ohne Unterbegriffe")
OTHER_CLUSTER = Rule(
    "action_field_of_home_cluster", "term", "Das Handlungsfeld gehört zu einem anderen als dem Heimatcluster"
)
ONE_MAIN = Rule("one_main_term", "is_main", "Je Taxonomie kann nur ein Begriff die Hauptzuordnung sein")
UNKNOWN_CLUSTER = Rule("unknown_cluster", "", "Dieses Cluster gibt es im Programm nicht")
CLUSTER_NOT_IN_FORCE = Rule("cluster_not_in_force", "", "Das Cluster gilt im Zeitraum des Eintrags nicht")
CLUSTER_OUTSIDE = Rule(
    "cluster_within_structure", "cluster", "Einträge stehen nur unter Clustern und Teilthemen, nicht außerhalb davon"
)


@dataclass(frozen=True, slots=True)
class Use:
    """Where a term or cluster is used: record, field, place in a file, and the days that count (None: any day)."""

    record: str
    field: str
    place: str = ""
    period: Period | None = None

    def refuse(self, rule: Rule, detail: str) -> Refusal:
        """Return a refusal of this use."""
        return rule.refuse(self.record, detail, field=self.field, place=self.place)


def check_term(catalogue: Catalogue, term_id: str | None, taxonomies: Iterable[str], use: Use) -> Iterator[Refusal]:
    """Yield what is wrong with a term; an empty one is right."""
    if term_id is None:
        return
    term = catalogue.terms.get(term_id)
    allowed = tuple(taxonomies)
    if term is None:
        among = [each.term_id for each in catalogue.terms.values() if each.taxonomy in allowed]
        yield use.refuse(UNKNOWN_TERM, _meant(term_id, among))
    elif term.taxonomy not in allowed:
        yield use.refuse(WRONG_TAXONOMY, f"{term_id}: {term.taxonomy} statt {' oder '.join(allowed)}")
    elif use.period and not use.period.overlaps(term.in_force):
        yield use.refuse(NOT_IN_FORCE, f"{term_id} gilt {term.in_force}, der Eintrag {use.period}")


def check_cluster(catalogue: Catalogue, cluster_id: str, use: Use, *, within_structure: bool) -> Iterator[Refusal]:
    """Yield what is wrong with a cluster; ``within_structure`` refuses the industries outside it."""
    in_force = catalogue.clusters.get(cluster_id)
    if in_force is None:
        yield use.refuse(UNKNOWN_CLUSTER, _meant(cluster_id, list(catalogue.clusters)))
    elif within_structure and cluster_id in catalogue.outside:
        yield use.refuse(CLUSTER_OUTSIDE, cluster_id)
    elif use.period and not use.period.overlaps(in_force):
        yield use.refuse(CLUSTER_NOT_IN_FORCE, f"{cluster_id} gilt {in_force}, der Eintrag {use.period}")


def check_assignments(
    catalogue: Catalogue, assignments: Iterable[Assignment], *, record: str, cluster: str, period: Period
) -> Iterator[Refusal]:
    """Yield what is wrong with the assignments of a project or an activity with this home cluster and period."""
    mains: Counter[str] = Counter()
    for each in assignments:
        term = catalogue.terms.get(each.term)
        use = Use(record, "term", each.place, period)
        if term is not None and term.taxonomy == ACTION_FIELD:
            yield from _check_action_field(catalogue, each, record, cluster, period)
        else:
            yield from check_term(catalogue, each.term, ASSIGNABLE, use)
        if each.term in catalogue.branches:
            yield use.refuse(NOT_A_LEAF, each.term)
        if term is not None and each.is_main:
            mains[term.taxonomy] += 1
            if mains[term.taxonomy] > 1:
                yield ONE_MAIN.refuse(record, f"{term.taxonomy}: {each.term}", place=each.place)


def _check_action_field(
    catalogue: Catalogue, each: Assignment, record: str, cluster: str, period: Period
) -> Iterator[Refusal]:
    term = catalogue.terms[each.term]
    if term.cluster_id != cluster:
        yield OTHER_CLUSTER.refuse(record, f"{each.term}: {term.cluster_id} statt {cluster}", place=each.place)
    if period.first and not Period.day(period.first).overlaps(term.in_force):
        detail = f"{each.term} gilt {term.in_force}, Beginn {period.first:%d.%m.%Y}"
        yield FIELD_NOT_IN_FORCE.refuse(record, detail, place=each.place)


def _meant(wanted: str, known: list[str]) -> str:
    close = get_close_matches(wanted, known, 1)
    return f"{wanted}; gemeint {close[0]}?" if close else wanted
