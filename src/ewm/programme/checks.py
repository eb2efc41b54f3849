"""What must hold between the terms of a programme; each miss names the term's file and line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ewm.programme.model import Cluster
from ewm.programme.problems import Problems, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.programme.model import Term
    from ewm.programme.taxonomy import Entry

CLUSTER = "cluster"
CLUSTER_KIND = "cluster_kind"
SCHEMES = ("strategy", "masterplan")


def index(entries: Iterable[Entry], problems: Problems) -> dict[str, Entry]:
    """Return the entries by term id, in order; an id used twice in the programme is a problem."""
    known: dict[str, Entry] = {}
    for entry in entries:
        term_id = entry.term.term_id
        if term_id in known:
            message = (
                f'die Kennung "{term_id}" gibt es schon ({known[term_id].place}). '
                "Sie muss im ganzen Programm eindeutig sein: bitte eine der beiden ändern."
            )
            problems.add(entry.place, message)
        else:
            known[term_id] = entry
    return known


def check_terms(known: dict[str, Entry], problems: Problems) -> None:
    """Check origin, validity and references of every term."""
    for entry in known.values():
        _check_origin(entry, problems)
        _check_validity(entry, known, problems)
        _check_cluster(entry, known, problems)
        _check_scheme(entry, known, problems)
        _check_kind(entry, known, problems)


def _check_origin(entry: Entry, problems: Problems) -> None:
    if entry.term.source is None and not entry.term.example:
        message = f'dem Begriff "{entry.term.term_id}" fehlt die Quelle. Bitte "source" angeben oder "example: true".'
        problems.add(entry.place, message)


def _check_validity(entry: Entry, known: dict[str, Entry], problems: Problems) -> None:
    term = entry.term
    if term.valid_from and term.valid_to and term.valid_to < term.valid_from:
        message = (
            f'"{term.term_id}" endet am {term.valid_to} und damit vor dem Beginn ({term.valid_from}). '
            "Bitte valid_from oder valid_to berichtigen."
        )
        problems.add(entry.place, message)
    if term.parent_id in known:
        _check_within(entry, known[term.parent_id].term, "des übergeordneten Begriffs", problems)


def _check_within(entry: Entry, outer: Term, whose: str, problems: Problems) -> None:
    term = entry.term
    begins = (outer.valid_from or date.min) <= (term.valid_from or date.min)
    ends = (term.valid_to or date.max) <= (outer.valid_to or date.max)
    if begins and ends:
        return
    message = (
        f'"{term.term_id}" gilt {_period(term)}, außerhalb der Gültigkeit {whose} "{outer.term_id}" '
        f"({_period(outer)}). Bitte valid_from und valid_to anpassen."
    )
    problems.add(entry.place, message)


def _period(term: Term) -> str:
    return f"{term.valid_from or 'offen'} bis {term.valid_to or 'offen'}"


def _find(wanted: str, taxonomies: tuple[str, ...], known: dict[str, Entry]) -> Entry | None:
    entry = known.get(wanted)
    return entry if entry and entry.term.taxonomy in taxonomies else None


def _unknown(entry: Entry, key: str, wanted: str, taxonomies: tuple[str, ...], known: dict[str, Entry]) -> str:
    among = [term_id for term_id, other in known.items() if other.term.taxonomy in taxonomies]
    where = " oder ".join(f"taxonomies/{name}.yaml" for name in taxonomies)
    hint = suggestion(wanted, among) or f" Bitte berichtigen oder in {where} ergänzen."
    return f'{key} "{wanted}" von "{entry.term.term_id}" steht nicht in {where}.{hint}'


def _check_cluster(entry: Entry, known: dict[str, Entry], problems: Problems) -> None:
    wanted = entry.term.cluster_id
    if wanted and not _find(wanted, (CLUSTER,), known):
        problems.add(entry.place, _unknown(entry, "cluster", wanted, (CLUSTER,), known))


def _check_scheme(entry: Entry, known: dict[str, Entry], problems: Problems) -> None:
    term = entry.term
    if term.scheme_id is None:
        return
    scheme = _find(term.scheme_id, SCHEMES, known)
    if scheme is None:
        problems.add(entry.place, _unknown(entry, "scheme", term.scheme_id, SCHEMES, known))
        return
    _check_within(entry, scheme.term, "von", problems)
    if scheme.term.cluster_id and scheme.term.cluster_id != term.cluster_id:
        message = (
            f'"{term.term_id}" steht in "{term.scheme_id}", das für das Cluster "{scheme.term.cluster_id}" gilt. '
            f'Bitte "cluster: {scheme.term.cluster_id}" angeben.'
        )
        problems.add(entry.place, message)


def _check_kind(entry: Entry, known: dict[str, Entry], problems: Problems) -> None:
    if entry.term.taxonomy != CLUSTER:
        if entry.kind:
            message = f'"kind" gehört nur zu Begriffen von taxonomies/{CLUSTER}.yaml. Bitte streichen.'
            problems.add(entry.place, message)
    elif entry.kind is None:
        message = f'dem Cluster "{entry.term.term_id}" fehlt "kind" (siehe taxonomies/{CLUSTER_KIND}.yaml).'
        problems.add(entry.place, message)
    elif not _find(entry.kind, (CLUSTER_KIND,), known):
        problems.add(entry.place, _unknown(entry, "kind", entry.kind, (CLUSTER_KIND,), known))


def series(known: dict[str, Entry], problems: Problems) -> dict[str, str]:
    """Return the first term of each term's series.

    A ``continues`` that is unknown, runs in circles, overlaps in time or splits a series is a problem: a series has at
    most one term on any day.
    """
    followers: dict[str, str] = {}
    for entry in known.values():
        if entry.continues:
            _check_predecessor(entry, known, problems)
            _check_split(entry, followers, problems)
    return {term_id: _first(entry, known, problems) for term_id, entry in known.items()}


def _check_predecessor(entry: Entry, known: dict[str, Entry], problems: Problems) -> None:
    term, wanted = entry.term, entry.continues or ""
    previous = _find(wanted, (term.taxonomy,), known)
    if previous is None:
        problems.add(entry.place, _unknown(entry, "continues", wanted, (term.taxonomy,), known))
    elif (previous.term.valid_to or date.max) >= (term.valid_from or date.min):
        message = (
            f'"{term.term_id}" setzt "{wanted}" fort, gilt aber schon, bevor dieser endet ({_period(previous.term)}). '
            "Bitte den alten Begriff mit valid_to beenden und den neuen danach beginnen lassen."
        )
        problems.add(entry.place, message)


def _check_split(entry: Entry, followers: dict[str, str], problems: Problems) -> None:
    term_id, previous = entry.term.term_id, entry.continues or ""
    if previous in followers:
        message = (
            f'"{previous}" wird schon von "{followers[previous]}" fortgesetzt. '
            f'Wird ein Begriff geteilt, beginnen neue Reihen: bitte "continues" bei "{term_id}" streichen.'
        )
        problems.add(entry.place, message)
    followers.setdefault(previous, term_id)


def _first(entry: Entry, known: dict[str, Entry], problems: Problems) -> str:
    seen = [entry.term.term_id]
    while (wanted := known[seen[-1]].continues) and _find(wanted, (entry.term.taxonomy,), known):
        if wanted == seen[0]:
            chain = " → ".join([*seen, wanted])
            problems.add(entry.place, f'"continues" läuft im Kreis ({chain}). Bitte an einer Stelle streichen.')
        if wanted in seen:
            break
        seen.append(wanted)
    return seen[-1]


def clusters(known: dict[str, Entry]) -> tuple[Cluster, ...]:
    """Return the clusters in file order; those without a kind are already a problem."""
    return tuple(
        Cluster(
            cluster_id=entry.term.term_id,
            label_de=entry.term.label_de,
            label_en=entry.term.label_en,
            kind=entry.kind,
            position=entry.term.position,
            valid_from=entry.term.valid_from,
            valid_to=entry.term.valid_to,
        )
        for entry in known.values()
        if entry.term.taxonomy == CLUSTER and entry.kind
    )
