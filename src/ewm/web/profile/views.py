"""The page of the own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.models import Theme
from ewm.capture.accounts.rescue import rescues, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.accounts.services import appearance_set
from ewm.web.people.shown import role_lines
from ewm.web.profile.forms import ProfileForm
from ewm.web.sign_in.open_sessions import open_sessions, session_end, sessions_end

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.accounts.models import Account

YEAR = 365 * 24 * 60 * 60
_CHOICES = ("name", "language", "theme", "shortcuts")


@needs(Right.SIGN_IN)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show the own account, or change it."""
    account = _own(request)
    stored = {name: getattr(account, name) for name in _CHOICES}
    form = ProfileForm(request.POST or None, initial=typed_before(request) or stored)
    if request.method == "POST" and form.is_valid():
        appearance_set(account=account, **form.cleaned_data)
        messages.success(request, _("Gespeichert."))
        return _with_cookies(redirect("profile"), account)
    shown = {
        "form": form,
        "account": account,
        "roles": role_lines(account),
        "has_factor": is_mfa_enabled(account),
        "sessions": open_sessions(account, request.session.session_key),
    }
    return render(request, "profile/profile.html", shown)


@needs(Right.SIGN_IN)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the own sessions (``number``), or without a number all but this one."""
    number = request.POST.get("number", "")
    if number.isdecimal():
        session_end(account=_own(request), number=int(number))
        messages.success(request, _("Die Sitzung ist beendet."))
    else:
        sessions_end(account=_own(request), but=request.session.session_key)
        messages.success(request, _("Alle anderen Sitzungen sind beendet."))
    return redirect("profile")


@needs(Right.SIGN_IN)
@require_safe
def no_password(request: HttpRequest) -> HttpResponse:
    """Tell somebody who signs in by a service that there is no password to change."""
    messages.warning(request, _("Ihr Konto hat kein Passwort. Einen Link zum Setzen gibt die Administration."))
    return redirect("profile")


def _own(request: HttpRequest) -> Account:
    return cast("Account", reach(request).account)


def _with_cookies(answer: HttpResponse, account: Account) -> HttpResponse:
    """Let this browser follow at once, on pages without a sign-in as well."""
    chosen = {
        settings.LANGUAGE_COOKIE_NAME: account.language,
        "ewm_theme": "" if account.theme == Theme.SYSTEM else account.theme,
        "ewm_keys": "" if account.shortcuts else "off",
    }
    for name, value in chosen.items():
        if value:
            answer.set_cookie(name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        else:
            answer.delete_cookie(name, samesite="Lax")
    return answer
