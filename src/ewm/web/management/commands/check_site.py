"""Check an installation before it meets the public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import run_checks

from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

LEVELS = {20: "info", 30: "warning", 40: "error", 50: "error"}


class Command(JsonCommand):
    """Result: ``{"deploy", "findings": [{"level", "id", "message", "hint"}]}``."""

    help = "Prüft Einstellungen und Datenbank, mit --deploy für den Betrieb."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether it is for production."""
        parser.add_argument("--deploy", action="store_true")

    def handle(self, *_: Any, deploy: bool = False, **__: Any) -> str:
        """Run Django's checks and those of this software."""
        found = run_checks(include_deployment_checks=deploy, databases=["default"])
        return as_json(
            deploy=deploy,
            findings=[
                {"level": LEVELS.get(each.level, "info"), "id": each.id, "message": each.msg, "hint": each.hint}
                for each in found
                if not each.is_silenced()
            ],
        )
