"""Tells, before a file is opened, whether it is small enough to be read while somebody waits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ewm.capture.imports.reading.child import delimiter_of
from ewm.capture.imports.reading.container import Kind, inspect
from ewm.capture.imports.reading.errors import TooManyCellsError
from ewm.capture.imports.reading.limits import LIMITS, PREVIEW_CELLS, Limits

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = 1 << 20
_HEAD = 1 << 18
_XLS_CELL = 12
"""Bytes that a cell takes in an xls, on average and at least."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is; ``large``: above PREVIEW_CELLS, to be read in the background, where its rest is inspected."""

    kind: Kind | None
    large: bool


def look_at(path: Path, *, limits: Limits = LIMITS, cells: int = PREVIEW_CELLS) -> Looked:
    """Look at a file from outside, no further than to the cell that makes it large.

    Raises UnreadableFileError where it is no table or not safe to open.
    """
    try:
        kind = inspect(path, replace(limits, cells=min(cells, limits.cells)))
    except TooManyCellsError:
        return Looked(None, large=True)
    return Looked(kind, large=_estimate(path, kind) > cells)


def _estimate(path: Path, kind: Kind) -> int:
    """Return about how many cells a file has whose container does not tell."""
    if kind is Kind.XLS:
        return path.stat().st_size // _XLS_CELL
    if kind is not Kind.TEXT:
        return 0
    found = 0
    with path.open("rb") as stream:
        delimiter = delimiter_of(stream.read(_HEAD)).encode()
        stream.seek(0)
        while block := stream.read(_BLOCK):
            found += block.count(delimiter) + block.count(b"\n")
    return found
