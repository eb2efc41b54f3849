"""Pages of the sign-in that differ from the library's."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetView
from allauth.socialaccount.providers.oauth2.views import RequestException
from django.core.exceptions import PermissionDenied

from ewm.web import errors
from ewm.web.sign_in.answers import read_metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound="Callable[..., Any]")

_LOG = logging.getLogger(__name__)


class ForgottenView(PasswordResetView):  # type: ignore[misc]
    """A forgotten password: an address without an account gets a message, too, so that both take the same time."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the link, or the message that there is no account."""
        if not form.users:
            get_adapter().send_mail("account/email/unknown_account", form.cleaned_data["email"], {})
        answer: HttpResponse = super().form_valid(form)
        return answer


def told_when_silent(view: View) -> View:
    """Let a page say so where the organisation's service cannot be reached: it is no fault of the software.

    Every other error passes: it is one.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **said: Any) -> Any:
        try:
            return view(request, *args, **said)
        except RequestException:  # no answer, no TLS, no JSON, or not what it must hold (answers.py)
            _LOG.warning("sign-in service", exc_info=True)
            return errors.service_silent(request)
        except PermissionDenied:  # the answer fits no request of this browser
            return errors.sign_in_over(request)

    return cast("View", asked)


def knowing_the_service(view: View) -> View:
    """Let a page of SAML begin with what the service says about itself."""

    @wraps(view)
    def asked(request: HttpRequest, organization_slug: str) -> Any:
        read_metadata(request, organization_slug)
        return view(request, organization_slug=organization_slug)

    return cast("View", asked)
