"""Texts are taken without signs that nobody sees, whatever form or address they come by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, QueryDict

from ewm.capture.texts import without_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class CleanTextMiddleware:
    """Takes control characters and marks without width out of what is sent, before any view reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, said: Mapping[str, Any]) -> None:
        """Clean the query and what was posted; an address that holds such a sign leads nowhere (404)."""
        if any(isinstance(value, str) and without_unseen(value) != value for value in said.values()):
            raise Http404
        whole = cast("Any", request)
        whole.GET = _clean(request.GET)
        if request.method == "POST":
            whole.POST = _clean(request.POST)


def _clean(given: QueryDict) -> QueryDict:
    if all(without_unseen(text) == text for name, texts in given.lists() for text in (name, *texts)):
        return given
    found = QueryDict(mutable=True, encoding=given.encoding)
    for name, texts in given.lists():
        found.setlist(without_unseen(name), [without_unseen(text) for text in texts])
    found._mutable = False  # noqa: SLF001 (as the request's own)
    return found
