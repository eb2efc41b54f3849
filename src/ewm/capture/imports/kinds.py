"""The kinds of records that imports write: their shape, their services, how their codes begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.activities.rules import check_activity
from ewm.capture.activities.services import activities_create, activities_update
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.quick import CODE_START
from ewm.capture.actors.rules import check_actor
from ewm.capture.actors.services import actors_create, actors_update
from ewm.capture.codes import beginning
from ewm.capture.imports.found import RecordKind
from ewm.capture.projects.entries import PROJECT
from ewm.capture.projects.rules import check_project
from ewm.capture.projects.services import projects_create, projects_update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.shapes import Shape
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.errors import Refusal


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: ``start`` is the first day that its code tells, ``letter`` stands behind the year."""

    shape: Shape[Any]
    check: Callable[[Any, Catalogue], Iterator[Refusal]]
    create: Callable[..., list[int]]
    change: Callable[..., list[int]]
    start: str = ""
    letter: str = ""
    digits: int = 2

    def code_start(self, entry: Any) -> str:
        """Return what the code of a new record begins with: ``MET-2020-P``."""
        return beginning(entry.cluster, getattr(entry, self.start).year, self.letter) if self.start else CODE_START


KINDS: Mapping[RecordKind, Kind] = {
    RecordKind.ACTORS: Kind(ACTOR, check_actor, actors_create, actors_update, digits=4),
    RecordKind.PROJECTS: Kind(PROJECT, check_project, projects_create, projects_update, "support_start", "P"),
    RecordKind.ACTIVITIES: Kind(ACTIVITY, check_activity, activities_create, activities_update, "activity_start", "A"),
}
"""In the order in which they are written: the others name actors."""
