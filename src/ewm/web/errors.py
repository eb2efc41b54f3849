"""Clear pages for what went wrong; each says what happened, why, and what to do next."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from ewm.capture.accounts import rescue
from ewm.capture.accounts.access import WithdrawnRecord, reach
from ewm.capture.forms.typed import typed_lines
from ewm.capture.imports.reading.limits import LIMITS, MEGABYTE
from ewm.capture.imports.uploads import is_too_large
from ewm.capture.timeline.kinds import KINDS, withdrawn_context

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _page(request: HttpRequest, status: int, heading: str, text: str, **more: str) -> HttpResponse:
    # After a fault nothing more is read: what failed may be the database, and the form is one step back in the browser.
    typed = typed_lines(request) if status < HTTPStatus.INTERNAL_SERVER_ERROR else []
    context = {"heading": heading, "text": text, "status": status, "typed": typed, **more}
    answer = render(request, "error.html", context, status=status)
    vars(answer)["is_own"] = True
    return answer


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Answer a request that could not be read; a file beyond the limit is told with the limit and the way out."""
    if is_too_large(request):
        return _page(
            request, 413, _("Die Datei ist zu groß"),
            _("Übernommen werden Dateien bis %(size)s MB, diese ist größer. Aufgehoben wurde nichts. Bitte teilen Sie "
              "die Datei oder speichern Sie nur das Blatt mit den Daten.") % {"size": LIMITS.size // MEGABYTE},
        )  # fmt: skip
    return _page(
        request, 400, _("Diese Anfrage ließ sich nicht lesen"),
        _("Sie war zu groß oder unvollständig. Gespeichert wurde nichts. Bitte gehen Sie zurück und kürzen Sie sie."),
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Answer somebody whose role does not include what was asked."""
    return _page(
        request, 403, _("Das gehört nicht zu Ihrer Rolle"),
        _("Lesen dürfen Sie vielleicht, ändern nicht. Wer Konten verwaltet, kann Ihnen die Rolle geben."),
    )  # fmt: skip


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that did not come from a page of this site, or from one that was open for too long.

    The latter is told from the former by its origin: its text is kept, and shown again with a fresh page.
    """
    match = request.resolver_match
    own = f"{request.scheme}://{request.get_host()}"
    again = rescue.keep(request, match.func) if match and request.headers.get("Origin") == own else None
    if again:
        return HttpResponseRedirect(again) if reach(request).account else redirect_to_login(again)
    return _page(
        request, 403, _("Diese Seite war zu lange offen"),
        _("Gespeichert wurde nichts. Gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal."),
    )  # fmt: skip


def unready(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where the installation lacks something or a file of it is damaged; the error itself says the next step."""
    return _page(request, 503, _("Das kann EWM gerade nicht zeigen"), str(exception))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer for what is not there, or not for this account; a withdrawn record is told and leads to its history."""
    if isinstance(exception, WithdrawnRecord):
        context = withdrawn_context(exception.record) | {"typed": typed_lines(request), "kept": exception.kept}
        return render(request, "timeline/gone.html", context, status=404)
    kind = next((each for each in KINDS.values() if request.path.startswith(each.list_url())), None)
    if kind is None or reach(request).account is None:
        return _page(
            request, 404, _("Diese Seite gibt es nicht"),
            _("Die Adresse ist falsch oder veraltet. Prüfen Sie sie oder beginnen Sie auf der Startseite."),
        )  # fmt: skip
    return _page(
        request, 404, _("Diesen Eintrag gibt es nicht oder er gehört zu einem anderen Cluster"),
        _("Prüfen Sie die Adresse oder suchen Sie in der Liste."),
        list_url=kind.list_url(), list_label=str(kind.section),
    )  # fmt: skip


def no_account(request: HttpRequest) -> HttpResponse:
    """Answer somebody whom a sign-in service knows and who has no account here."""
    return _page(
        request, 403, _("Für diese Adresse gibt es hier kein Konto"),
        _("Der Dienst hat Sie erkannt. Ein Konto legt die Administration an, mit derselben E-Mail-Adresse."),
    )  # fmt: skip


def service_silent(request: HttpRequest) -> HttpResponse:
    """Answer where the sign-in service of the organisation cannot be reached or says nothing that can be read."""
    return _page(
        request, 503, _("Der Anmeldedienst antwortet nicht"),
        _("Angemeldet ist niemand, und an Ihrem Konto liegt es nicht. Versuchen Sie es in einigen Minuten noch einmal "
          "oder melden Sie sich mit Ihrem Passwort an. Bleibt es so, sagen Sie es Ihrer Administration."),
    )  # fmt: skip


def sign_in_over(request: HttpRequest) -> HttpResponse:
    """Answer to a sign-in by a service that this browser did not begin, or too long ago."""
    return _page(
        request, 403, _("Diese Anmeldung gilt nicht mehr"),
        _("Sie begann in einem anderen Browser oder vor zu langer Zeit. Bitte melden Sie sich noch einmal an."),
    )  # fmt: skip


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    """Answer whoever asks too often."""
    return _page(
        request, 429, _("Zu viele Versuche"),
        _("In kurzer Zeit kamen sehr viele Anfragen. Bitte warten Sie einige Minuten."),
    )  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of the software."""
    return _page(
        request, 500, _("Das hat nicht geklappt"),
        _("Der Fehler liegt bei uns. Ihre Eingaben sind noch im Formular: gehen Sie zurück und speichern Sie erneut."),
    )  # fmt: skip
