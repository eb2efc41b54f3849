"""What was typed while a session ended: kept through the sign-in and shown again in the same form.

A form page takes part in two steps: its view is decorated with ``rescues``, and its form holds
``{% include "parts/rescue_mark.html" %}`` beside the CSRF token. The mark says, signed, for whose eyes the page was
made; what is posted without a session is kept (at most ``LIMIT`` bytes) until that same account signs in, never shown
to another one on the same machine, and never saved by itself. Files are not kept.

A view that only takes what another page sends is decorated with ``rescues_at``: the text comes back on that page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ewm.capture.accounts.access import reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest

View = TypeVar("View", bound="Callable[..., Any]")

LIMIT = 200_000
"""Bytes of typed text that are kept, as they are sent; a longer one is told to be still in the window before."""
MARK = "_konto"
AGAIN = "wieder"
"""In the query of the address after the sign-in: the form with the text. Without it the form is empty."""
_ATTRIBUTE, _PAGE, _KEPT = "rescues_text", "rescues_text_at", "rescued"
_SIGNER = Signer(salt="ewm.rescue")


def rescues(view: View) -> View:
    """Let a form's text come back after its session ended; the view fills the form from ``rescued`` on GET."""
    setattr(view, _ATTRIBUTE, True)
    return view


def rescues_at(page: str) -> Callable[[View], View]:
    """Let a text come back on the page with this name and the same arguments: the view itself answers POST only."""

    def decorated(view: View) -> View:
        setattr(view, _PAGE, page)
        return rescues(view)

    return decorated


def is_rescuing(view: Any) -> bool:
    """Tell whether a view's text comes back."""
    return bool(getattr(view, _ATTRIBUTE, False))


def mark_of(request: HttpRequest) -> str:
    """Return the signed number of the account for which a page is made; empty for the public."""
    account = reach(request).account
    return _SIGNER.sign(str(account.pk)) if account else ""


def is_own(request: HttpRequest) -> bool:
    """Tell whether the page from which something was posted was made for whoever posts it, signed in still."""
    account = reach(request).account
    return account is not None and _owner(request) == account.pk


def keep(request: HttpRequest, view: Any) -> str | None:
    """Keep what was posted without a session, or with one that began after the page was made.

    Returns the address at which it is shown again; None where nothing is kept: without a mark, beyond ``LIMIT``, and
    where another account has signed in since. Whoever calls has made sure that a page of this site posted.
    """
    if request.method != "POST" or not is_rescuing(view):
        return None
    owner, account = _owner(request), reach(request).account
    if owner is None or (account is not None and owner != account.pk):
        return None
    posted = request.POST.copy()
    for name in ("csrfmiddlewaretoken", MARK):
        posted.pop(name, None)
    text = posted.urlencode()
    if len(text) > LIMIT:
        messages.warning(request, _("Ihr Text war zu lang, um ihn aufzuheben. Er steht noch auf der Seite davor."))
        return None
    path = _page_of(request, view)
    request.session[_KEPT] = {"account": owner, "path": path, "sent_to": request.path, "text": text}
    query = request.GET.copy()
    query[AGAIN] = "1"
    return f"{path}?{query.urlencode()}"


def _page_of(request: HttpRequest, view: Any) -> str:
    page, match = getattr(view, _PAGE, None), request.resolver_match
    return reverse(page, kwargs=match.kwargs) if page and match else request.path


def rescued(request: HttpRequest) -> QueryDict | None:
    """Return what was typed into this very form before the session ended, and say that nothing is saved yet.

    None where there is nothing, where it belongs to another account, and where the form is opened anew.
    """
    kept = request.session.get(_KEPT)
    if request.method != "GET" or AGAIN not in request.GET or not kept or kept["path"] != request.path:
        return None
    if _foreign(request, kept):
        return None
    messages.warning(
        request, _("Ihre Sitzung war abgelaufen. Ihr Text steht wieder im Formular, gespeichert ist noch nichts.")
    )
    return QueryDict(kept["text"])


def forget(request: HttpRequest) -> None:
    """Drop what is kept once its form is sent again, and at once where another account has signed in."""
    kept = request.session.get(_KEPT) if reach(request).account else None
    sent_again = kept and request.method == "POST" and request.path in {kept["path"], kept.get("sent_to")}
    if kept and (sent_again or _foreign(request, kept)):
        del request.session[_KEPT]


def typed_before(request: HttpRequest) -> dict[str, Any] | None:
    """Return what ``rescued`` does as values that a form begins with; several of one name as a list."""
    typed = rescued(request)
    return {name: values if len(values) > 1 else values[0] for name, values in typed.lists()} if typed else None


def _foreign(request: HttpRequest, kept: dict[str, Any]) -> bool:
    account = reach(request).account
    return account is None or kept["account"] != account.pk


def _owner(request: HttpRequest) -> int | None:
    try:
        return int(_SIGNER.unsign(request.POST.get(MARK, "")))
    except (BadSignature, ValueError):
        return None
