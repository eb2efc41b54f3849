"""Make accounts, give roles, open and close them; every change leaves a line that says who, when and what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from ewm.capture.accounts.models import Account, AccountEvent, Action, Membership
from ewm.capture.accounts.roles import OF_A_CLUSTER, RIGHTS, Right, Role
from ewm.capture.acting import acting
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
OWN_ADMINISTRATION = Rule(
    "own_administration_stays",
    "role",
    "Die Verwaltung der Konten kann sich niemand selbst nehmen",
    "Bitte eine andere Person mit dieser Rolle fragen.",
)
LAST_ADMINISTRATION = Rule(
    "last_administration_stays",
    "role",
    "Danach könnte niemand mehr Konten verwalten",
    "Bitte zuerst ein anderes Konto mit dieser Rolle anlegen.",
)


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
        note(account, Action.CREATED, written(wanted))
    return account


def account_update(*, account: Account, name: str, email: str) -> None:
    """Change name and address; raises RefusedError where the address is taken."""
    if (account.name, account.email) == (name, email):
        return
    with transaction.atomic():
        if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
            refuse_all([ADDRESS_TAKEN.refuse(email)])
        account.name, account.email = name, email
        account.save(update_fields=["name", "email"])
        EmailAddress.objects.filter(user=account).exclude(email__iexact=email).delete()  # the former signs in no more
        note(account, Action.CHANGED)


def appearance_set(*, account: Account, name: str, language: str, theme: str, shortcuts: bool) -> None:
    """Change what somebody may choose for the own account."""
    account_update(account=account, name=name, email=account.email)
    account.language, account.theme, account.shortcuts = language, theme, shortcuts
    account.save(update_fields=["language", "theme", "shortcuts"])


def roles_set(*, account: Account, grants: Iterable[Grant]) -> None:
    """Bring an account's roles to these.

    Raises RefusedError where a role does not fit its cluster, and where somebody would take their own administration.
    """
    wanted = list(dict.fromkeys(grants))
    with transaction.atomic():
        before = [Grant(Role(each.role), each.cluster_id) for each in account.memberships.all()]
        if set(before) == set(wanted):
            return
        refuse_all([*_wrong_grants(account.email, wanted), *_own_administration(account, wanted)])
        account.memberships.all().delete()
        _grant(account, wanted)
        note(account, Action.ROLES, f"{written(before)} → {written(wanted)}")


def account_deactivate(*, account: Account) -> None:
    """Close an account: nobody signs in with it. Raises RefusedError where somebody closes their own administration."""
    refuse_all(_own_administration(account, []))
    _open(account, Action.DEACTIVATED, is_active=False)


def account_reactivate(*, account: Account) -> None:
    """Open a closed account again."""
    _open(account, Action.REACTIVATED, is_active=True)


def _open(account: Account, action: Action, *, is_active: bool) -> None:
    if account.is_active != is_active:
        with transaction.atomic():
            account.is_active = is_active
            account.save(update_fields=["is_active"])
            note(account, action)


def refuse_last_administration(account: Account) -> None:
    """Raise RefusedError where nobody would be left who administers accounts."""
    administer = [role for role in Role if Right.ADMINISTER in RIGHTS[role]]
    others = Membership.objects.filter(role__in=administer, account__is_active=True).exclude(account=account)
    if account.memberships.filter(role__in=administer).exists() and not others.exists():
        refuse_all([LAST_ADMINISTRATION.refuse(account.email)])


def note(account: Account, action: Action, detail: str = "") -> None:
    """Leave a line on what was done to an account; ``detail`` holds no name, no address, no password."""
    now = acting()
    AccountEvent(
        by_number=now.account,
        channel=now.channel,
        account_number=account.pk,
        action=action,
        detail=detail[:400],
    ).save()


def written(grants: Iterable[Grant]) -> str:
    """Return roles as they stand in a line on what was done."""
    return ", ".join(f"{each.role.value} {each.cluster}" if each.cluster else each.role.value for each in grants) or "–"


def _own_administration(account: Account, wanted: list[Grant]) -> Iterator[Refusal]:
    held = account.memberships.filter(role__in=[role for role in Role if Right.ADMINISTER in RIGHTS[role]]).exists()
    if held and account.pk == acting().account and not any(Right.ADMINISTER in RIGHTS[each.role] for each in wanted):
        yield OWN_ADMINISTRATION.refuse(account.email)


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
