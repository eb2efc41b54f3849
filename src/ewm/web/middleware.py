"""Every request knows who asks, what they may do, which cluster and year they look at, and who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control

from ewm.capture.accounts import rescue
from ewm.capture.accounts.access import ATTRIBUTE, reach_of
from ewm.capture.accounts.roles import Right
from ewm.capture.acting import Channel, acting_as
from ewm.errors import ContentError, MissingError, TamperedError
from ewm.web import errors
from ewm.web.focus import focus_of
from ewm.web.foreign_views import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]


_UNREADY = (MissingError, ContentError, TamperedError)


def right_needed(view: Any, name: str | None) -> Right | None:
    """Return the right that a view asks for: said by itself, or for a library's view by the list; None: nobody said."""
    said = getattr(view, ATTRIBUTE, None) or getattr(getattr(view, "view_class", None), ATTRIBUTE, None)
    return said or FOREIGN.get(name or "")


class ReachMiddleware:
    """Puts ``reach`` and ``focus`` on the request, speaks the account's language, and lets no view run unasked."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        account = request.user if request.user.is_authenticated else None
        whole = cast("Any", request)
        whole.reach = reach_of(account)
        whole.focus = focus_of(request)
        if account is not None and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(account.language)
            whole.LANGUAGE_CODE = account.language
        rescue.forget(request)
        with acting_as(account.pk if account else None, Channel.FORM):
            answer = self._answer(request)
        if account is not None and not answer.has_header("Cache-Control"):
            patch_cache_control(cast("Any", answer), private=True, no_store=True)
        return answer

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponseBase | None:
        """Send whoever is not signed in to the sign-in; refuse whoever lacks the right."""
        match = request.resolver_match
        right = right_needed(view, match.view_name if match else None)
        reach = cast("Any", request).reach
        if right is None:
            raise PermissionDenied
        if right == Right.PUBLIC or reach.can(right):
            return None
        if reach.account is None:
            return _to_sign_in(request, view)
        raise PermissionDenied

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Say what is not ready or damaged, and the next step, instead of a fault of the software."""
        return errors.unready(request, exception) if isinstance(exception, _UNREADY) else None


def _to_sign_in(request: HttpRequest, view: Any) -> HttpResponseBase:
    """Send a page to the sign-in and keep what it posted; a script only hears that nobody is signed in (401).

    A script that followed would show the sign-in in the middle of a page, or lose what is being typed there.
    """
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"Cache-Control": "no-store"})
    return redirect_to_login(rescue.keep(request, view) or request.get_full_path())
