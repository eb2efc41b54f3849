"""Write every record into one file for people or other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ewm.capture.dataset import Scope, dataset_write, form_of
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"path", "format", "bytes", "changed_at", "rows"}``: rows by table."""

    help = "Gibt alle Einträge aus, als XLSX, ODS, CSV oder Datenpaket."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the format, and what of the records."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--format", dest="form")
        parser.add_argument("--cluster", action="append", default=[])
        parser.add_argument("--as-of", type=datetime.fromisoformat)
        parser.add_argument("--with-notes", action="store_true")

    def handle(
        self,
        *_: Any,
        path: Path,
        form: str | None = None,
        cluster: Sequence[str] = (),
        as_of: datetime | None = None,
        with_notes: bool = False,
        progress: Progress | None = None,
        **__: Any,
    ) -> str:
        """Write the file; a moment without time zone is local time."""
        if as_of is not None and timezone.is_naive(as_of):
            as_of = timezone.make_aware(as_of)
        chosen, clusters = form_of(path, form), frozenset(cluster) or None
        scope = Scope(clusters, clusters if with_notes else frozenset(), as_of)
        written = dataset_write(path, chosen, scope, progress)
        return as_json(
            path=str(path),
            format=chosen.value,
            bytes=path.stat().st_size,
            changed_at=written.moment.isoformat(),
            rows=dict(written.rows),
        )
