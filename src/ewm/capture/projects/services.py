"""Write projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.projects.entries import PROJECT, ProjectEntry
from ewm.capture.projects.rules import check_project
from ewm.capture.serving import CHANGED, CREATED, Service, refused_when_overtaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.taxonomies.catalogue import Catalogue

_SERVICE = Service(PROJECT, check_project)


@refused_when_overtaken
def projects_create(
    *, entries: Sequence[ProjectEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create projects with statuses, funding, supporting clusters, partners and assignments.

    Returns the ids in the order given. Raises RefusedError with everything that is wrong with any of them; then none
    is created.
    """
    return _SERVICE.create(entries, catalogue=catalogue, reason=reason)


def project_update(*, entry: ProjectEntry, version: int, reason: str = CHANGED) -> int:
    """Bring the project with the entry's code to what the entry says; returns the new version.

    Raises RefusedError where a rule is broken or there is no such project, ConflictError where it no longer has
    ``version``.
    """
    return _SERVICE.change(entry, version=version, reason=reason)


def projects_update(
    *, changes: Sequence[tuple[ProjectEntry, int]], reason: str = CHANGED, given: bool | None = None
) -> list[int]:
    """Bring many stored projects, each if it still has its version, to what these say; returns their new versions.

    ``given``: whether somebody gave the reason (None: unless it says nothing). Raises as ``project_update``, with
    everything that is wrong with any of them; then none is changed.
    """
    return _SERVICE.change_all(changes, reason=reason, given=given)
