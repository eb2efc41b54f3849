"""Forms of the sign-in in the words of this site, without the library's placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

_PASSWORD = _("Passwort")
_NEW = _("Neues Passwort")
_AGAIN = _("Neues Passwort noch einmal")
_RULE = _("Mindestens 12 Zeichen, nicht nur Ziffern und kein häufiges Wort. Drei zufällige Wörter sind gut.")
_CODE = _("Code")
_CODE_HELP = _("Sechs Ziffern aus Ihrer App, oder einer Ihrer Ersatzcodes")


class Worded:
    """Gives fields our labels and hints, and takes away placeholders."""

    words: ClassVar[Mapping[str, tuple[Any, Any]]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc]
    """Address and password."""

    words: ClassVar[Any] = {"login": (_("E-Mail-Adresse"), ""), "password": (_PASSWORD, "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Address to which the link goes."""

    words: ClassVar[Any] = {"email": (_("E-Mail-Adresse"), "")}


class FirstPasswordForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A first or a forgotten password, by the link of a message."""

    words: ClassVar[Any] = {"password1": (_NEW, _RULE), "password2": (_AGAIN, "")}


class NewPasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password for the old one."""

    words: ClassVar[Any] = {
        "oldpassword": (_("Bisheriges Passwort"), ""),
        "password1": (_NEW, _RULE),
        "password2": (_AGAIN, ""),
    }


class AgainForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words: ClassVar[Any] = {"password": (_PASSWORD, "")}


_PERIOD = 30
"""Seconds for which an app shows a code."""


class OnceOnly:
    """Takes a code of an app once as long as any clock would still let it pass; the library forgets it after 30 s."""

    user: Any
    authenticator: Any = None

    def clean_code(self) -> str:
        """Return the code; refuses one that has been used, in the words for a wrong one."""
        code = str(super().clean_code())  # type: ignore[misc]
        by_app = self.authenticator is None or self.authenticator.type == Authenticator.Type.TOTP
        if by_app and not _is_first(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _is_first(account: int, code: str) -> bool:
    window = _PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
    digits = "".join(filter(str.isdecimal, code))
    return bool(cache.add(f"ewm.code-used:{account}:{digits}", 1, timeout=window))


class CodeForm(OnceOnly, Worded, factor.AuthenticateForm):  # type: ignore[misc]
    """A code at the sign-in."""

    words: ClassVar[Any] = {"code": (_CODE, _CODE_HELP)}


class CodeAgainForm(OnceOnly, Worded, factor.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""

    words: ClassVar[Any] = {"code": (_CODE, _CODE_HELP)}


class AppForm(OnceOnly, Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app."""

    words: ClassVar[Any] = {"code": (_("Code aus der App"), _("Die sechs Ziffern, die sie jetzt zeigt"))}


class AddKeyForm(Worded, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or security key."""

    words: ClassVar[Any] = {
        "name": (_("Name des Schlüssels"), _("Damit Sie ihn wiedererkennen, zum Beispiel „Diensthandy“")),
        "passwordless": (
            _("Auch ohne Passwort anmelden (Passkey)"),
            _("Der Schlüssel fragt dann nach Ihrer PIN, Ihrem Finger oder Ihrem Gesicht."),
        ),
    }


class RenameKeyForm(Worded, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    words: ClassVar[Any] = {"name": (_("Name des Schlüssels"), "")}
