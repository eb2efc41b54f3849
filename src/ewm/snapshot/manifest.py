"""The manifest: what a snapshot says about itself, and the one spelling in which it says it.

``content`` is what the data determine: two exports of the same data have the same ``content`` and the same
``content_hash``. What only the occasion determines (``exported_at``, the place in the chain) stands beside it.
Every hash is SHA-256 over the canonical spelling, which is also the spelling on disk, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from ewm.snapshot.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "manifest.json"
DATAPACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a snapshot: SHA-256 in hex, size in bytes, rows (``None`` where it is no table)."""

    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotInfo:
    """What the manifest says. Times are UTC; ``left_out`` counts records that the cut-off excluded, by table.

    ``content_hash`` identifies the data (equal for equal data), ``manifest_hash`` this one export;
    ``already_there`` is true only on the answer of a writer that found the same data already written.
    """

    name: str
    schema_version: int
    cut_off: date
    as_of: datetime | None
    exported_at: datetime
    programme_id: str
    programme_version: str
    programme_hash: str
    methodology_hash: str
    reporting_years: tuple[int, ...]
    left_out: Mapping[str, int]
    files: Mapping[str, FileEntry]
    content_hash: str
    sequence: int
    previous_name: str | None
    previous_hash: str | None
    manifest_hash: str
    already_there: bool = field(default=False, compare=False)

    @property
    def rows(self) -> dict[str, int]:
        """Number of rows by table."""
        found = {name: self.files.get(file_of(name)) for name in TABLES}
        return {name: entry.rows or 0 if entry else 0 for name, entry in found.items()}


class ManifestError(ValueError):
    """The manifest is not what a writer of this version would have written; the German message says why."""


def file_of(table: str) -> str:
    """Name of the Parquet file of a table."""
    return f"{table}.parquet"


def expected_files() -> frozenset[str]:
    """Names of the files that every snapshot has, beside its manifest."""
    return frozenset({DATAPACKAGE, *(file_of(table.name) for table in TABLES.values() if not table.later)})


def canonical(value: object) -> bytes:
    """The one JSON spelling of a value: sorted keys, two spaces, UTF-8, newline at the end."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an exporter knows of a snapshot beside its tables; ``as_of`` carries its time zone."""

    cut_off: date
    as_of: datetime | None
    programme_id: str
    programme_version: str
    programme_hash: str
    methodology_hash: str
    reporting_years: tuple[int, ...]
    left_out: Mapping[str, int]


def content_of(facts: Facts, files: Mapping[str, FileEntry]) -> dict[str, Any]:
    """The part of a manifest that the data determine."""
    return {
        "schema_version": SCHEMA_VERSION,
        "cut_off": facts.cut_off.isoformat(),
        "as_of": _spell_time(facts.as_of) if facts.as_of else None,
        "programme": {"id": facts.programme_id, "version": facts.programme_version, "hash": facts.programme_hash},
        "methodology_hash": facts.methodology_hash,
        "reporting_years": list(facts.reporting_years),
        "left_out": dict(facts.left_out),
        "files": {
            name: {"sha256": entry.sha256, "bytes": entry.bytes, "rows": entry.rows} for name, entry in files.items()
        },
    }


def seal(
    *, name: str, content: dict[str, Any], exported_at: datetime, previous: SnapshotInfo | None, sequence: int
) -> bytes:
    """Bytes of the manifest file for this content at this place in the chain."""
    manifest: dict[str, Any] = {
        "name": name,
        "content": content,
        "content_hash": sha256(canonical(content)),
        "exported_at": _spell_time(exported_at),
        "chain": {
            "sequence": sequence,
            "previous": {"name": previous.name, "hash": previous.manifest_hash} if previous else None,
        },
    }
    return canonical({**manifest, "hash": sha256(canonical(manifest))})


def parse_manifest(raw: bytes) -> SnapshotInfo:
    """Read a manifest file; raises ManifestError unless every byte is what ``seal`` writes."""
    manifest = _load(raw)
    version = _schema_version(manifest)
    if version != SCHEMA_VERSION:
        raise ManifestError(
            f"Der Datenstand hat Schemaversion {version}, diese Fassung von ewm liest Version {SCHEMA_VERSION}"
        )
    own = manifest.pop("hash", None)
    if own != sha256(canonical(manifest)):
        raise ManifestError("Der Inhalt passt nicht zur eigenen Prüfsumme (hash)")
    try:
        info = _info(manifest, own)
        consistent = manifest["content_hash"] == sha256(canonical(manifest["content"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestError(f"Die Angaben sind unvollständig oder von falscher Art ({error})") from error
    if not consistent:
        raise ManifestError("Der Inhalt passt nicht zur Prüfsumme des Inhalts (content_hash)")
    return info


def _load(raw: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(raw.decode())
        spelling = canonical(manifest)
    except (ValueError, RecursionError) as error:
        raise ManifestError("Das ist kein lesbares JSON") from error
    if not isinstance(manifest, dict) or spelling != raw:
        raise ManifestError("Die Datei ist nicht so geschrieben, wie ewm sie schreibt")
    return manifest


def _schema_version(manifest: dict[str, Any]) -> object:
    content = manifest.get("content")
    return content.get("schema_version") if isinstance(content, dict) else None


def _info(manifest: dict[str, Any], own: str) -> SnapshotInfo:
    content, chain = manifest["content"], manifest["chain"]
    programme, previous = content["programme"], chain["previous"] or {"name": None, "hash": None}
    return SnapshotInfo(
        name=manifest["name"],
        schema_version=content["schema_version"],
        cut_off=date.fromisoformat(content["cut_off"]),
        as_of=datetime.fromisoformat(content["as_of"]) if content["as_of"] else None,
        exported_at=datetime.fromisoformat(manifest["exported_at"]),
        programme_id=programme["id"],
        programme_version=programme["version"],
        programme_hash=programme["hash"],
        methodology_hash=content["methodology_hash"],
        reporting_years=tuple(content["reporting_years"]),
        left_out=dict(content["left_out"]),
        files={name: FileEntry(**entry) for name, entry in content["files"].items()},
        content_hash=manifest["content_hash"],
        sequence=chain["sequence"],
        previous_name=previous["name"],
        previous_hash=previous["hash"],
        manifest_hash=own,
    )


def _spell_time(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
