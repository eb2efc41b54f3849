"""Write a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.config import load_config
from ewm.web.backup import backup_create
from ewm.web.management.base import JsonCommand, as_json
from ewm.web.privacy.journal import share

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"path", "bytes", "created_at", "tables", "rows", "snapshots"}``."""

    help = "Sichert alle Tabellen und Datenstände in eine Datei, auch während andere arbeiten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--to", type=Path, help="Ordner; sonst backups im Datenordner")

    def handle(self, *_: Any, to: Path | None = None, progress: Progress | None = None, **__: Any) -> str:
        """Write the backup."""
        config = load_config()
        folder = to or config.data / "backups"
        made = backup_create(folder=folder, snapshots=config.snapshots, progress=progress)
        share(config.data, folder)
        return as_json(
            path=str(made.path),
            bytes=made.path.stat().st_size,
            created_at=made.manifest.created_at,
            tables=len(made.manifest.tables),
            rows=sum(each.rows for each in made.manifest.tables.values()),
            snapshots=len({name.split("/")[0] for name in made.manifest.files if "/" in name}),
        )
