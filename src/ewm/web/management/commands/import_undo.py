"""Take an import back as a whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.services import import_undo
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(JsonCommand):
    """Result: ``{"import", "removed", "restored", "left": [{"kind", "code", "name", "why", …}]}``."""

    help = "Nimmt einen Import als Ganzes zurück."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of the import and what to leave."""
        parser.add_argument("number", type=int)
        parser.add_argument("--leave-changed", action="store_true")
        parser.add_argument("--reason", default="")

    def handle(self, *_: Any, number: int, leave_changed: bool = False, reason: str = "", **__: Any) -> str:
        """Take it back; raises RefusedError where records were changed or are used since."""
        undone = import_undo(imported=number, account=None, leave_changed=leave_changed, reason=reason)
        return as_json(
            **{"import": number},
            removed=undone.removed,
            restored=undone.restored,
            left=[asdict(each) for each in undone.left],
        )
