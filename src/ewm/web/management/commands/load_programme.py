"""Load the programme's clusters and terms into the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.profiles.content import check_import_content
from ewm.capture.taxonomies.services import programme_load
from ewm.config import load_config
from ewm.programme import load_programme
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"programme", "version", "added": [...], "changed": [...], "ended": [...], "unchanged": number}``."""

    help = "Lädt Cluster und Begriffe des Programms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take another folder than the configured one."""
        parser.add_argument("--programme", type=Path, help="Ordner des Programms; sonst der eingestellte")

    def handle(self, *_: Any, programme: Path | None = None, progress: Progress | None = None, **__: Any) -> str:
        """Load and tell what changed; what is wrong with the layouts of imports is told before."""
        content = load_programme(programme or load_config().programme)
        check_import_content(content)
        plan = programme_load(programme=content, progress=progress)
        return as_json(
            programme=content.id,
            version=content.version,
            added=list(plan.added),
            changed=list(plan.changed),
            ended=list(plan.ended),
            unchanged=plan.unchanged,
        )
