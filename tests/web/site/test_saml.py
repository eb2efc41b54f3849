"""Signing in by SAML: metadata that a provider can read, a request that leads there, a signed answer that leads in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import include, path

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Role
from ewm.web.sign_in import sso
from tests.web.site.saml_answers import IDP, MAIL, SSO, answered, asked
from tests.web.site.stub_idp import Pair, pair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("onelogin.saml2", reason="python3-saml is not installed (extra saml)")

HOST, HERE = "ewm.beispiel.de", "https://ewm.beispiel.de/anmeldung/saml/haus/"
EMAIL = "cluster_manager@beispiel.invalid"
CONFIGURATION = f"""
[[saml]]
id = "haus"
name = "Anmeldung des Hauses"
entity_id = "{IDP}"
sso_url = "{SSO}"
certificate_file = "idp.pem"
email = "{MAIL}"
trust_email = true
"""


class Pages:
    """The site's pages, and those of SAML, which are there only where a service speaks it."""

    def __init__(self) -> None:
        from ewm.web.sign_in.urls import saml_pages  # noqa: PLC0415 (the library must be installed in the site)

        self.urlpatterns = [path("anmeldung/", include(saml_pages())), path("", include("ewm.web.urls"))]


@pytest.fixture(scope="module")
def keys() -> Pair:
    return pair()


@pytest.fixture
def client(keys: Pair, tmp_path: Path, settings: Any, account_of: Callable[[str], Account]) -> Client:
    """A browser of a site whose administrator wrote a file for SAML."""
    from allauth.socialaccount.providers import registry  # noqa: PLC0415

    (tmp_path / "idp.pem").write_text(keys.certificate, encoding="ascii")
    (tmp_path / "sso.toml").write_text(CONFIGURATION, encoding="utf-8")
    read = sso.read(tmp_path / "sso.toml")
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, *read.apps]
    settings.SOCIALACCOUNT_PROVIDERS = read.providers
    settings.ALLOWED_HOSTS = [HOST]
    from allauth.socialaccount.providers.saml.provider import SAMLProvider  # noqa: PLC0415

    registry.register(SAMLProvider)
    settings.ROOT_URLCONF = Pages()
    account_of(Role.CLUSTER_MANAGER)
    return Client(headers={"host": HOST})


def led(client: Client) -> str:
    answer = client.get(f"{HERE}?next=/projekte/", secure=True)
    assert answer.status_code == 302
    return str(answer["Location"])


def sent(client: Client, response: str) -> Any:
    """Post an answer as the provider's page makes the browser do, without the site's cookies, and go where it leads."""
    answer = client.post(f"{HERE}antwort/", {"SAMLResponse": response, "RelayState": ""}, secure=True)
    assert answer.status_code == 302
    return client.get(answer["Location"], secure=True)


def is_in(client: Client) -> bool:
    return bool(client.get("/konto/", secure=True).status_code == 200)


def test_the_metadata_name_the_site_and_where_answers_go(client: Client) -> None:
    answer = client.get(f"{HERE}metadata/", secure=True)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 (what the site itself wrote)
    assert root.get("entityID") == f"{HERE}metadata/"
    (acs,) = root.iter("{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert (acs.get("Location"), acs.get("Binding")) == (
        f"{HERE}antwort/", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
    )  # fmt: skip
    (role,) = root.iter("{urn:oasis:names:tc:SAML:2.0:metadata}SPSSODescriptor")
    assert role.get("WantAssertionsSigned") == "true"


def test_a_signed_answer_leads_to_the_page_that_was_asked_for(client: Client, keys: Pair) -> None:
    request = asked(led(client))
    assert (request.acs, request.site) == (f"{HERE}antwort/", f"{HERE}metadata/")
    answer = sent(client, answered(request, keys, EMAIL.upper()))
    assert (answer.status_code, answer.get("Location")) == (302, "/projekte/")
    assert is_in(client)
    assert Account.objects.count() == 1


def test_the_same_answer_does_not_help_twice_nor_in_another_browser(client: Client, keys: Pair) -> None:
    answer, stranger = answered(asked(led(client)), keys, EMAIL), Client(headers={"host": HOST})
    refused = sent(stranger, answer)
    assert refused.status_code == 403
    assert "Diese Anmeldung gilt nicht mehr" in refused.content.decode()
    assert not is_in(stranger)
    assert sent(client, answer)["Location"] == "/projekte/"
    client.logout()
    assert sent(client, answer).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "instead",
    [
        {"audience": "https://anderswo.beispiel.de/"},
        {"later": "2020-01-01T00:00:00Z"},
        {"acs": "https://anderswo.beispiel.de/antwort/"},
        {"idp": "https://fremd.beispiel.de/saml"},
        {"request": "_erfunden"},
    ],
)
def test_an_answer_that_is_not_for_this_request_is_refused(client: Client, keys: Pair, instead: dict[str, str]) -> None:
    answer = sent(client, answered(asked(led(client)), keys, EMAIL, **instead))
    assert answer.status_code == (403 if "request" in instead else 401)
    assert not is_in(client)


def test_an_answer_with_another_key_or_changed_on_its_way_is_refused(client: Client, keys: Pair) -> None:
    import base64  # noqa: PLC0415

    forged = answered(asked(led(client)), pair(), EMAIL)
    right = base64.b64decode(answered(asked(led(client)), keys, "niemand@beispiel.invalid"))
    changed = base64.b64encode(right.replace(b"niemand@beispiel.invalid", EMAIL.encode())).decode()
    for answer in (forged, changed, "kein+Base64", base64.b64encode(b"<x/>").decode()):
        assert sent(client, answer).status_code == 401, answer[:40]
        assert not is_in(client)


def test_who_has_no_account_is_told(client: Client, keys: Pair) -> None:
    answer = sent(client, answered(asked(led(client)), keys, "niemand@beispiel.invalid"))
    assert answer.status_code == 403
    assert "gibt es hier kein Konto" in answer.content.decode()
    assert client.get("https://ewm.beispiel.de/anmeldung/saml/unbekannt/", secure=True).status_code == 404


@pytest.mark.parametrize("page", ["", "metadata/"])
@pytest.mark.parametrize("answer", ["", "no XML", "<x/>", None])
def test_a_service_that_says_nothing_about_itself_is_told_and_no_fault(
    page: str, answer: str | None, client: Client, settings: Any, tmp_path: Path
) -> None:
    file = tmp_path / "idp.xml"
    if answer is not None:
        file.write_text(answer, encoding="ascii")
    settings.SOCIALACCOUNT_PROVIDERS["saml"]["APPS"][0]["settings"]["idp"]["metadata_url"] = file.as_uri()
    found = client.get(f"{HERE}{page}", secure=True)
    assert found.status_code == 503
    assert "Der Anmeldedienst antwortet nicht" in found.content.decode()
    assert client.get("/anmeldung/saml/unbekannt/", secure=True).status_code == 404
