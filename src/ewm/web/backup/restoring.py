"""Restore a backup into an empty database of either kind, row by row, and prove that every row is there."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ewm.errors import EwmError, MissingError, TamperedError
from ewm.snapshot.home import draft, locked, publish
from ewm.web.backup.package import SNAPSHOTS, opened, table_name
from ewm.web.backup.tables import continue_numbers, count, empty, models_at, read_rows
from ewm.web.upgrading import upgrade

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable
    from pathlib import Path

    from ewm.web.backup.package import Manifest

    Tell = Callable[[str, int, int], None]

OWN = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Tables that Django fills by itself."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup brought back: when it was made, rows by table, snapshots by name."""

    created_at: str
    rows: dict[str, int]
    snapshots: tuple[str, ...]


def backup_restore(*, path: Path, snapshots: Path, progress: Tell | None = None) -> Restored:
    """Bring an empty database to what a backup holds, then up to this version; add the snapshots that are missing.

    Raises TamperedError for a backup that is not whole, EwmError where the database holds tables already, MissingError
    for a backup of a later version. A run that fails or is killed leaves tables without a row; it can be repeated.
    """
    tell = progress or (lambda *_: None)
    with opened(path) as (package, manifest):
        _refuse_later(manifest)
        _refuse_full()
        rows = _restore_tables(package, manifest, tell)
        added = _restore_snapshots(package, manifest, snapshots)
    upgrade()
    return Restored(manifest.created_at, rows, added)


def _refuse_later(manifest: Manifest) -> None:
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    unknown = sorted(set(manifest.state) - known)
    if unknown:
        raise MissingError(
            f"Die Sicherung stammt aus EWM {manifest.version} und braucht Tabellen, die dieses EWM nicht kennt "
            f"({', '.join('.'.join(each) for each in unknown)}). Bitte zuerst EWM aktualisieren."
        )


def _refuse_full() -> None:
    full = [table for table in connection.introspection.table_names() if table not in OWN and _has_rows(table)]
    if full:
        where = connection.settings_dict["NAME"]
        raise EwmError(
            f"Die Datenbank {where} ist nicht leer (Einträge in {', '.join(full[:3])}). Überschrieben wird nichts. "
            "Bitte eine leere Datenbank angeben (EWM_DATA oder EWM_DATABASE_URL) oder die Datei vorher umbenennen."
        )


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 (own names)
        return cursor.fetchone() is not None


def _restore_tables(package: zipfile.ZipFile, manifest: Manifest, tell: Tell) -> dict[str, int]:
    models = models_at(manifest.state)
    labels = {model._meta.label_lower for model in models}
    if labels != set(manifest.tables):
        odd = ", ".join(sorted(labels ^ set(manifest.tables)))
        raise TamperedError(
            f"Die Sicherung hat nicht die Tabellen, die ihr Stand verlangt: {odd}. Es wurde nichts getan."
        )
    upgrade(manifest.state)
    rows = {}
    with transaction.atomic():
        empty(models)
        for done, model in enumerate(models):
            tell("Tabellen werden wiederhergestellt", done, len(models))
            label = model._meta.label_lower
            with package.open(table_name(label)) as lines:
                rows[label] = read_rows(model, lines)
        continue_numbers(models)
        for model in models:
            if count(model) != manifest.tables[model._meta.label_lower]:
                raise TamperedError(
                    f"Tabelle {model._meta.label_lower}: nach dem Einspielen steht dort anderes als in der Sicherung. "
                    "Es wurde nichts übernommen."
                )
    return rows


def _restore_snapshots(package: zipfile.ZipFile, manifest: Manifest, home: Path) -> tuple[str, ...]:
    names = sorted({name.split("/")[0] for name in manifest.files if "/" in name})
    added = []
    with locked(home):
        for name in names:
            if (home / name).exists():
                continue
            with draft(home) as folder:
                _unpack(package, manifest, name, folder)
                publish(folder, home / name)
            added.append(name)
    return tuple(added)


def _unpack(package: zipfile.ZipFile, manifest: Manifest, name: str, folder: Path) -> None:
    for file in manifest.files:
        if file.startswith(f"{name}/"):
            target = folder / file.removeprefix(f"{name}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with package.open(f"{SNAPSHOTS}{file}") as source, target.open("wb") as stream:
                shutil.copyfileobj(source, stream)
                stream.flush()
                os.fsync(stream.fileno())
