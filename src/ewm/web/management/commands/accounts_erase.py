"""Erase an account (Art. 17 GDPR)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ewm.config import load_config
from ewm.web.management.base import JsonCommand, as_json
from ewm.web.privacy.erasing import account_erase
from ewm.web.privacy.journal import add, entry_of
from ewm.web.privacy.whose import account_with

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence


class Command(JsonCommand):
    """Result: ``{"account", "dry_run", "deleted", "replaced", "kept"}``: rows by table, or by table and column."""

    help = "Löscht ein Konto samt Name und Adresse überall (Art. 17 DSGVO); im Verlauf bleibt eine Nummer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, other spellings, and whether to do it."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--also", action="append", default=[])
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_: Any, email: str, also: Sequence[str] = (), dry_run: bool = False, **__: Any) -> str:
        """Erase it; raises MissingError where there is no such account, RefusedError for the last administrator."""
        account = account_with(email)
        number, entry = account.pk, entry_of(account, len(also))
        done = account_erase(account, also=tuple(also), dry_run=dry_run)
        if not dry_run:
            add(load_config().data, [entry])
        return as_json(account=number, dry_run=dry_run, **asdict(done))
