"""Which pages of the sign-in there are; names are those that allauth asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.apps import apps
from django.urls import path, re_path

from ewm.web.sign_in.links import mail_set_up
from ewm.web.sign_in.sso import SAML_APP, buttons
from ewm.web.sign_in.views import ForgottenView, knowing_the_service, told_when_silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.urls import URLPattern

urlpatterns = [
    path("", views.LoginView.as_view(extra_context={"services": buttons}), name="account_login"),
    path("abmelden/", views.logout, name="account_logout"),
    path("gesperrt/", views.account_inactive, name="account_inactive"),
    path("bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path(
        "passwort/vergessen/",
        ForgottenView.as_view(extra_context={"mail": mail_set_up}),
        name="account_reset_password",
    ),
    path("passwort/vergessen/gesendet/", views.password_reset_done, name="account_reset_password_done"),
    re_path(  # a key holds hyphens, the number before it none
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("passwort/neu/fertig/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("zweiter-faktor/", factor.authenticate, name="mfa_authenticate"),
    path("zweiter-faktor/bestaetigen/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("zweiter-faktor/bestaetigen/schluessel/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("dienst/abgebrochen/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("dienst/fehler/", social.login_error, name="socialaccount_login_error"),
    path("dienst/<provider_id>/", told_when_silent(oidc.login), name="openid_connect_login"),
    path("dienst/<provider_id>/zurueck/", told_when_silent(oidc.callback), name="openid_connect_callback"),
]


def saml_pages() -> list[URLPattern]:
    """Return the pages of the sign-in by SAML; its package must be installed."""
    from allauth.socialaccount.providers.saml import views as saml  # noqa: PLC0415

    def asked(view: Callable[..., Any]) -> Callable[..., Any]:
        return told_when_silent(knowing_the_service(view))

    return [
        path("saml/<organization_slug>/", asked(saml.login), name="saml_login"),
        path("saml/<organization_slug>/antwort/", saml.acs, name="saml_acs"),
        path("saml/<organization_slug>/fertig/", asked(saml.finish_acs), name="saml_finish_acs"),
        path("saml/<organization_slug>/abmelden/", asked(saml.sls), name="saml_sls"),
        path("saml/<organization_slug>/metadata/", asked(saml.metadata), name="saml_metadata"),
    ]


if apps.is_installed(SAML_APP):
    urlpatterns += saml_pages()
