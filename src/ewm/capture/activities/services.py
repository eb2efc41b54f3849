"""Write activities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.activities.entries import ACTIVITY, ActivityEntry
from ewm.capture.activities.rules import check_activity
from ewm.capture.serving import CHANGED, CREATED, Service, refused_when_overtaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ewm.capture.taxonomies.catalogue import Catalogue

_SERVICE = Service(ACTIVITY, check_activity)


@refused_when_overtaken
def activities_create(
    *, entries: Sequence[ActivityEntry], catalogue: Catalogue | None = None, reason: str = CREATED
) -> list[int]:
    """Create activities with partners and assignments.

    Returns the ids in the order given. Raises RefusedError with everything that is wrong with any of them; then none
    is created.
    """
    return _SERVICE.create(entries, catalogue=catalogue, reason=reason)


def activity_update(*, entry: ActivityEntry, version: int, reason: str = CHANGED) -> int:
    """Bring the activity with the entry's code to what the entry says; returns the new version.

    Raises RefusedError where a rule is broken or there is no such activity, ConflictError where it no longer has
    ``version``.
    """
    return _SERVICE.change(entry, version=version, reason=reason)


def activities_update(
    *, changes: Sequence[tuple[ActivityEntry, int]], reason: str = CHANGED, given: bool | None = None
) -> list[int]:
    """Bring many stored activities, each if it still has its version, to what these say; returns their new versions.

    ``given``: whether somebody gave the reason (None: unless it says nothing). Raises as ``activity_update``, with
    everything that is wrong with any of them; then none is changed.
    """
    return _SERVICE.change_all(changes, reason=reason, given=given)
