"""Signing in: one answer for every wrong try, locked after five, a session of its own, a second factor."""

from __future__ import annotations

import re
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Role
from tests.web.site.conftest import THREE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

EMAIL, UNKNOWN = "cluster_manager@beispiel.invalid", "niemand@beispiel.invalid"
WRONG = "ganz bestimmt falsch"


@pytest.fixture(autouse=True)
def _no_counters(account_of: Callable[[str], Account]) -> None:
    cache.clear()
    account_of(Role.CLUSTER_MANAGER)


def sign_in(email: str = EMAIL, password: str = THREE_WORDS, client: Client | None = None) -> Any:
    return (client or Client()).post(reverse("account_login"), {"login": email, "password": password})


def told(answer: Any) -> str:
    """What the page says, without what differs in every answer."""
    text = re.sub(r'(value|content)="[^"]*"', "", answer.content.decode())
    return re.sub(r"\d{2}:\d{2}", "", text)


def test_the_right_password_leads_in_and_renews_the_session() -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.cookies["sessionid"] = "planted-by-somebody-else-00000000"
    answer = sign_in(client=client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.cookies["sessionid"].value not in {"", "planted-by-somebody-else-00000000"}
    assert client.get("/konto/").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer() -> None:
    assert told(sign_in(password=WRONG)) == told(sign_in(UNKNOWN, WRONG))
    assert "passen nicht zusammen" in told(sign_in(UNKNOWN, WRONG))


def test_known_and_unknown_addresses_take_the_same_time(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    account = Account.objects.get(email=EMAIL)
    account.set_password(THREE_WORDS)
    account.save()
    took: dict[str, list[float]] = {EMAIL: [], UNKNOWN: []}
    for _ in range(7):
        for email, times in took.items():
            began = time.process_time()
            sign_in(email, WRONG)
            times.append(time.process_time() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert known > 0.05, "the hasher is slow on purpose"
    assert 0.8 < known / unknown < 1.2


@pytest.mark.parametrize("email", [EMAIL, UNKNOWN])
def test_five_wrong_passwords_lock_the_address_whether_it_exists_or_not(email: str) -> None:
    answers = [told(sign_in(email, WRONG)) for _ in range(6)]
    assert ["Zu viele falsche Versuche" in answer for answer in answers] == [False] * 5 + [True]
    assert sign_in(EMAIL).status_code == (200 if email == EMAIL else 302)


def test_the_lock_is_shared_by_processes_and_ends(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    for _ in range(5):
        sign_in(password=WRONG)
    assert sign_in().status_code == 200
    now = time.time()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 15 * 60 - 30)
    assert sign_in().status_code == 200
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now + 15 * 60 + 30)
    assert sign_in().status_code == 302


def test_a_closed_account_stays_out_and_its_open_session_ends() -> None:
    client = Client()
    sign_in(client=client)
    account = Account.objects.get(email=EMAIL)
    account.is_active = False
    account.save()
    assert client.get("/konto/").status_code == 302
    assert sign_in()["Location"] == reverse("account_inactive")


@pytest.mark.parametrize(("password", "accepted"), [("elf Zeichen", False), ("zwölfZeichen", True), ("1" * 12, False)])
def test_a_new_password_has_twelve_characters_and_not_digits_alone(
    password: str,
    accepted: bool,  # noqa: FBT001
) -> None:
    client = Client()
    sign_in(client=client)
    data = {"oldpassword": THREE_WORDS, "password1": password, "password2": password}
    answer = client.post(reverse("account_change_password"), data)
    assert (answer.status_code == 302) is accepted
    assert Account.objects.get(email=EMAIL).check_password(password) is accepted


def test_a_link_of_a_message_works_once_and_ends_open_sessions(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    before = Client()
    sign_in(client=before)
    Client().post(reverse("account_reset_password"), {"email": EMAIL})
    (link,) = re.findall(r"https?://\S+?(/\S+)", str(mail.outbox[0].body))
    client = Client()
    shown = client.get(link, follow=True)
    data = {"password1": "ein anderes Passwort", "password2": "ein anderes Passwort"}
    assert client.post(shown.redirect_chain[-1][0], data)["Location"] == reverse("account_reset_password_from_key_done")
    assert before.get("/konto/").status_code == 302
    assert "gilt nicht mehr" in Client().get(link, follow=True).content.decode()


def test_a_forgotten_password_does_not_tell_who_has_an_account(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    answers = [Client().post(reverse("account_reset_password"), {"email": each}) for each in (EMAIL, UNKNOWN)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, answers[0]["Location"])] * 2
    assert [each.to for each in mail.outbox] == [[EMAIL], [UNKNOWN]]


def test_nobody_signs_up() -> None:
    from django.urls import NoReverseMatch  # noqa: PLC0415

    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def with_app(account: Account) -> str:
    """Give an account an app for codes and return its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    return str(secret)


def code_of(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))))


def test_a_second_factor_is_asked_for_and_its_secret_is_kept_encrypted() -> None:
    account = Account.objects.get(email=EMAIL)
    secret = with_app(account)
    assert secret not in str(Authenticator.objects.get(user=account).data)
    client = Client()
    assert sign_in(client=client)["Location"] == reverse("mfa_authenticate")
    assert client.get("/konto/").status_code == 302, "the password alone does not lead in"
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Der Code stimmt nicht" in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get("/konto/").status_code == 200


def enter(client: Client, code: str) -> Any:
    sign_in(client=client)
    return client.post(reverse("mfa_authenticate"), {"code": code})


def forget_as_after_half_a_minute(code: str) -> None:
    """What the library remembers of a used code is gone after 30 s; a code of the next period passes for 90."""
    wrapped = totp.TOTP(Authenticator.objects.get(type=Authenticator.Type.TOTP))
    cache.delete(wrapped._get_used_cache_key(code))


def test_a_code_of_an_app_helps_once_for_as_long_as_it_would_pass() -> None:
    secret = with_app(Account.objects.get(email=EMAIL))
    code = code_of(secret)
    assert enter(Client(), code).status_code == 302
    for spelled in (code, f"{code[:3]} {code[3:]}"):
        assert "Der Code stimmt nicht oder gilt nicht mehr" in told(enter(Client(), spelled))
        forget_as_after_half_a_minute(code)
        assert "Der Code stimmt nicht oder gilt nicht mehr" in told(enter(Client(), spelled))
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(expires) FROM site_cache WHERE cache_key LIKE %s", ["%code-used%"])
        (expires,) = cursor.fetchone()
    ends = datetime.fromisoformat(str(expires)).replace(tzinfo=UTC)
    assert timedelta(seconds=75) < ends - timezone.now() <= timedelta(seconds=90)


def test_the_code_that_set_an_app_up_does_not_sign_in() -> None:
    client = Client()
    sign_in(client=client)
    client.post(reverse("account_reauthenticate"), {"password": THREE_WORDS})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = code_of(secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.status_code == 302, told(answer)
    assert "Der Code stimmt nicht oder gilt nicht mehr" in told(enter(Client(), code))


def test_a_recovery_code_helps_once() -> None:
    account = Account.objects.get(email=EMAIL)
    with_app(account)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: PLC0415

    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    for accepted in (True, False):
        client = Client()
        sign_in(client=client)
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert (answer.status_code == 302) is accepted


def test_roles_that_must_have_a_second_factor_are_led_to_it(settings: Any) -> None:
    settings.EWM_SECOND_FACTOR = ("cluster_manager",)
    client = Client()
    sign_in(client=client)
    assert client.get("/konto/")["Location"] == reverse("mfa_index")
    assert "braucht einen zweiten Faktor" in client.get(reverse("mfa_index")).content.decode()
    assert client.get("/impressum/").status_code == 200
    with_app(Account.objects.get(email=EMAIL))
    assert client.get("/konto/").status_code == 200
    settings.EWM_SECOND_FACTOR = ("administrator",)
    Authenticator.objects.all().delete()
    assert client.get("/konto/").status_code == 200


def test_own_sessions_are_listed_and_ended_one_by_one_or_all() -> None:
    agents = ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0")
    first, second, third = (
        Client(),
        Client(headers={"User-Agent": agents[0]}),
        Client(headers={"User-Agent": agents[1]}),
    )
    for client in (first, second, third):
        sign_in(client=client)
    page = first.get("/konto/").content.decode()
    assert "Firefox auf Linux" in page
    assert "Edge auf Windows" in page
    number = re.findall(r'name="number" value="(\d+)"', page)[0]  # the youngest: the third
    first.post(reverse("profile_end_session"), {"number": number})
    assert [client.get("/konto/").status_code for client in (first, second, third)] == [200, 200, 302]
    first.post(reverse("profile_end_session"))
    assert [client.get("/konto/").status_code for client in (first, second)] == [200, 302]


def test_a_session_of_somebody_else_is_not_ended(account_of: Callable[[str], Account]) -> None:
    other, own = Client(), Client()
    account = account_of(Role.EVALUATOR)
    sign_in(account.email, client=other)
    sign_in(client=own)
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    foreign = UserSession.objects.get(user=account)
    own.post(reverse("profile_end_session"), {"number": str(foreign.pk)})
    assert other.get("/konto/").status_code == 200
