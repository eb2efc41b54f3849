"""Pages of the sign-in that differ from the library's."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetView
from django.core.exceptions import PermissionDenied

from ewm.web import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound="Callable[..., Any]")

_LOG = logging.getLogger(__name__)
_SILENT = (OSError, KeyError, SyntaxError)
"""No answer, no TLS or no JSON; an answer without what it must hold; no XML."""


class ForgottenView(PasswordResetView):  # type: ignore[misc]
    """A forgotten password: an address without an account gets a message, too, so that both take the same time."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the link, or the message that there is no account."""
        if not form.users:
            get_adapter().send_mail("account/email/unknown_account", form.cleaned_data["email"], {})
        answer: HttpResponse = super().form_valid(form)
        return answer


def told_when_silent(view: View) -> View:
    """Let a page say so where the organisation's service cannot be reached: it is no fault of the software."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **said: Any) -> Any:
        try:
            return view(request, *args, **said)
        except _SILENT as error:
            _LOG.warning("sign-in service: %s", type(error).__name__)
            return errors.service_silent(request)
        except PermissionDenied:  # the answer fits no request of this browser
            return errors.sign_in_over(request)

    return cast("View", asked)
