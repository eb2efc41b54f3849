"""Make the data folder and bring the database to the current state, without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ewm.config import data_folder
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"migrations": [names of those that were applied]}``."""

    help = "Legt den Datenordner an und bringt die Datenbank auf den aktuellen Stand."

    def handle(self, *_: Any, progress: Progress | None = None, **__: Any) -> str:
        """Apply what is missing; a second call finds nothing to do."""
        data_folder().mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        missing = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
        if missing:
            if progress:
                progress("Datenbank wird eingerichtet", 0, 1)
            call_command("migrate", verbosity=0, interactive=False)
            if progress:
                progress("Datenbank wird eingerichtet", 1, 1)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", verbosity=0)
        return as_json(migrations=[f"{migration.app_label}.{migration.name}" for migration in missing])
