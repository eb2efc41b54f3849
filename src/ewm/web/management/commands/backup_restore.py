"""Restore a backup into an empty database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command

from ewm.config import load_config
from ewm.web.backup import backup_restore
from ewm.web.management.base import JsonCommand, as_json
from ewm.web.privacy.journal import repeat

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"created_at", "tables", "rows", "snapshots", "erased", "not_erased", "spelled"}``.

    The last three are numbers of accounts whose erasure was repeated, could not be, and waits for other spellings.
    """

    help = "Spielt eine Sicherung in eine leere Datenbank ein und vergleicht jede Tabelle mit ihr."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("path", type=Path)

    def handle(self, *_: Any, path: Path, progress: Progress | None = None, **__: Any) -> str:
        """Restore it; raises TamperedError, MissingError or EwmError, then nothing was restored."""
        config = load_config()
        config.data.mkdir(parents=True, exist_ok=True)
        done = backup_restore(path=path, snapshots=config.snapshots, progress=progress)
        call_command("createcachetable", verbosity=0)  # counters of wrong sign-ins, which an erasure empties
        again = repeat([config.data, path.parent], config.data)
        return as_json(
            created_at=done.created_at,
            tables=len(done.rows),
            rows=sum(done.rows.values()),
            snapshots=list(done.snapshots),
            erased=again.erased,
            not_erased=again.kept,
            spelled=again.spelled,
        )
