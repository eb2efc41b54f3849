"""Finds the account that a command is about."""

from __future__ import annotations

from ewm.capture.accounts.models import Account
from ewm.errors import MissingError


def account_with(email: str) -> Account:
    """Return the account with this address, whatever its case; raises MissingError where there is none."""
    found = Account.objects.filter(email__iexact=email).first()
    if found is None:
        raise MissingError(f"Ein Konto mit der Adresse {email} gibt es nicht. Bitte die Schreibweise prüfen.")
    return found
