"""Load a folder of record tables into the database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.capture.records import records_load
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"folder", "kinds": [{"kind", "added": [codes], "changed", "unchanged": number, "only_stored"}]}``."""

    help = "Lädt einen Ordner mit Einträgen (CSV, YAML)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path, help="Ordner mit den Tabellen")

    def handle(self, *_: Any, folder: Path, progress: Progress | None = None, **__: Any) -> str:
        """Load and tell what was added and changed."""
        loaded = records_load(folder=Path(folder), progress=progress)
        return as_json(folder=str(folder), kinds=[asdict(kind) for kind in loaded])
