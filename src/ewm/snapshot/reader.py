"""Read a snapshot: first prove that every byte is as it was written, then offer its tables to DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import MissingError
from ewm.snapshot.manifest import SnapshotInfo, file_of
from ewm.snapshot.schema import TABLES, Table
from ewm.snapshot.verify import require_intact

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A verified snapshot: its folder and what its manifest says."""

    path: Path
    info: SnapshotInfo

    @property
    def hash(self) -> str:
        """Hash of the content: equal for equal data, cut-off, programme and methodology."""
        return self.info.content_hash

    def register(self, connection: duckdb.DuckDBPyConnection, *, schema: str = "main") -> None:
        """Make every table of the contract a view of the same name in ``schema``, which is created if missing."""
        connection.execute(f'create schema if not exists "{schema}"')
        for table in TABLES.values():
            connection.execute(f'create or replace view "{schema}"."{table.name}" as {self._select(table)}')

    def _select(self, table: Table) -> str:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        # Names come from the contract, the path is escaped.
        return f"select {columns} from read_parquet({_literal(self.path / file_of(table.name))})"  # noqa: S608


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in ``folder`` after comparing every byte with its manifest.

    Raises TamperedError (file, what is wrong, next step), or MissingError where there is no such folder.
    """
    if not folder.is_dir():
        raise MissingError(f"Den Datenstand {folder} gibt es nicht. Übersicht: ewm snapshot list")
    return Snapshot(folder, require_intact(folder))


def _literal(path: Path) -> str:
    """SQL literal of one path; characters that DuckDB would take for a pattern stand in brackets."""
    escaped = "".join(f"[{char}]" if char in "*?[" else char for char in str(path.resolve()))
    return "'" + escaped.replace("'", "''") + "'"
