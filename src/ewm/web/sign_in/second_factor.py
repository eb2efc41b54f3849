"""Accounts of some roles must have a second factor: until they have one, every page leads to where it is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ewm.capture.accounts.roles import Right
from ewm.web.middleware import right_needed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.web.middleware import Answer

_LEADS_THERE = ("mfa_", "account_")


class SecondFactorMiddleware:
    """Holds those who must have a second factor and have none at its page."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> Any:
        """Answer a request."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
        """Lead to the second factor where one is missing; public pages and those on the way there stay open."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(_LEADS_THERE) or right_needed(view, name) == Right.PUBLIC or not missing(request):
            return None
        messages.warning(request, _("Ihre Rolle braucht einen zweiten Faktor. Bitte richten Sie jetzt einen ein."))
        return redirect("mfa_index")


def missing(request: HttpRequest) -> bool:
    """Tell whether whoever asks must have a second factor and has none."""
    reach = cast("Any", request).reach
    if reach.account is None or not reach.roles & set(settings.EWM_SECOND_FACTOR):
        return False
    by_service = any(
        each.get("method") == "socialaccount" for each in get_authentication_records(request, reach.account)
    )
    return not by_service and not is_mfa_enabled(reach.account)
