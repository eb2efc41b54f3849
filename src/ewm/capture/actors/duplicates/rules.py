"""Which merges are refused, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.actors.dated import parents_of
from ewm.capture.actors.reading import dated_parents
from ewm.capture.actors.rules import check_hierarchy, line_upwards
from ewm.capture.refusing import Rule
from ewm.capture.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.capture.actors.dated import Dated
    from ewm.capture.actors.entries import ActorEntry
    from ewm.errors import Refusal

OF_TWO = Rule("actor_merge_of_two", "merged", "Ein Akteur kann nicht in sich selbst aufgehen", "Bitte zwei wählen.")
ALREADY = Rule(
    "actor_merged_once",
    "merged",
    "Einer der beiden ist schon in einem anderen aufgegangen",
    "Bitte mit jenem zusammenführen.",
)
INTO_CHILD = Rule(
    "merge_into_own_child",
    "merged",
    "Ein Akteur kann nicht in einer Einrichtung aufgehen, die unter ihm steht oder stand",
    "Bitte umgekehrt zusammenführen oder zuerst die Zuordnung ändern.",
)
UNDONE = Rule("merge_undone", "merged", "Diese Zusammenführung ist schon zurückgenommen", "Bitte die Seite neu laden.")
SURVIVOR_GONE = Rule(
    "merge_survivor_merged",
    "survivor",
    "Der Akteur, in dem dieser aufging, ist selbst in einem anderen aufgegangen",
    "Bitte zuerst jene Zusammenführung zurücknehmen.",
)
LONGEST_REASON = 150


def check_reason(code: str, reason: str) -> Iterator[Refusal]:
    """Yield a refusal of a reason that is blank or too long."""
    yield from check_text(code, "reason", reason, "actor_merge_reason_given", "", longest=LONGEST_REASON)


def check_merge(survivor: ActorEntry, merged: ActorEntry, after: ActorEntry) -> Iterator[Refusal]:
    """Yield what speaks against letting one actor go up in another, which is ``after`` that what it says then.

    A circle may come from the actors below the merged one, from the survivor's own place, on any day.
    """
    parents = dated_parents()
    if line_upwards(survivor.code, merged.code, parents):
        yield INTO_CHILD.refuse(merged.code, f"{merged.code} in {survivor.code}")
    else:
        yield from check_hierarchy(after, _renamed(parents, merged.code, survivor.code))


def _renamed(parents: Mapping[str, Dated[str | None]], old: str, new: str) -> dict[str, Dated[str | None]]:
    return {
        code: tuple((period, new if above == old else above) for period, above in values)
        for code, values in parents.items()
        if code != old
    }


def check_undone(entries: tuple[ActorEntry, ...]) -> Iterator[Refusal]:
    """Yield a refusal where, after a merge was taken back, the hierarchy leads back to one of these actors."""
    parents = dated_parents()
    for entry in entries:
        yield from check_hierarchy(entry, {**parents, entry.code: parents_of(entry)})
