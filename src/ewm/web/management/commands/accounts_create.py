"""Make an account, the first administrator for one, and hand out the link that sets its password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.accounts.services import Grant, account_create
from ewm.capture.refusing import Rule, refuse_all
from ewm.web.management.base import JsonCommand, as_json
from ewm.web.sign_in.links import password_link, send_link

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

KNOWN_ROLE = Rule("membership_role_known", "role", "Diese Rolle gibt es nicht", f"Es gibt: {', '.join(Role.values)}.")
NEEDS_CLUSTER = Rule(
    "membership_cluster_fits_role", "cluster", "Diese Rolle gilt für ein Cluster", "Bitte angeben: --cluster KENNUNG."
)
IS_ADDRESS = Rule("account_email_is_one", "email", "Das ist keine E-Mail-Adresse")


class Command(JsonCommand):
    """Result: ``{"account", "email", "roles", "sent", "link"}``; ``link`` is null where it was sent by mail."""

    help = "Legt ein Konto an und gibt den Link aus, mit dem die Person ihr Passwort setzt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take address, name, roles and clusters."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--name")
        parser.add_argument("--role", action="append", default=[])
        parser.add_argument("--cluster", action="append", default=[])

    def handle(
        self,
        *_: Any,
        email: str,
        name: str | None = None,
        role: Sequence[str] = (),
        cluster: Sequence[str] = (),
        **__: Any,
    ) -> str:
        """Make the account; raises RefusedError for what does not fit."""
        _refuse_what_is_no_address(email)
        grants = list(_grants(email, role, cluster))
        account = account_create(email=email, name=name or email.partition("@")[0], grants=grants)
        link = password_link(account)
        sent = send_link(account, link)
        roles = [f"{each.role.value} {each.cluster or ''}".strip() for each in grants]
        return as_json(account=account.pk, email=email, roles=roles, sent=sent, link=None if sent else link)


def _refuse_what_is_no_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        refuse_all([IS_ADDRESS.refuse(email)])


def _grants(email: str, roles: Sequence[str], clusters: Sequence[str]) -> list[Grant]:
    refuse_all(KNOWN_ROLE.refuse(email, each) for each in roles if each not in Role.values)
    chosen = [Role(each) for each in roles]
    refuse_all(NEEDS_CLUSTER.refuse(email, each.value) for each in chosen if each in OF_A_CLUSTER and not clusters)
    return [Grant(role, cluster) for role in chosen for cluster in (clusters if role in OF_A_CLUSTER else [None])]
