"""Write a snapshot: check every table, write it so that same data give same bytes, publish it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ewm.errors import Refusal, RefusedError
from ewm.snapshot import checks
from ewm.snapshot.arrow import arrow_schema, write_parquet
from ewm.snapshot.home import draft, find_snapshot, folder_name, locked, publish, read_info, snapshot_folders
from ewm.snapshot.manifest import (
    DATAPACKAGE,
    MANIFEST,
    Facts,
    FileEntry,
    SnapshotInfo,
    canonical,
    content_of,
    file_of,
    seal,
    sha256,
)
from ewm.snapshot.package import describe_package
from ewm.snapshot.picture_writing import write_pictures
from ewm.snapshot.schema import TABLES, Table
from ewm.snapshot.verify import hash_file, require_intact

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

Batches = Mapping[str, Iterable[pa.RecordBatch]]


def write_snapshot(
    *,
    folder: Path,
    cut_off: date,
    as_of: datetime | None,
    exported_at: datetime,
    programme_id: str,
    programme_version: str,
    programme_hash: str,
    methodology_hash: str,
    reporting_years: Sequence[int],
    left_out: Mapping[str, int],
    tables: Batches,
    pictures: Callable[[str], bytes | None] = lambda _: None,
) -> SnapshotInfo:
    """Write the tables of ``schema.TABLES`` into a new folder below ``folder``, the snapshots' home.

    ``tables`` gives record batches of ``arrow_schema`` for every table, rows in any order, ``pictures`` the bytes of a
    picture that they name by SHA-256. ``as_of`` and ``exported_at`` carry a time zone. Where the last snapshot of this
    cut-off already holds the same content, nothing is written and its info comes back with ``already_there``.

    Raises RefusedError (table, key, column, rule) where a table breaks the contract, TamperedError where an
    existing snapshot is damaged, EwmError while another run writes; in all these cases nothing becomes visible.
    """
    facts = Facts(
        cut_off=cut_off,
        as_of=as_of,
        programme_id=programme_id,
        programme_version=programme_version,
        programme_hash=programme_hash,
        methodology_hash=methodology_hash,
        reporting_years=tuple(sorted(reporting_years)),
        left_out=left_out,
    )
    _refuse_unknown_tables(tables)
    with locked(folder), draft(folder) as partial:
        files = _write_tables(partial, tables, facts.reporting_years)
        files |= write_pictures(partial, files, pictures)
        files[DATAPACKAGE] = _write_package(partial, facts, files)
        return _publish(partial, cut_off, content_of(facts, files), exported_at)


def _write_package(partial: Path, facts: Facts, files: Mapping[str, FileEntry]) -> FileEntry:
    package = describe_package(facts, files)
    (partial / DATAPACKAGE).write_bytes(package)
    return FileEntry(sha256(package), len(package), rows=None)


def _publish(partial: Path, cut_off: date, content: dict[str, Any], exported_at: datetime) -> SnapshotInfo:
    home = partial.parent
    content_hash = sha256(canonical(content))
    existing = _existing(home, cut_off, content_hash)
    if existing is not None:
        return existing
    chain = [read_info(folder) for folder in snapshot_folders(home)]
    previous = max(chain, key=lambda info: info.sequence, default=None)
    sequence = previous.sequence + 1 if previous else 1
    name = folder_name(cut_off, content_hash)
    if (home / name).exists():
        # The same data return after others were written in between: a snapshot of its own, so the latest is right.
        name = f"{name}_{sequence}"
    manifest = seal(name=name, content=content, exported_at=exported_at, previous=previous, sequence=sequence)
    (partial / MANIFEST).write_bytes(manifest)
    publish(partial, home / name)
    return read_info(home / name)


def _existing(home: Path, cut_off: date, content_hash: str) -> SnapshotInfo | None:
    if not any(folder.name.startswith(cut_off.isoformat()) for folder in snapshot_folders(home)):
        return None
    latest = find_snapshot(home, cut_off=cut_off)
    if read_info(latest).content_hash != content_hash:
        return None
    return replace(require_intact(latest), already_there=True)


def _refuse_unknown_tables(tables: Batches) -> None:
    refusals = [
        Refusal(name, "", "missing_table", "Diese Tabelle fehlt; sie darf leer sein")
        for name in TABLES
        if name not in tables
    ]
    refusals += [
        Refusal(name, "", "unknown_table", "Diese Tabelle gibt es im Datenstand nicht")
        for name in tables
        if name not in TABLES
    ]
    if refusals:
        raise RefusedError(refusals)


# Whatever a table refers to is known before the table comes; terms and clusters refer to each other.
_FIRST = ("clusters", "terms")


def _write_tables(partial: Path, tables: Batches, years: tuple[int, ...]) -> dict[str, FileEntry]:
    refusals: list[Refusal] = []
    keys = checks.Keys()
    first = {name: _collect(TABLES[name], tables[name], refusals) for name in _FIRST}
    for name, data in first.items():
        keys.remember(TABLES[name], data)
    files: dict[str, FileEntry] = {}
    for name, table in TABLES.items():
        data = first[name] if name in first else _collect(table, tables[name], refusals)
        if data is None:
            continue
        keys.remember(table, data)
        refusals += keys.dangling(table, data)
        refusals += _wrong_years(data, years) if name == "years" else []
        if not refusals and (data.num_rows or not table.later):
            files[file_of(name)] = _write_table(table, data, partial / file_of(name))
    if refusals:
        raise RefusedError(refusals)
    return files


def _collect(table: Table, batches: Iterable[pa.RecordBatch], refusals: list[Refusal]) -> pa.Table | None:
    """All rows of a table, sorted by key; ``None`` where the structure is wrong. Adds what it refuses."""
    schema = pa.schema([field.with_nullable(nullable=True) for field in arrow_schema(table)])
    good: list[pa.RecordBatch] = []
    for batch in batches:
        found = list(checks.structure(table, batch))
        if found:
            refusals += found
            return None
        good.append(batch.select(schema.names).replace_schema_metadata(None).cast(schema))
    data = checks.sort_by_key(table, pa.Table.from_batches(good, schema=schema).combine_chunks())
    refusals += checks.nulls(table, data)
    refusals += checks.duplicates(table, data)
    refusals += checks.cycles(table, data)
    return data


def _wrong_years(data: pa.Table, years: tuple[int, ...]) -> list[Refusal]:
    found = tuple(data["reporting_year"].to_pylist())
    if found == years:
        return []
    message = f"Die Tabelle hat die Jahre {list(found)}, angekündigt sind {list(years)}"
    return [Refusal("years", "reporting_year", "reporting_years", message)]


def _write_table(table: Table, data: pa.Table, path: Path) -> FileEntry:
    write_parquet(data.cast(arrow_schema(table)), path)
    return FileEntry(hash_file(path), path.stat().st_size, data.num_rows)
