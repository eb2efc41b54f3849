"""Pages of the user administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.models import Account
from ewm.capture.accounts.rescue import rescues, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.accounts.services import (
    account_create,
    account_deactivate,
    account_reactivate,
    account_update,
    roles_set,
)
from ewm.errors import RefusedError
from ewm.web.people.forms import AccountForm, initial_of
from ewm.web.people.shown import changes_of, people, role_lines, with_factor
from ewm.web.sign_in.links import password_link, send_link
from ewm.web.sign_in.open_sessions import factor_reset, open_sessions, sessions_end

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Right.ADMINISTER)
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """List the accounts."""
    found = list(people())
    factors = with_factor(found)
    rows = [{"account": each, "roles": role_lines(each), "factor": each.pk in factors} for each in found]
    return render(request, "people/list.html", {"rows": rows})


@needs(Right.ADMINISTER)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account and show its link."""
    form = AccountForm(request.POST or None, initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            account = account_create(
                email=form.cleaned_data["email"], name=form.cleaned_data["name"], grants=form.grants()
            )
        except RefusedError as error:
            form.refuse(error)
        else:
            return _link_page(request, account)
    return render(request, "people/new.html", {"form": form, "crumbs": _crumbs(_("Neues Konto"))})


@needs(Right.ADMINISTER)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show an account, or change its name, address and roles."""
    account = get_object_or_404(Account, pk=number)
    form = AccountForm(request.POST or None, initial=typed_before(request) or initial_of(account))
    if request.method == "POST" and form.is_valid() and _change(account, form):
        messages.success(request, _("Gespeichert."))
        return redirect("accounts:account", number)
    account.refresh_from_db()
    shown = {
        "form": form,
        "account": account,
        "factor": account.pk in with_factor([account]),
        "sessions": open_sessions(account),
        "changes": changes_of(account),
        "crumbs": _crumbs(account.name),
    }
    return render(request, "people/account.html", shown)


@needs(Right.ADMINISTER)
@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link that sets the password, send it, and show it once where no message goes out."""
    return _link_page(request, get_object_or_404(Account, pk=number))


@needs(Right.ADMINISTER)
@require_POST
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    try:
        account_deactivate(account=get_object_or_404(Account, pk=number))
    except RefusedError as error:
        messages.error(request, error.refusals[0].message)
    else:
        messages.success(request, _("Das Konto ist gesperrt."))
    return redirect("accounts:account", number)


@needs(Right.ADMINISTER)
@require_POST
def reactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Open an account again."""
    account_reactivate(account=get_object_or_404(Account, pk=number))
    messages.success(request, _("Das Konto ist wieder offen."))
    return redirect("accounts:account", number)


@needs(Right.ADMINISTER)
@require_POST
def reset_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the second factors of an account away."""
    factor_reset(account=get_object_or_404(Account, pk=number))
    messages.success(request, _("Der zweite Faktor ist zurückgesetzt, die Sitzungen sind beendet."))
    return redirect("accounts:account", number)


@needs(Right.ADMINISTER)
@require_POST
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """End every session of an account."""
    sessions_end(account=get_object_or_404(Account, pk=number), but=request.session.session_key)
    messages.success(request, _("Die Sitzungen sind beendet."))
    return redirect("accounts:account", number)


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Konten"), "url": reverse("accounts:list")}, {"label": here, "url": ""}]


def _change(account: Account, form: AccountForm) -> bool:
    """Change an account; False where the form says why not."""
    try:
        with transaction.atomic():
            account_update(account=account, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
            roles_set(account=account, grants=form.grants())
    except RefusedError as error:
        form.refuse(error)
        return False
    return True


def _link_page(request: HttpRequest, account: Account) -> HttpResponse:
    made = password_link(account)
    sent = send_link(account, made)
    return render(request, "people/link.html", {"account": account, "link": None if sent else made})
