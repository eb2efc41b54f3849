"""The description that travels with a snapshot: a Data Package (Frictionless), readable without this software."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.snapshot.manifest import Facts, FileEntry, canonical, file_of
from ewm.snapshot.pictures import MEDIA_TYPES, is_picture_file
from ewm.snapshot.schema import TABLES, Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: dict[ColumnType, str] = {
    "int64": "integer",
    "int32": "integer",
    "text": "string",
    "date": "date",
    "bool": "boolean",
}


def describe_package(facts: Facts, files: Mapping[str, FileEntry]) -> bytes:
    """Bytes of ``datapackage.json``: one resource per table with schema and keys, one per picture, with SHA-256."""
    package = {
        "profile": "data-package",
        "name": f"{facts.programme_id}-{facts.cut_off.isoformat()}",
        "title": f"Datenstand {facts.programme_id} zum Stichtag {facts.cut_off.strftime('%d.%m.%Y')}",
        "resources": [
            *(
                _resource(table, files[file_of(table.name)])
                for table in TABLES.values()
                if file_of(table.name) in files
            ),
            *(_picture(name, files[name]) for name in sorted(files) if is_picture_file(name)),
        ],
    }
    return canonical(package)


def _resource(table: Table, entry: FileEntry) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "name": table.name,
        "description": table.description,
        "path": file_of(table.name),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": entry.bytes,
        "hash": f"sha256:{entry.sha256}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(table, column) for column in table.columns if _refers(table, column)],
        },
    }


def _picture(name: str, entry: FileEntry) -> dict[str, Any]:
    stem, _, ending = name.rpartition(".")
    return {
        "profile": "data-resource",
        "name": stem,
        "description": "Bild eines Erfolgsbeispiels",
        "path": name,
        "format": ending,
        "mediatype": next(kind for kind, found in MEDIA_TYPES.items() if found == ending),
        "bytes": entry.bytes,
        "hash": f"sha256:{entry.sha256}",
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.description,
        "constraints": {"required": not column.nullable},
    }


def _refers(table: Table, column: Column) -> bool:
    return column.target is not None and (column.target, (column.name,)) != (table.name, table.key)


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    target = TABLES[str(column.target)]
    # The standard spells a reference into the same table with an empty name.
    resource = "" if target is table else target.name
    return {"fields": [column.name], "reference": {"resource": resource, "fields": list(target.key)}}
