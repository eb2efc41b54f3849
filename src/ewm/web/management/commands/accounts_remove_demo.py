"""Take the accounts of a demonstration out of a database."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ewm.capture.accounts.models import Account, Action
from ewm.capture.accounts.services import note
from ewm.web.management.base import JsonCommand, as_json


class Command(JsonCommand):
    """Result: ``{"removed": [addresses]}``."""

    help = "Entfernt die Konten der Vorführung; was sie eingetragen haben, bleibt."

    def handle(self, *_: Any, **__: Any) -> str:
        """Remove them; a second call finds none."""
        with transaction.atomic():
            found = list(Account.objects.filter(is_demo=True).order_by("pk"))
            for account in found:
                note(account, Action.REMOVED)
                account.delete()
        return as_json(removed=[account.email for account in found])
