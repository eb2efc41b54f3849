"""What a snapshot already holds is changed only with a reason.

A record lies in a snapshot where it began by its cut-off and was known by its state of knowledge. A new dated row after
the cut-off (the next status) changes nothing that was published and needs no reason. Asked of people and other
programs (form, API, import), not of commands; nor of what is written for one edition, which is signed off itself.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from ewm.capture.acting import Channel, acting
from ewm.capture.entries import Item
from ewm.capture.places import changed_places
from ewm.capture.refusing import Rule, german, german_day_of
from ewm.config import load_config
from ewm.snapshot.home import read_info, snapshot_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.capture.shapes import Shape, Stored
    from ewm.errors import Refusal
    from ewm.snapshot.manifest import SnapshotInfo

E = TypeVar("E", bound=Item)

REASON_FOR_PUBLISHED = Rule(
    "reason_for_published",
    "reason",
    "Der Eintrag steht schon in einem Datenstand",
    "Bitte einen Grund für die Änderung angeben.",
)
_BEGINS = ("support_start", "activity_start")


@lru_cache(maxsize=256)
def _info(folder: Path) -> SnapshotInfo:
    """Read a manifest once: a snapshot never changes."""
    return read_info(folder)


def snapshot_with(shape: Shape[E], stored: Stored[E]) -> SnapshotInfo | None:
    """Return the snapshot with the latest cut-off that holds the record as it is stored; None where none does."""
    infos = [_info(folder) for folder in snapshot_folders(load_config().snapshots)]
    if not infos:
        return None
    begin = next((getattr(stored.entry, name) for name in _BEGINS if hasattr(stored.entry, name)), date.min)
    known = shape.model.history.filter(id=stored.id).values_list("history_date", flat=True).last()
    holding = [info for info in infos if begin <= info.cut_off and known <= (info.as_of or info.exported_at)]
    return max(holding, key=lambda info: (info.cut_off, info.sequence), default=None)


def refuse_without_reason(shape: Shape[E], stored: Stored[E], entry: E, *, given: bool) -> Iterator[Refusal]:
    """Yield a refusal where something published changes and nobody says why."""
    if given or acting().channel is Channel.COMMAND or "reporting_year" in shape.columns:
        return
    snapshot = snapshot_with(shape, stored)
    if snapshot is None:
        return
    changed = changed_places(shape, stored.entry, entry)
    if any(not _lies_after(snapshot.cut_off, before, place.key) for place, before, _ in changed):
        days = f"Stichtag {german(snapshot.cut_off)}, geschrieben am {german_day_of(snapshot.exported_at)}"
        yield REASON_FOR_PUBLISHED.refuse(shape.label(entry), days)


def _lies_after(cut_off: date, before: Any, key: tuple[Any, ...] | None) -> bool:
    """Tell whether a place is a new row that begins after the cut-off."""
    return key is not None and before == () and any(isinstance(each, date) and each > cut_off for each in key)
