"""Rows of a table: held in a file and read again whenever they are asked for, so that a large one takes no memory."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, counted from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


class StoredRows(Sequence[Row]):
    """Rows of a file that ``child`` has written. The file must stay as long as they are read.

    Eight bytes per row are held: where its line begins.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.head: dict[str, Any] = {}
        self.error = ""
        self.cells = 0
        self._starts = array("Q")
        self._scan()

    def _scan(self) -> None:
        at = 0
        with self._path.open("rb") as stream:
            for line in stream:
                if line.startswith(b"["):
                    self._starts.append(at)
                else:
                    self._take(json.loads(line))
                at += len(line)

    def _take(self, entry: dict[str, Any]) -> None:
        if "error" in entry:
            self.error = entry["error"]
        elif "cells" in entry:
            self.cells = entry["cells"]
        else:
            self.head = entry

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        """Return one row or some: those of a slice are read together."""
        if isinstance(at, slice):
            first, last, step = at.indices(len(self))
            if step == 1:
                return tuple(islice(self._from(first), max(last - first, 0)))
            return tuple(self[each] for each in range(first, last, step))
        try:
            start = self._starts[at]
        except IndexError:
            raise IndexError(f"row {at} of {len(self)}") from None
        with self._path.open("rb") as stream:
            stream.seek(start)
            return _row(stream.readline())

    def __iter__(self) -> Iterator[Row]:
        """Read every row once, one after the other."""
        return self._from(0)

    def _from(self, first: int) -> Iterator[Row]:
        if first >= len(self):
            return
        with self._path.open("rb") as stream:
            stream.seek(self._starts[first])
            for line in stream:
                if line.startswith(b"["):
                    yield _row(line)


def _row(line: bytes) -> Row:
    number, cells = json.loads(line)
    return Row(number, tuple(map(_cell, cells)))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["d"]) if "d" in value else datetime.fromisoformat(value["t"])
    return value  # type: ignore[no-any-return]
