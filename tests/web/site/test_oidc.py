"""Signing in by OpenID Connect, from the button to the start page, with a provider that really answers."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Role
from ewm.web.sign_in import sso
from ewm.web.sign_in.adapter import ServiceAdapter
from tests.web.site.stub_idp import SECRET, Provider, pair, started

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EMAIL = "cluster_manager@beispiel.invalid"
LOGIN = "/anmeldung/dienst/land/"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, Path]]:
    """The provider, and the folder with its certificate."""
    folder, provider = tmp_path_factory.mktemp("idp"), Provider(pair())
    server = started(provider, folder)
    yield provider, folder
    server.shutdown()
    server.server_close()


@pytest.fixture
def provider(
    running: tuple[Provider, Path],
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    account_of: Callable[[str], Account],
) -> Provider:
    """The provider as the site's only service, configured by a file as an administrator would write it."""
    made, folder = running
    made.claims = {"sub": "4711", "email": EMAIL.upper(), "email_verified": True, "name": "Konto"}
    made.audience = "ewm"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "ca.pem"))
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
    file = tmp_path / "sso.toml"
    file.write_text(
        f'[[oidc]]\nid = "land"\nname = "Anmeldung der Verwaltung"\nissuer = "{made.issuer}"\nclient_id = "ewm"\n'
        'client_secret_file = "secret"\n',
        encoding="utf-8",
    )
    read = sso.read(file)
    monkeypatch.setattr(sso, "services", lambda: read)
    settings.SOCIALACCOUNT_PROVIDERS = read.providers
    account_of(Role.CLUSTER_MANAGER)
    return made


def led(client: Client, query: str = "") -> str:
    answer = client.get(f"{LOGIN}{query}")
    assert answer.status_code == 302
    return str(answer["Location"])


def back(client: Client, said: dict[str, str]) -> Any:
    return client.get(f"{LOGIN}zurueck/", said)


def is_in(client: Client) -> bool:
    return bool(client.get("/konto/").status_code == 200)


def test_from_the_button_to_the_page_that_was_asked_for(provider: Provider, settings: Any) -> None:
    settings.EWM_SECOND_FACTOR = ("cluster_manager",)  # that of the organisation counts
    client = Client()
    page = client.get("/anmeldung/?next=/projekte/").content.decode()
    assert f'href="{LOGIN}?next=/projekte/"' in page
    assert "Anmeldung der Verwaltung" in page
    address = led(client, "?next=/projekte/")
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.issuer}/anmelden?")
    assert {"openid", "email"} <= set(said["scope"].split())
    assert (said["response_type"], said["redirect_uri"]) == ("code", f"http://testserver{LOGIN}zurueck/")
    answer = back(client, provider.authorized(address))
    assert (answer.status_code, answer["Location"]) == (302, "/projekte/")
    assert is_in(client)
    found = SocialAccount.objects.get()
    assert (found.uid, found.user.email, Account.objects.count()) == ("4711", EMAIL, 1)
    assert "zugang" not in str(client.session.items())


def test_whoever_was_here_before_is_known_by_number_though_the_address_changed(provider: Provider) -> None:
    first, second = Client(), Client()
    back(first, provider.authorized(led(first)))
    provider.claims["email"] = "neuer.name@beispiel.invalid"
    assert back(second, provider.authorized(led(second)))["Location"] == reverse("start")
    assert is_in(second)
    assert SocialAccount.objects.count() == 1


def test_a_closed_account_stays_out(provider: Provider) -> None:
    client = Client()
    Account.objects.filter(email=EMAIL).update(is_active=False)
    assert back(client, provider.authorized(led(client)))["Location"] == reverse("account_inactive")
    assert not is_in(client)


@pytest.mark.parametrize(
    ("claims", "status", "words"),
    [
        ({"email_verified": False}, 403, "gibt es hier kein Konto"),
        ({"email": "niemand@beispiel.invalid"}, 403, "gibt es hier kein Konto"),
        ({"email": None}, 403, "gibt es hier kein Konto"),
    ],
)
def test_who_has_no_account_is_told(provider: Provider, claims: dict[str, Any], status: int, words: str) -> None:
    client = Client()
    provider.claims |= claims
    answer = back(client, provider.authorized(led(client)))
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not is_in(client)
    assert Account.objects.count() == 1


def test_what_is_not_meant_for_this_site_or_this_browser_is_refused(provider: Provider) -> None:
    client, stranger = Client(), Client()
    said = provider.authorized(led(client))
    for wrong in (said | {"state": "erfunden"}, said | {"code": "erfunden"}, {"error": "access_denied"}):
        assert back(client, wrong).status_code in {302, 401}
        assert not is_in(client)
    assert back(stranger, provider.authorized(led(client))).status_code == 401
    provider.audience = "eine-andere-anwendung"
    answer = back(client, provider.authorized(led(client)))
    assert answer.status_code == 401
    assert "Anmeld" in answer.content.decode()
    assert not is_in(client)
    assert not is_in(stranger)


def test_a_service_that_does_not_answer_is_told_and_no_fault(
    provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    said = provider.authorized(led(client))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "")
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "https://127.0.0.1:9"
    for answer in (client.get(LOGIN), back(client, said)):
        assert answer.status_code == 503
        assert "Der Anmeldedienst antwortet nicht" in answer.content.decode()
    assert not is_in(client)
    assert client.get("/anmeldung/dienst/unbekannt/").status_code == 404


@pytest.mark.parametrize("lacks", ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "issuer", "all"])
def test_a_service_that_lacks_an_address_is_told_with_its_error_in_the_log(
    lacks: str, provider: Provider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    said = provider.authorized(led(client))
    whole = provider.answer("/realms/land/.well-known/openid-configuration")
    less = [] if lacks == "all" else {name: value for name, value in whole.items() if name != lacks}
    monkeypatch.setattr(provider, "answer", lambda _path: less)
    for answer in (client.get(LOGIN), back(client, said)):
        assert answer.status_code == 503
    logged = [each for each in caplog.records if each.name == "ewm.web.sign_in.views"]
    assert len(logged) == 2
    assert all(each.exc_info and "issuer" * (lacks == "all") in str(each.exc_info[1]) for each in logged)


def test_a_service_that_does_not_say_who_somebody_is_lets_nobody_in(provider: Provider) -> None:
    client = Client()
    said = provider.authorized(led(client))
    del provider.claims["sub"]
    assert back(client, said).status_code == 401
    assert not is_in(client)


@pytest.mark.parametrize("fault", [KeyError("sub"), SMTPServerDisconnected("refused"), PermissionError("a file")])
def test_a_fault_of_the_software_or_of_another_server_is_not_told_as_a_silent_service(
    fault: Exception, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise fault

    client = Client()
    said = provider.authorized(led(client))
    monkeypatch.setattr(ServiceAdapter, "pre_social_login", fails)
    with pytest.raises(type(fault)):
        back(client, said)
