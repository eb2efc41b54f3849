"""Starts the steps that may take long: at once where somebody can wait for them, else in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.imports.known import is_own
from ewm.capture.imports.models import Import, State
from ewm.capture.imports.profiles import profile_from_json
from ewm.capture.imports.running import (
    applies_at_once,
    enqueue_applying,
    enqueue_finding,
    enqueue_reading,
    finds_at_once,
    reads_at_once,
)
from ewm.capture.imports.services import import_apply, import_map, import_read, import_table
from ewm.capture.imports.views.frame import mark_of
from ewm.capture.imports.views.mapping import ColumnsPage, Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.profiles import Profile


def read(imported: Import, sheet: str = "") -> Import:
    """Read the file; raises UnreadableFileError where somebody waits for it and it cannot be read."""
    if reads_at_once(imported.pk):
        return import_read(imported=imported.pk, sheet=sheet)
    return enqueue_reading(imported.pk, sheet)


def map_at_once(imported: Import) -> Import:
    """Go on to the rows where the layout is known and leaves nothing to ask."""
    if imported.state != State.MAPPING or imported.profile is None:
        return imported
    table, profile = import_table(imported=imported.pk), profile_from_json(imported.profile)
    if is_own(profile):
        return find(imported, profile, {})
    page = ColumnsPage(table, Draft(profile, imported.answers), [profile], mark_of(imported))
    return imported if page.problems else find(imported, profile, {})


def find(imported: Import, profile: Profile, answers: Mapping[str, str]) -> Import:
    """Find the records of the file; raises RefusedError where that makes no sense any more."""
    if finds_at_once(imported):
        return import_map(imported=imported.pk, profile=profile, answers=answers)
    return enqueue_finding(imported.pk, profile, answers)


def write(imported: Import, account: int | None, reason: str = "") -> Import:
    """Take everything over; raises RefusedError where nothing was."""
    if applies_at_once(imported):
        return import_apply(imported=imported.pk, account=account, reason=reason)
    return enqueue_applying(imported.pk, account, reason)
