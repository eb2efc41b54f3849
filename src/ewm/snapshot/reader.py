"""Read a snapshot: first prove that every byte is as it was written, then offer its tables to DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import MissingError, TamperedError
from ewm.snapshot.corrections import Correction, corrected, hash_corrections, load_corrections
from ewm.snapshot.schema import TABLES
from ewm.snapshot.verify import require_intact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

    from ewm.snapshot.manifest import SnapshotInfo

SMALL = 20_000
"""Rows up to which a whole table is read in the time in which its file is opened for a few questions."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A verified snapshot: its folder, what its manifest says, and the corrections declared for it."""

    path: Path
    info: SnapshotInfo
    corrections: tuple[Correction, ...]

    @property
    def hash(self) -> str:
        """Hash of the content: equal for equal data, cut-off, programme and methodology."""
        return self.info.content_hash

    @property
    def corrections_hash(self) -> str:
        """Hash of the corrections; results depend on it as they depend on the snapshot's own."""
        return hash_corrections(self.corrections)

    @property
    def is_small(self) -> bool:
        """Whether a question is answered sooner by one thread than handed to several."""
        return sum(self.info.rows.values()) <= 5 * SMALL

    def register(self, connection: duckdb.DuckDBPyConnection, *, schema: str = "main") -> None:
        """Make every table of the contract a view in ``schema`` (created if missing), corrections in place."""
        views = [
            f'create or replace view "{schema}"."{table.name}" as {corrected(self.path, table, self.corrections)}'
            for table in TABLES.values()
        ]
        # No file of a snapshot ever changes, so what it says of itself is read once.
        first = ["set parquet_metadata_cache = true", f'create schema if not exists "{schema}"']
        connection.execute(";\n".join([*first, *views]))

    def offer(self, connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
        """Make these tables of the contract ready for one question, which looks at each of them several times.

        A small one is copied into the connection's memory; of a large one only what is asked for is read from its file.
        """
        made = []
        for name in names:
            kind = "table" if self.info.rows[name] <= SMALL else "view"
            made.append(f'create or replace {kind} "{name}" as {corrected(self.path, TABLES[name], self.corrections)}')
        connection.execute(";\n".join(["set parquet_metadata_cache = true", *made]))

    def load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Copy every table of the contract into the connection's memory, for many small questions in a row."""
        for table in TABLES.values():
            select = corrected(self.path, table, self.corrections)
            connection.execute(f'create or replace table "{table.name}" as {select}')


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in ``folder`` after comparing every byte with its manifest.

    Raises TamperedError (file, what is wrong, next step), ContentError where a declared correction is wrong, or
    MissingError where there is no such folder.
    """
    if not folder.is_dir():
        raise MissingError(f"Den Datenstand {folder} gibt es nicht. Übersicht: ewm snapshot list")
    # Corrections lie beside the folder itself, wherever a link to it may stand.
    path = folder.resolve()
    return Snapshot(path, _require_intact(path), load_corrections(path))


def _require_intact(folder: Path) -> SnapshotInfo:
    """Return what the manifest says; a refusal names the stories that lost their picture, too."""
    try:
        return require_intact(folder)
    except TamperedError as error:
        from ewm.snapshot.editorial import stories_without_picture  # noqa: PLC0415 (hardly ever needed)

        if stories := stories_without_picture(folder):
            raise TamperedError(f"{error}\nOhne ihr Bild: Erfolgsbeispiel {', '.join(stories)}.") from error
        raise
