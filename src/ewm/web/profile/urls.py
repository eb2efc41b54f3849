"""Addresses of the own account."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path

from ewm.web.profile import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("sitzungen/beenden/", views.end_session, name="profile_end_session"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("ohne-passwort/", views.no_password, name="account_set_password"),
    path("zweiter-faktor/", factor.index, name="mfa_index"),
    path("zweiter-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("zweiter-faktor/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("zweiter-faktor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("zweiter-faktor/codes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("zweiter-faktor/codes/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("zweiter-faktor/schluessel/", factor.index, name="mfa_list_webauthn"),
    path("zweiter-faktor/schluessel/neu/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("zweiter-faktor/schluessel/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("zweiter-faktor/schluessel/<int:pk>/entfernen/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
