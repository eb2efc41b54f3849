"""User administration: every change leaves a line that says who made it; nobody takes the own administration away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ewm.capture.accounts.models import Account, AccountEvent, Action
from ewm.capture.accounts.roles import Role
from ewm.capture.acting import Channel
from ewm.web.people.shown import changes_of
from tests.web.site.conftest import THREE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client

NEW = {
    "name": "Neue Person",
    "email": "neu@beispiel.invalid",
    "everywhere": ["ministry"],
    "cluster-metall": "cluster_viewer",
}


@pytest.fixture
def boss(account_of: Callable[[str], Account]) -> Account:
    return account_of(Role.ADMINISTRATOR)


@pytest.fixture
def desk(boss: Account, client: Client, settings: Any) -> Client:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    client.force_login(boss)
    return client


def lines(account: Account) -> list[tuple[str, int | None, str]]:
    events = AccountEvent.objects.filter(account_number=account.pk).order_by("pk")
    return [(each.action, each.by_number, each.detail) for each in events]


def test_a_new_account_comes_with_its_roles_a_link_that_is_shown_once_and_two_lines(
    desk: Client, boss: Account
) -> None:
    page = desk.post(reverse("accounts:new"), NEW).content.decode()
    made = Account.objects.get(email=NEW["email"])
    assert {(each.role, each.cluster_id) for each in made.memberships.all()} == {
        ("ministry", None), ("cluster_viewer", "metall"),
    }  # fmt: skip
    assert not made.has_usable_password()
    (link,) = re.findall(r"<code>(\S+)</code>", page)
    assert link not in desk.get(reverse("accounts:account", args=[made.pk])).content.decode()
    assert lines(made) == [
        (Action.CREATED, boss.pk, "ministry, cluster_viewer metall"), (Action.LINK, boss.pk, ""),
    ]  # fmt: skip
    assert "password" not in str(lines(made)).lower()
    shown = desk.get(reverse("accounts:account", args=[made.pk])).content.decode()
    assert "Ministerium, Lesezugang Cluster Metall" in shown
    assert "cluster_viewer metall" not in shown


def test_changes_are_read_alike_however_many_there_are(
    boss: Account, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    told = {"detail": "cluster_manager metall → cluster_viewer metall", "action": Action.ROLES, "channel": Channel.FORM}
    AccountEvent.objects.filter(account_number=boss.pk).delete()
    AccountEvent.objects.bulk_create(AccountEvent(account_number=boss.pk, by_number=boss.pk, **told) for _ in range(50))
    with django_assert_num_queries(3):  # the events, who did it, the words of clusters
        found = changes_of(boss)
    assert [each["channel"] for each in found] == ["Clustermanagement Metall → Lesezugang Cluster Metall"] * 50


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"email": "administrator@beispiel.invalid"}, "Ein Konto mit dieser Adresse gibt es schon"),
        ({"email": "keine"}, "id_email_error"),
        ({"name": ""}, "id_name_error"),
        ({"everywhere": ["chef"]}, "id_everywhere_error"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    change: dict[str, Any], said: str, desk: Client
) -> None:
    answer = desk.post(reverse("accounts:new"), {**NEW, **change})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert str({**NEW, **change}["email"]) in answer.content.decode()
    assert Account.objects.count() == 1


def test_name_address_and_roles_are_changed_together_or_not_at_all(
    desk: Client, account_of: Callable[[str], Account]
) -> None:
    account = account_of(Role.CLUSTER_MANAGER)
    address = reverse("accounts:account", args=[account.pk])
    assert desk.post(address, {**NEW, "email": "ADMINISTRATOR@beispiel.invalid"}).status_code == 200
    account.refresh_from_db()
    assert account.name == "Konto cluster_manager"
    assert desk.post(address, NEW).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.email) == (NEW["name"], NEW["email"])
    assert lines(account)[-1][2] == "cluster_manager metall → ministry, cluster_viewer metall"
    assert not any(str(NEW["name"]) in detail or "@" in detail for _, _, detail in lines(account))


def test_nobody_takes_the_own_administration_away(desk: Client, boss: Account) -> None:
    own = {"name": boss.name, "email": boss.email, "everywhere": ["ministry"]}
    answer = desk.post(reverse("accounts:account", args=[boss.pk]), own)
    assert "kann sich niemand selbst nehmen" in answer.content.decode()
    desk.post(reverse("accounts:deactivate", args=[boss.pk]))
    boss.refresh_from_db()
    assert boss.is_active
    assert desk.get(reverse("accounts:list")).status_code == 200
    more = {**own, "everywhere": ["ministry", "administrator"]}
    assert desk.post(reverse("accounts:account", args=[boss.pk]), more).status_code == 302


def test_a_closed_account_ends_at_once_and_opens_again(
    desk: Client, account_of: Callable[[str], Account], client_of: Callable[[str], Client]
) -> None:
    other = client_of(Role.EVALUATOR)
    account = Account.objects.get(email="evaluator@beispiel.invalid")
    assert other.get("/konto/").status_code == 200
    desk.post(reverse("accounts:deactivate", args=[account.pk]))
    assert other.get("/konto/").status_code == 302
    desk.post(reverse("accounts:reactivate", args=[account.pk]))
    account.refresh_from_db()
    assert account.is_active
    assert [action for action, _, _ in lines(account)][-2:] == [Action.DEACTIVATED, Action.REACTIVATED]
    assert account_of is not None


def test_a_lost_second_factor_is_reset_and_sessions_end(
    desk: Client, boss: Account, account_of: Callable[[str], Account]
) -> None:
    from django.test import Client as Browser  # noqa: PLC0415

    account = account_of(Role.EVALUATOR)
    other = Browser()
    other.post(reverse("account_login"), {"login": account.email, "password": THREE_WORDS})
    assert other.get("/konto/").status_code == 200
    Authenticator.objects.create(user=account, type="totp", data={})
    assert "Zweiten Faktor zurücksetzen" in desk.get(reverse("accounts:account", args=[account.pk])).content.decode()
    desk.post(reverse("accounts:reset_factor", args=[account.pk]))
    assert not Authenticator.objects.filter(user=account).exists()
    assert other.get("/konto/").status_code == 302
    assert lines(account)[-2:] == [(Action.FACTOR_RESET, boss.pk, ""), (Action.SESSIONS_ENDED, boss.pk, "")]


def test_the_list_takes_the_same_queries_for_many_accounts(
    desk: Client, account_of: Callable[[str], Account], django_assert_max_num_queries: Any
) -> None:
    for role in (Role.EVALUATOR, Role.MINISTRY, Role.CLUSTER_VIEWER, Role.CLUSTER_MANAGER):
        account_of(role)
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("accounts:list")).content.decode()
    assert "Clustermanagement Metall" in page


def test_the_own_profile_sets_name_language_theme_and_keys(manager: Client) -> None:
    chosen = {"name": "Jana Neu", "language": "en", "theme": "dark"}
    answer = manager.post("/konto/", chosen)
    assert {name: answer.cookies[name].value for name in ("django_language", "ewm_theme", "ewm_keys")} == {
        "django_language": "en", "ewm_theme": "dark", "ewm_keys": "off",
    }  # fmt: skip
    account = Account.objects.get(name="Jana Neu")
    assert (account.language, account.theme, account.shortcuts) == ("en", "dark", False)
    manager.cookies.pop("ewm_theme")
    manager.cookies.pop("ewm_keys")
    page = manager.get("/konto/").content.decode()
    assert 'data-kern-theme="dark"' in page
    assert 'data-keys="off"' in page
    assert '<html lang="en"' in page
