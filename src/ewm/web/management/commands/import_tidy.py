"""Remove uploaded files that are no longer needed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ewm.capture.imports.tidying import imports_tidy
from ewm.web.management.base import JsonCommand, as_json


class Command(JsonCommand):
    """Result: ``{"removed": [import], "discarded": [import]}``."""

    help = "Entfernt hochgeladene Dateien nach 90 Tagen; was noch geprüft wird, gilt dann als verworfen."

    def handle(self, *_: Any, **__: Any) -> str:
        """Remove them."""
        return as_json(**asdict(imports_tidy()))
