"""Starts the child, waits for it as long as is allowed, and hands on what it read, row by row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.reading.container import inspect
from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.limits import LIMITS, Limits

if TYPE_CHECKING:
    from ewm.capture.imports.reading.container import Kind

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, counted from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file; rows without any content are left out. ``sheets`` names all sheets."""

    kind: Kind
    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def cells(self) -> int:
        """How many cells were read."""
        return sum(len(row.cells) for row in self.rows)


def read_table(path: Path, *, sheet: str = "", limits: Limits = LIMITS) -> Table:
    """Read one sheet: the named one, else the largest.

    Raises UnreadableFileError that says where and why, and what to do; then nothing was read.
    """
    kind = inspect(path, limits)
    with tempfile.TemporaryDirectory(prefix="ewm-import-") as folder:
        out = Path(folder) / "rows"
        _run(kind, path, out, sheet, limits)
        return _read(kind, out)


def _run(kind: Kind, path: Path, out: Path, sheet: str, limits: Limits) -> None:
    words = [kind.value, str(path.resolve()), str(out), json.dumps(asdict(limits)), sheet]
    command = [sys.executable, "-m", "ewm.capture.imports.reading.child", *words]
    environment = {
        name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH", "LANG", "LC_ALL"}
    }
    try:
        ended = subprocess.run(  # noqa: S603 (our own module)
            command, env=environment, capture_output=True, timeout=limits.seconds, check=False, cwd=out.parent
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(
            f"Die Datei ließ sich in {limits.seconds:g} Sekunden nicht lesen. "
            "Bitte teilen oder nur das Blatt mit den Daten speichern."
        ) from None
    if ended.returncode or not out.is_file():
        raise UnreadableFileError(
            "Die Datei bringt das Lesen zum Absturz: sie ist beschädigt oder braucht zu viel Arbeitsspeicher. "
            "Bitte die Daten in eine neue Datei kopieren."
        )


def _read(kind: Kind, out: Path) -> Table:
    head: dict[str, Any] = {}
    rows = []
    with out.open(encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            if isinstance(entry, dict):
                if "error" in entry:
                    raise UnreadableFileError(f"{entry['error']} Übernommen wurde nichts.")
                head = entry
            else:
                rows.append(Row(entry[0], tuple(map(_cell, entry[1]))))
    if not rows:
        raise UnreadableFileError(
            "In der Datei steht keine Zeile. Bitte prüfen, ob das richtige Blatt gespeichert wurde."
        )
    return Table(kind, head["sheet"], tuple(head["sheets"]), tuple(rows))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["d"]) if "d" in value else datetime.fromisoformat(value["t"])
    return value  # type: ignore[no-any-return]
