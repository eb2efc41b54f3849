"""Make entries of the rows of the tables: a record's row and the rows of other files that name its code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ewm.capture.activities.entries import ActivityEntry
from ewm.capture.actors.entries import ActorEntry, FormerName, FormerParent, Identifier, Membership, Size
from ewm.capture.editorial.entries import MacroEntry, NoteEntry, StoryEntry, StoryTerm, TextEntry
from ewm.capture.entries import Assignment, Item, Participation, moment_of, stored_fields
from ewm.capture.projects.entries import Funding, ProjectEntry, StatusEvent, Support
from ewm.capture.records.pictures import read_picture
from ewm.capture.refusing import Rule, refuse_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ewm.capture.editorial.entries import StoryImage
    from ewm.capture.records.reading import Row, Rows
    from ewm.errors import Refusal

I = TypeVar("I", bound=Item)  # noqa: E741 - an item

NO_OWNER = Rule(
    "record_of_the_row", "", "Zu dieser Zeile fehlt der Eintrag", "Bitte die Kennung berichtigen oder ihn ergänzen."
)

# For each kind of record the files whose rows belong to it: the column with its code, and what a row becomes.
_PARTS: dict[str, dict[str, tuple[str, str, type[Item]]]] = {
    "actors.csv": {
        "former_names": ("actor_former_names.csv", "actor", FormerName),
        "former_parents": ("actor_former_parents.csv", "actor", FormerParent),
        "sizes": ("actor_sizes.csv", "actor", Size),
        "clusters": ("actor_clusters.csv", "actor", Membership),
        "identifiers": ("actor_identifiers.csv", "actor", Identifier),
    },
    "projects.csv": {
        "status_events": ("project_status_events.csv", "project", StatusEvent),
        "funding": ("project_funding.csv", "project", Funding),
        "supporting_clusters": ("project_supporting_clusters.csv", "project", Support),
        "participations": ("project_participations.csv", "project", Participation),
        "assignments": ("project_assignments.csv", "project", Assignment),
    },
    "activities.csv": {
        "participations": ("activity_participations.csv", "activity", Participation),
        "assignments": ("activity_assignments.csv", "activity", Assignment),
    },
}


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries of a folder, by kind, in the order of the files."""

    actors: list[ActorEntry]
    projects: list[ProjectEntry]
    activities: list[ActivityEntry]
    stories: list[StoryEntry]
    macro_values: list[MacroEntry]
    texts: list[TextEntry]
    notes: list[NoteEntry]
    silent: tuple[str, ...]
    """Parts of actors of which the folder says nothing, because their files are missing."""


def build_entries(rows: Rows, folder: Path) -> Entries:
    """Return the entries, with the pictures that lie in the folder.

    Raises RefusedError where a row belongs to no record of the folder, or a picture is missing.
    """
    refusals = list(_without_owner(rows))
    pictures = {row.place: read_picture(folder, row, refusals) for row in rows["success_stories.yaml"]}
    refuse_all(refusals)
    return Entries(
        actors=_records(rows, "actors.csv", ActorEntry),
        projects=_records(rows, "projects.csv", ProjectEntry),
        activities=_records(rows, "activities.csv", ActivityEntry),
        stories=[_story(row, pictures[row.place]) for row in rows["success_stories.yaml"]],
        macro_values=[_item(row, MacroEntry) for row in rows["macro_values.csv"]],
        texts=[_item(row, TextEntry) for row in rows["edition_texts.yaml"]],
        silent=tuple(name for name, (file, *_) in _PARTS["actors.csv"].items() if file not in rows),
        notes=[_item(row, NoteEntry) for row in rows["interview_notes.yaml"]],
    )


def _without_owner(rows: Rows) -> Iterator[Refusal]:
    for owners, parts in _PARTS.items():
        codes = {row.values["code"] for row in rows[owners]}
        for file, owner, _ in parts.values():
            for row in rows.get(file, []):
                code = row.values[owner]
                if code not in codes:
                    yield NO_OWNER.refuse(code, f"{code} in {owners}", field=owner, place=row.place)


def _records(rows: Rows, file: str, entry: type[I]) -> list[I]:
    parts = {name: _by_owner(rows.get(file, []), owner, item) for name, (file, owner, item) in _PARTS[file].items()}
    return [
        _item(row, entry, {name: tuple(found[row.values["code"]]) for name, found in parts.items()})
        for row in rows[file]
    ]


def _by_owner(rows: list[Row], owner: str, item: type[Item]) -> defaultdict[str, list[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for row in rows:
        found[row.values[owner]].append(_item(row, item))
    return found


def _story(row: Row, pictures: tuple[StoryImage, ...]) -> StoryEntry:
    terms = tuple(StoryTerm(term=term, place=row.place) for term in row.values["terms"])
    return _item(row, StoryEntry, {"assignments": terms, "pictures": pictures})


def _item(row: Row, item: type[I], parts: Mapping[str, tuple[Item, ...]] | None = None) -> I:
    """Make an item of a row; an empty cell leaves the field's default."""
    recorded_on = row.values.get("recorded_on")
    values: dict[str, Any] = {
        name: row.values[name] for name in stored_fields(item) if row.values.get(name) is not None
    }
    return item(**values, **(parts or {}), place=row.place, recorded_at=moment_of(recorded_on) if recorded_on else None)
