"""Make accounts and give roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from ewm.capture.accounts.models import Account, Membership
from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.errors import Refusal

ADDRESS_TAKEN = Rule("account_email_once", "email", "Ein Konto mit dieser Adresse gibt es schon")
CLUSTER_FITS = Rule(
    "membership_cluster_fits_role",
    "cluster",
    "Clustermanagement und Lesezugang gelten für ein Cluster, die anderen Rollen für alle",
)
CLUSTER_KNOWN = Rule("membership_cluster_known", "cluster", "Dieses Cluster gibt es nicht")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in a cluster or (None) everywhere."""

    role: Role
    cluster: str | None = None


def account_create(
    *, email: str, name: str, grants: Iterable[Grant] = (), password: str | None = None, is_demo: bool = False
) -> Account:
    """Make an account with its roles; without a password nobody can sign in until one is set by a message.

    Raises RefusedError where the address is taken or a role does not fit its cluster.
    """
    wanted = list(dict.fromkeys(grants))
    with transaction.atomic():
        refuse_all(_wrong(email, wanted))
        account = Account(email=email, name=name, is_demo=is_demo)
        account.set_password(password)
        account.save()
        _grant(account, wanted)
    return account


def roles_set(*, account: Account, grants: Iterable[Grant]) -> None:
    """Bring an account's roles to these; raises RefusedError where a role does not fit its cluster."""
    wanted = list(dict.fromkeys(grants))
    with transaction.atomic():
        refuse_all(_wrong_grants(account.email, wanted))
        account.memberships.all().delete()
        _grant(account, wanted)


def _grant(account: Account, grants: Iterable[Grant]) -> None:
    for grant in grants:
        Membership(account=account, role=grant.role, cluster_id=grant.cluster).save()


def _wrong(email: str, grants: list[Grant]) -> Iterator[Refusal]:
    if Account.objects.filter(email__iexact=email).exists():
        yield ADDRESS_TAKEN.refuse(email)
    yield from _wrong_grants(email, grants)


def _wrong_grants(email: str, grants: list[Grant]) -> Iterator[Refusal]:
    known = set(Cluster.objects.values_list("cluster_id", flat=True))
    for grant in grants:
        if (grant.role in OF_A_CLUSTER) != (grant.cluster is not None):
            yield CLUSTER_FITS.refuse(email, f"{grant.role.label}, {grant.cluster or 'alle'}")
        elif grant.cluster is not None and grant.cluster not in known:
            yield CLUSTER_KNOWN.refuse(email, grant.cluster)
