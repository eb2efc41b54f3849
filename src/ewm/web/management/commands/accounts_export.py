"""Give out everything that is kept about an account (Art. 15 GDPR)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.web.management.base import JsonCommand, as_json
from ewm.web.privacy.exporting import account_export
from ewm.web.privacy.whose import account_with

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(JsonCommand):
    """Result: that of ``account_export``."""

    help = "Gibt alles aus, was über ein Konto gespeichert ist (Art. 15 DSGVO)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--email", required=True)

    def handle(self, *_: Any, email: str, **__: Any) -> str:
        """Collect it; raises MissingError where there is no such account."""
        return as_json(**account_export(account_with(email)))
