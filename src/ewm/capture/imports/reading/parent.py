"""Starts the child, watches it as long as is allowed, and hands on what it read, row by row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.capture.imports.reading.blanks import copy_of
from ewm.capture.imports.reading.container import Kind, inspect
from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.limits import LIMITS, Limits
from ewm.capture.imports.reading.rows import Row, StoredRows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Tell = Callable[[int, int], None]

_WATCH = 0.2
"""Seconds between two looks at the child."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file; rows without any content are left out. ``sheets`` names all sheets."""

    kind: Kind
    sheet: str
    sheets: tuple[str, ...]
    rows: Sequence[Row] = field(repr=False)

    @property
    def cells(self) -> int:
        """How many cells were read."""
        return self.rows.cells if isinstance(self.rows, StoredRows) else sum(len(row.cells) for row in self.rows)


def read_table(path: Path, *, sheet: str = "", limits: Limits = LIMITS) -> Table:
    """Read one sheet: the named one, else the largest. All of its rows are held in memory.

    Raises UnreadableFileError that says where and why, and what to do; then nothing was read.
    """
    with tempfile.TemporaryDirectory(prefix="ewm-import-") as folder:
        table = read_to(Path(folder) / "rows", path, sheet=sheet, limits=limits)
        return Table(table.kind, table.sheet, table.sheets, tuple(table.rows))


def read_to(
    kept: Path,
    path: Path,
    *,
    kind: Kind | None = None,
    sheet: str = "",
    limits: Limits = LIMITS,
    tell: Tell | None = None,
) -> Table:
    """Read one sheet into the file ``kept``; its rows stay there and are read from it when they are needed.

    ``tell`` hears five times a second how many rows of how many are done (0 of 0: nobody knows yet); what it raises
    ends the reading. ``kind``: the file has been looked at before. Raises UnreadableFileError as ``read_table``.
    ``kept`` is there only where all went well.
    """
    kind = kind or inspect(path, limits)
    unfinished = kept.with_name(f"{kept.name}.unfinished")
    try:
        words = [kind.value, str(path.resolve()), str(unfinished.resolve()), json.dumps(asdict(limits)), sheet]
        _run(words, unfinished, limits, tell)
        table_kept(unfinished)
        unfinished.replace(kept)
    finally:
        for each in (unfinished, _progress(unfinished), copy_of(unfinished)):
            each.unlink(missing_ok=True)
    return table_kept(kept)


def table_kept(kept: Path) -> Table:
    """Return the table that ``read_to`` has left in a file; raises UnreadableFileError where it has no row."""
    rows = StoredRows(kept)
    if rows.error:
        raise UnreadableFileError(f"{rows.error} Übernommen wurde nichts.")
    if not rows:
        raise UnreadableFileError(
            "In der Datei steht keine Zeile. Bitte prüfen, ob das richtige Blatt gespeichert wurde."
        )
    return Table(Kind(rows.head["kind"]), rows.head["sheet"], tuple(rows.head["sheets"]), rows)


def _progress(out: Path) -> Path:
    return out.with_name(f"{out.name}.progress")


def _run(words: Sequence[str], out: Path, limits: Limits, tell: Tell | None) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH", "LANG", "LC_ALL"}
    }
    with tempfile.TemporaryFile() as said, subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "ewm.capture.imports.reading.child", *words, str(os.getpid())],
        env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=out.parent,
    ) as child:  # fmt: skip
        try:
            _watch(child, out, limits, tell)
        finally:
            child.kill()
    if child.returncode or not out.is_file():
        raise UnreadableFileError(
            "Die Datei bringt das Lesen zum Absturz: sie ist beschädigt oder braucht zu viel Arbeitsspeicher. "
            "Bitte die Daten in eine neue Datei kopieren."
        )


def _watch(child: subprocess.Popen[bytes], out: Path, limits: Limits, tell: Tell | None) -> None:
    """Wait until the child has ended; raises UnreadableFileError where it takes too long, and what ``tell`` raises."""
    end = time.monotonic() + limits.seconds
    while True:
        try:
            child.wait(min(_WATCH, max(end - time.monotonic(), 0)))
        except subprocess.TimeoutExpired:
            if tell:
                tell(*_done(out))
            if time.monotonic() >= end:
                raise UnreadableFileError(
                    f"Die Datei ließ sich in {limits.seconds:g} Sekunden nicht lesen. "
                    "Bitte teilen oder nur das Blatt mit den Daten speichern."
                ) from None
        else:
            return


def _done(out: Path) -> tuple[int, int]:
    """Return how many rows of how many the child has read."""
    try:
        done, total = _progress(out).read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0
