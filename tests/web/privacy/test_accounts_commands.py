"""Accounts from the command line: the first administrator, what is refused, the end of a demonstration."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from ewm.capture.accounts.models import Account, AccountEvent, Action
from ewm.capture.accounts.roles import Role
from ewm.capture.accounts.services import account_create
from ewm.errors import MissingError, RefusedError
from ewm.web.checks import refuse_demo_in_production
from tests.support.programmes import load_served

EMAIL = "erste@beispiel.invalid"
NEW = "drei zufällige Wörter"


@pytest.fixture(autouse=True)
def _ground(db: None, settings: Any) -> None:  # noqa: ARG001
    load_served()
    settings.SECURE_SSL_REDIRECT = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def run(*arguments: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call_command(*arguments, stdout=io.StringIO(), **options))
    return found


def test_the_first_administrator_sets_a_password_by_a_link_that_works_once() -> None:
    done = run("accounts_create", email=EMAIL, role=["administrator"])
    assert (done["roles"], done["sent"]) == (["administrator"], False)
    link = done["link"].removeprefix("http://127.0.0.1:8020")
    client = Client()
    form = client.get(link, follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert Account.objects.get(email=EMAIL).check_password(NEW)
    again = Client().get(link, follow=True)
    assert "gilt nicht mehr" in again.content.decode()
    assert list(AccountEvent.objects.values_list("action", flat=True)) == [Action.CREATED, Action.LINK]


def test_with_a_mail_server_the_link_is_sent_and_not_shown(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    done = run("accounts_create", email=EMAIL, name="Erste Person", role=["ministry"])
    assert (done["sent"], done["link"]) == (True, None)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([EMAIL], "EWM: Passwort setzen")
    assert "Guten Tag Erste Person" in sent.body
    assert "/anmeldung/passwort/neu/" in sent.body


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"email": "keine", "role": ["ministry"]}, "account_email_is_one"),
        ({"email": EMAIL, "role": ["chef"]}, "membership_role_known"),
        ({"email": EMAIL, "role": ["cluster_manager"]}, "membership_cluster_fits_role"),
        ({"email": EMAIL, "role": ["cluster_manager"], "cluster": ["unbekannt"]}, "membership_cluster_known"),
        ({"email": "DA@beispiel.invalid", "role": ["ministry"]}, "account_email_once"),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_makes_no_account(options: dict[str, Any], rule: str) -> None:
    account_create(email="da@beispiel.invalid", name="Da")
    with pytest.raises(RefusedError, match=rule):
        run("accounts_create", **options)
    assert Account.objects.count() == 1


def roles_of(email: str) -> set[tuple[str, str | None]]:
    return {(each.role, each.cluster_id) for each in Account.objects.get(email=email).memberships.all()}


def test_a_role_of_a_cluster_is_given_for_each_that_is_named() -> None:
    run("accounts_create", email=EMAIL, role=["cluster_viewer", "evaluator"], cluster=["metall", "optik"])
    assert roles_of(EMAIL) == {("cluster_viewer", "metall"), ("cluster_viewer", "optik"), ("evaluator", None)}


def test_demo_accounts_are_made_anew_and_removed(settings: Any) -> None:
    with pytest.raises(MissingError, match="EWM_DEMO=1"):
        run("demo_accounts", cluster="metall")
    settings.EWM_DEMO = True
    first = {each["email"]: each["password"] for each in run("demo_accounts", cluster="metall")["accounts"]}
    second = {each["email"]: each["password"] for each in run("demo_accounts", cluster="metall")["accounts"]}
    assert first.keys() == second.keys()
    assert len(first) == len(Role) == Account.objects.count()
    assert not set(first.values()) & set(second.values())
    settings.EWM_DEMO = False
    with pytest.raises(RefusedError, match="ewm accounts remove-demo"):
        refuse_demo_in_production()
    assert sorted(run("accounts_remove_demo")["removed"]) == sorted(first)
    refuse_demo_in_production()
    assert run("accounts_remove_demo")["removed"] == []
