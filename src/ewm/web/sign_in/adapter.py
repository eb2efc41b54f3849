"""How allauth behaves here: nobody signs up, messages are ours, secrets of second factors are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.models import Account
from ewm.web import errors
from ewm.web.sign_in.answers import checked

if TYPE_CHECKING:
    from django.http import HttpRequest

_MISMATCH = _("Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by password: the same answer whether an account exists or not."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _MISMATCH,
        "invalid_login": _MISMATCH,
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "enter_current_password": _("Das Passwort stimmt nicht."),
        "incorrect_code": _("Der Code stimmt nicht oder gilt nicht mehr. Bitte nehmen Sie den nächsten."),
        "too_many_login_attempts": _(
            "Zu viele falsche Versuche. Bitte warten Sie 15 Minuten oder setzen Sie das Passwort neu."
        ),
        "rate_limited": _("Zu viele Versuche in kurzer Zeit. Bitte warten Sie einige Minuten."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Let nobody make an account alone."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are encrypted with a key made of the site's secret key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Der Code stimmt nicht oder gilt nicht mehr. Bitte nehmen Sie den nächsten."),
        "cannot_generate_recovery_codes": _("Ersatzcodes gibt es erst, wenn ein zweiter Faktor eingerichtet ist."),
    }

    def get_totp_issuer(self) -> str:
        """Name the site in the app that shows codes."""
        return f"EWM {self._get_site_name()}"

    def build_totp_svg(self, url: str) -> str:
        """Draw the code as part of the page: the site allows no images but files of its own."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :].replace("<svg", '<svg aria-hidden="true"', 1)

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; where the site's key has changed a random one that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"ewm.second-factor" + str(settings.SECRET_KEY).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class ServiceAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by a service of the organisation: for accounts that exist, found by an address that it has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Let nobody make an account alone."""
        return False

    def get_requests_session(self) -> Any:
        """Return what asks a service: it refuses answers that lack something."""
        return checked(super().get_requests_session())

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:  # noqa: ARG002
        """Return the services of the configuration; none can be added in the database."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Bind a first sign-in to the account with its verified address; answer a page where there is none."""
        if sociallogin.is_existing:
            return
        trusted = sociallogin.provider.app.settings.get("ewm_trust_email", False)
        verified = [each.email for each in sociallogin.email_addresses if each.verified or trusted]
        account = Account.objects.filter(email__iexact=verified[0]).first() if verified else None
        if account is None:
            raise ImmediateHttpResponse(errors.no_account(request))
        sociallogin.connect(request, account)
