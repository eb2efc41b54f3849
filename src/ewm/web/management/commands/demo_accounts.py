"""Make one account per role for a demonstration, each with a new random password."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.accounts.services import Grant, account_create
from ewm.errors import MissingError
from ewm.web.management.base import JsonCommand, as_json

if TYPE_CHECKING:
    from argparse import ArgumentParser

DOMAIN = "beispiel.invalid"  # a name that can never belong to anybody (RFC 2606)


class Command(JsonCommand):
    """Result: ``{"accounts": [{"role", "name", "email", "password"}]}``; the passwords are kept nowhere."""

    help = "Legt für eine Vorführung je Rolle ein Konto an, mit neuem zufälligem Passwort."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the cluster of the roles that hold for one."""
        parser.add_argument("--cluster", required=True)

    def handle(self, *_: Any, cluster: str, **__: Any) -> str:
        """Make the accounts anew; raises MissingError unless this is a demonstration."""
        from django.conf import settings  # noqa: PLC0415 (asked when run, so that tests can change it)

        if not settings.EWM_DEMO:
            raise MissingError("Vorführkonten gibt es nur mit EWM_DEMO=1, nie im Betrieb.")
        with transaction.atomic():
            return as_json(accounts=[_account(role, cluster) for role in Role])


def _account(role: Role, cluster: str) -> dict[str, str]:
    email = f"{role.value.replace('_', '-')}@{DOMAIN}"
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    grants = [Grant(role, cluster if role in OF_A_CLUSTER else None)]
    account = Account.objects.filter(email=email, is_demo=True).first()
    if account is None:
        account_create(email=email, name=str(role.label), grants=grants, password=password, is_demo=True)
    else:
        account.set_password(password)
        account.save()
    return {"role": role.value, "name": str(role.label), "email": email, "password": password}
