"""Freeze the records at a cut-off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ewm.capture.exporter import snapshot_export
from ewm.config import load_config
from ewm.programme import load_programme
from ewm.web.content import methodology_of
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"name", "folder", "cut_off", "as_of", "already_there", "content_hash", "rows", "left_out"}``."""

    help = "Hält die Einträge zu einem Stichtag als Datenstand fest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the cut-off and the state of knowledge."""
        parser.add_argument("--cut-off", type=date.fromisoformat, required=True, help="Stichtag, JJJJ-MM-TT")
        parser.add_argument(
            "--as-of", type=datetime.fromisoformat, help="Kenntnisstand, JJJJ-MM-TTThh:mm; sonst der jetzige"
        )

    def handle(
        self, *_: Any, cut_off: date, as_of: datetime | None = None, progress: Progress | None = None, **__: Any
    ) -> str:
        """Write the snapshot; a moment without time zone is local time."""
        config = load_config()
        programme = load_programme(config.programme)
        if as_of is not None and timezone.is_naive(as_of):
            as_of = timezone.make_aware(as_of)
        info = snapshot_export(
            folder=config.snapshots,
            cut_off=cut_off,
            as_of=as_of,
            programme=programme,
            methodology_hash=methodology_of(programme).content_hash,
            progress=progress,
        )
        return as_json(
            name=info.name,
            folder=str(config.snapshots / info.name),
            cut_off=info.cut_off.isoformat(),
            as_of=info.as_of.isoformat() if info.as_of else None,
            already_there=info.already_there,
            content_hash=info.content_hash,
            rows=info.rows,
            left_out=dict(info.left_out),
        )
