"""What must hold before the site starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from ewm.capture.accounts.models import Account
from ewm.capture.refusing import Rule
from ewm.errors import MissingError, RefusedError
from ewm.web.legal.operator import operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.errors import Refusal

DEMO_ACCOUNTS = Rule(
    "no_demo_accounts_in_production",
    "is_demo",
    "Vorführkonten sind in dieser Datenbank, ihre Passwörter standen im Terminal",
    "Bitte löschen: ewm accounts remove-demo",
)
DEMO_WITHOUT_DEBUG = "EWM_DEMO=1 gilt nur zusammen mit EWM_DEBUG=1, also nie im Betrieb. Bitte EWM_DEMO entfernen."


def refuse_demo_in_production() -> None:
    """Raise RefusedError or MissingError where demo accounts or the demonstration would meet the public."""
    if settings.EWM_DEMO and not settings.DEBUG:
        raise MissingError(DEMO_WITHOUT_DEBUG)
    if not settings.DEBUG:
        found = list(_demo_accounts())
        if found:
            raise RefusedError(found)


def _demo_accounts() -> Iterator[Refusal]:
    for email in Account.objects.filter(is_demo=True).values_list("email", flat=True):
        yield DEMO_ACCOUNTS.refuse(email)


def warnings_at_start() -> list[str]:
    """Return what whoever starts the site should know: pages that the law asks for and that are not filled yet."""
    missing = operator().missing()
    if not missing or settings.EWM_DEMO:
        return []
    named = settings.EWM_OPERATOR or "EWM_OPERATOR"
    return [
        "",
        f"Hinweis: Impressum, Datenschutz und Barrierefreiheit sind unvollständig. In {named} fehlt:",
        f"  {', '.join(missing)}",
        "  Wie die Datei aussieht: docs/how-to/konten-und-betreiberangaben.md",
    ]
