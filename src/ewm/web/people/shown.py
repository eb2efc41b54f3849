"""Accounts in the words of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from ewm.capture.accounts.models import Account, AccountEvent
from ewm.capture.accounts.roles import Role
from ewm.capture.forms.fields import label_column, label_of
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def role_lines(account: Account) -> list[str]:
    """Return the roles of an account, those of a cluster with its label."""
    found = account.memberships.all().select_related("cluster")
    order = list(Role)
    rows = sorted(found, key=lambda each: (order.index(Role(each.role)), each.cluster_id or ""))
    return [
        f"{Role(each.role).label} {label_of(each.cluster)}" if each.cluster else str(Role(each.role).label)
        for each in rows
    ]


def people() -> QuerySet[Account]:
    """Return every account by name, with what the list shows."""
    return Account.objects.prefetch_related("memberships__cluster").order_by("name", "pk")


def with_factor(accounts: Iterable[Account]) -> frozenset[int]:
    """Return the numbers of those accounts that have a second factor."""
    found = Authenticator.objects.filter(user__in=[each.pk for each in accounts])
    return frozenset(found.values_list("user_id", flat=True))


def changes_of(account: Account, most: int = 50) -> list[dict[str, Any]]:
    """Return what was done to an account for ``parts/timeline.html``, the latest first.

    Who did it is a name, a number where that account is gone, or the command line.
    """
    events = list(AccountEvent.objects.filter(account_number=account.pk).order_by("-at", "-pk")[:most])
    names = dict(Account.objects.filter(pk__in={each.by_number for each in events}).values_list("pk", "name"))
    labels = dict(Cluster.objects.order_by().values_list("cluster_id", label_column()))
    return [
        {
            "when": each.at,
            "who": _who(each, names),
            "text": each.get_action_display(),
            "channel": _said(each.detail, labels),
        }
        for each in events
    ]


def _said(detail: str, labels: dict[str, str]) -> str:
    """Say the roles of an event in words: what is kept of them are the ids of role and cluster."""
    return " → ".join(", ".join(_role(each, labels) for each in part.split(", ")) for part in detail.split(" → "))


def _role(kept: str, labels: dict[str, str]) -> str:
    role, _space, cluster = kept.partition(" ")
    word = str(Role(role).label) if role in list(Role) else role
    return f"{word} {labels.get(cluster, cluster)}".strip()


def _who(event: AccountEvent, names: dict[int, str]) -> str:
    if event.by_number is None:
        return _("Befehlszeile")
    return names.get(event.by_number, _("Konto {number}").format(number=event.by_number))
