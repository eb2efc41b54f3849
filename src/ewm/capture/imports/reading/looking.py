"""Tells, before a file is opened, whether it is small enough to be read while somebody waits."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from ewm.capture.imports.reading.container import DAMAGE, Kind, inspect
from ewm.capture.imports.reading.errors import TooManyCellsError
from ewm.capture.imports.reading.limits import LIMITS, PREVIEW_CELLS, Limits
from ewm.capture.imports.reading.texts import delimiter_of

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
    except TooManyCellsError as error:
        if error.cells > limits.cells:
            inspect(path, limits)  # refuses it there, with the limit that holds
        return Looked(None, large=True)
    return Looked(kind, large=_estimate(path, kind) > cells)


def _estimate(path: Path, kind: Kind) -> int:
    """Return about how many cells a file has whose container does not tell."""
    if kind is Kind.XLS:
        return path.stat().st_size // _XLS_CELL
    if kind is Kind.TEXT:
        with path.open("rb") as stream:
            return _cells_of(stream)
    if kind is Kind.TEXTS:
        with suppress(*DAMAGE), zipfile.ZipFile(path) as package:  # whoever reads it says where
            return sum(_cells_of(package.open(part)) for part in package.infolist() if not part.is_dir())
    return 0


def _cells_of(stream: IO[bytes]) -> int:
    """Return about how many cells a text has."""
    block = stream.read(_HEAD)
    delimiter, found = delimiter_of(block).encode(), 0
    while block:
        found += block.count(delimiter) + block.count(b"\n")
        block = stream.read(_BLOCK)
    return found
