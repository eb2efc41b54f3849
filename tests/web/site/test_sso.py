"""Sign-in services of an organisation: read from a file, for accounts that exist, found by a verified address."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.mail import EmailMessage, get_connection

from ewm.capture.accounts.models import Account
from ewm.capture.accounts.roles import Role
from ewm.errors import ContentError, EwmError, MissingError
from ewm.web.mail import mail_settings
from ewm.web.sign_in import sso
from ewm.web.sign_in.adapter import ServiceAdapter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OIDC = """
[[oidc]]
id = "land"
name = "Anmeldung der Verwaltung"
issuer = "https://idp.beispiel.invalid/realms/land"
client_id = "ewm"
client_secret_file = "secret"
"""
SAML = """
[[saml]]
id = "haus"
name = "Anmeldung des Hauses"
entity_id = "https://idp.beispiel.invalid/saml"
metadata_url = "https://idp.beispiel.invalid/saml/metadata"
trust_email = true
"""


def written(folder: Path, text: str) -> Path:
    (folder / "secret").write_text("geheim\n", encoding="utf-8")
    file = folder / "sso.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _saml_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files alike with and without the package that speaks SAML."""
    monkeypatch.setattr(sso, "find_spec", lambda _: object())


def test_without_its_package_saml_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sso, "find_spec", lambda _: None)
    assert "saml" not in sso.read(written(tmp_path, OIDC)).providers
    with pytest.raises(MissingError, match=r"ewm\[saml\]"):
        sso.read(written(tmp_path, OIDC + SAML))


def test_services_are_read_with_the_secret_from_its_own_file(tmp_path: Path) -> None:
    found = sso.read(written(tmp_path, OIDC + SAML))
    (oidc,) = found.providers["openid_connect"]["APPS"]
    assert (oidc["provider_id"], oidc["client_id"], oidc["secret"]) == ("land", "ewm", "geheim")
    assert oidc["settings"]["server_url"] == "https://idp.beispiel.invalid/realms/land"
    assert oidc["settings"]["oauth_pkce_enabled"]
    (saml,) = found.providers["saml"]["APPS"]
    assert saml["settings"]["idp"]["metadata_url"].endswith("/metadata")
    assert saml["settings"]["advanced"]["want_assertion_signed"]
    assert saml["settings"]["advanced"]["reject_idp_initiated_sso"]
    assert found.apps == (sso.SAML_APP,)
    assert sso.read(written(tmp_path, OIDC)).apps == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OIDC.replace('client_id = "ewm"\n', ""), "fehlt client_id"),
        (OIDC + 'secret = "x"\n', "unbekannt: secret"),
        (OIDC.replace("https://idp", "http://idp"), "beginnt nicht mit https://"),
        (OIDC.replace('"land"', '"Land/1"'), "kleine Buchstaben"),
        ("[[ldap]]\nid = 'x'", "unbekannt ist ldap"),
        (SAML.replace("metadata_url", "sso_url"), "metadata_url oder sso_url und certificate_file"),
        ("[[oidc]", "kein gültiges TOML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_key(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=told):
        sso.read(written(tmp_path, text))


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="EWM_SSO nennt"):
        sso.read(tmp_path / "none.toml")
    file = written(tmp_path, OIDC)
    (tmp_path / "secret").unlink()
    with pytest.raises(MissingError, match="client_secret_file nennt"):
        sso.read(file)


def login(email: str, *, verified: bool, trusted: bool = False) -> Any:
    """A sign-in that a service has confirmed, as allauth hands it in."""
    connected: list[Account] = []
    return SimpleNamespace(
        is_existing=False,
        provider=SimpleNamespace(app=SimpleNamespace(settings={"ewm_trust_email": trusted})),
        email_addresses=[SimpleNamespace(email=email, verified=verified)],
        connect=lambda _, account: connected.append(account),
        connected=connected,
    )


@pytest.mark.parametrize(
    ("email", "verified", "trusted", "found"),
    [
        ("MINISTRY@beispiel.invalid", True, False, True),
        ("ministry@beispiel.invalid", False, False, False),
        ("ministry@beispiel.invalid", False, True, True),
        ("niemand@beispiel.invalid", True, True, False),
    ],
)
def test_an_account_is_found_by_a_verified_address_and_none_is_made(  # noqa: PLR0917
    email: str,
    verified: bool,  # noqa: FBT001
    trusted: bool,  # noqa: FBT001
    found: bool,  # noqa: FBT001
    account_of: Callable[[str], Account],
    rf: Any,
) -> None:
    account = account_of(Role.MINISTRY)
    asked, adapter = login(email, verified=verified, trusted=trusted), ServiceAdapter()
    if found:
        adapter.pre_social_login(rf.get("/"), asked)
        assert asked.connected == [account]
    else:
        with pytest.raises(ImmediateHttpResponse) as refused:
            adapter.pre_social_login(rf.get("/"), asked)
        assert refused.value.response.status_code == 403
        assert "gibt es hier kein Konto" in refused.value.response.content.decode()
    assert Account.objects.count() == 1
    assert not adapter.is_open_for_signup(rf.get("/"), asked)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://ewm:p%40ss@mail.example:2525", ("mail.example", 2525, "p@ss", True, False)),
        ("smtps://mail.example", ("mail.example", 465, "", False, True)),
    ],
)
def test_a_mail_server_is_one_address(url: str, expected: tuple[Any, ...]) -> None:
    made = mail_settings(url, debug=False)
    keys = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert tuple(made[key] for key in keys) == expected


def test_without_a_mail_server_no_link_lands_in_a_log() -> None:
    assert mail_settings(None, debug=False)["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert mail_settings(None, debug=True)["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_messages_may_lie_in_a_folder(tmp_path: Path, settings: Any) -> None:
    for name, value in mail_settings(f"file://{tmp_path}/die%20Post", debug=False).items():
        setattr(settings, name, value)
    get_connection().send_messages([EmailMessage("Betreff", "Text", "ewm@example.org", ["person@example.org"])])
    (message,) = (tmp_path / "die Post").iterdir()
    assert "Betreff" in message.read_text()


@pytest.mark.parametrize("url", ["file://rechner/ordner", "file:///", "ordner", "http://mail.example"])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(EwmError, match="EWM_MAIL_URL"):
        mail_settings(url, debug=False)
