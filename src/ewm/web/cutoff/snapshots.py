"""The snapshots of this installation, each with its state and the one to compare it with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.config import load_config
from ewm.snapshot.home import snapshot_folders
from ewm.snapshot.verify import inspect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.snapshot.manifest import SnapshotInfo

SHOWN = 30
"""Every byte of those that are listed is verified."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot as the list shows it; ``info`` is None where its manifest cannot be read."""

    name: str
    info: SnapshotInfo | None
    problems: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        """Tell whether every byte is as it was written."""
        return self.info is not None and not self.problems


def listed() -> list[Listed]:
    """Return the snapshots, newest first."""
    found = []
    for folder in snapshot_folders(load_config().snapshots):
        info, problems = inspect(folder)
        found.append(Listed(folder.name, info, tuple(map(str, problems))))
    found.sort(key=lambda each: each.info.sequence if each.info else 0, reverse=True)
    return found[:SHOWN]


def before(name: str, among: Iterable[Listed]) -> Listed | None:
    """Return the intact snapshot to compare one with: the last earlier one of the same cut-off, else of any."""
    every = [each for each in among if each.is_intact]
    this = next((each.info for each in every if each.name == name), None)
    if this is None:
        return None
    earlier = [each for each in every if each.info and each.info.sequence < this.sequence]
    same = [each for each in earlier if each.info and each.info.cut_off == this.cut_off]
    return next(iter(same or earlier), None)
