"""Our own pages for what went wrong, in a demonstration as well: there Django would show its pages for developers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings

from ewm.web import errors

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from ewm.web.middleware import Answer

_PAGES: dict[int, Any] = {400: errors.bad_request, 404: errors.not_found, 500: errors.broken}
_RAISED = "ewm_raised"
_HEADER = "Content-Security-Policy"
_FEATURES = (
    *(
        f"{name}=()"
        for name in (
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    ),
    "publickey-credentials-get=(self)",
    "publickey-credentials-create=(self)",
)


class OwnPagesMiddleware:
    """Replaces a page for developers by ours; outside of a demonstration there is none to replace."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        answer = self._answer(request)
        page = _PAGES.get(answer.status_code)
        raised = getattr(request, _RAISED, None)
        foreign = getattr(answer, "is_own", False) is False and answer.get("Content-Type", "").startswith("text/")
        if not (settings.DEBUG and settings.EWM_DEMO and page and foreign):
            return answer
        own: HttpResponseBase = page(request, raised) if answer.status_code == HTTPStatus.NOT_FOUND else page(request)
        return own

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember why a view gave up: a withdrawn record has a page of its own."""
        setattr(request, _RAISED, exception)


class PolicyMiddleware(CSPMiddleware):
    """Sends two policies with every answer: what a page may load, and which parts of the machine it may use.

    The library leaves the first one out where Django shows its pages for developers.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the headers."""
        answer: HttpResponseBase = super().process_response(request, response)
        if _HEADER not in answer:
            answer[_HEADER] = build_policy()
        answer["Permissions-Policy"] = ", ".join(_FEATURES)
        return answer
