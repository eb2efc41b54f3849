"""Make the data folder and bring the database to the current state, without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command

from ewm.config import data_folder
from ewm.web.management.base import JsonCommand, as_json
from ewm.web.upgrading import missing, upgrade

if TYPE_CHECKING:
    from ewm.web.management.base import Progress


class Command(JsonCommand):
    """Result: ``{"migrations": [names of those that were applied]}``."""

    help = "Legt den Datenordner an und bringt die Datenbank auf den aktuellen Stand."

    def handle(self, *_: Any, progress: Progress | None = None, **__: Any) -> str:
        """Apply what is missing, all of it or nothing; a second call finds nothing to do."""
        data_folder().mkdir(parents=True, exist_ok=True)
        lacking = missing()
        if lacking:
            if progress:
                progress("Datenbank wird eingerichtet", 0, 1)
            lacking = upgrade()
            if progress:
                progress("Datenbank wird eingerichtet", 1, 1)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", verbosity=0)
        return as_json(migrations=lacking)
