"""Read a snapshot: first prove that every byte is as it was written, then offer its tables to DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import MissingError, TamperedError
from ewm.snapshot.corrections import Correction, corrected, hash_corrections, load_corrections
from ewm.snapshot.editorial import stories_without_picture
from ewm.snapshot.schema import TABLES
from ewm.snapshot.verify import require_intact

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from ewm.snapshot.manifest import SnapshotInfo


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

    def register(self, connection: duckdb.DuckDBPyConnection, *, schema: str = "main") -> None:
        """Make every table of the contract a view in ``schema`` (created if missing), corrections in place."""
        connection.execute("set parquet_metadata_cache = true")  # no file of a snapshot ever changes
        connection.execute(f'create schema if not exists "{schema}"')
        for table in TABLES.values():
            select = corrected(self.path, table, self.corrections)
            connection.execute(f'create or replace view "{schema}"."{table.name}" as {select}')

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
        if stories := stories_without_picture(folder):
            raise TamperedError(f"{error}\nOhne ihr Bild: Erfolgsbeispiel {', '.join(stories)}.") from error
        raise
