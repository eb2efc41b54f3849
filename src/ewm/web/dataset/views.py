"""All records that somebody may read, as one file: who reads them in the lists may take them along.

Interview notes are those of whoever asks and settles questions: no page shows them, no snapshot holds them.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import focus, needs, reach
from ewm.capture.accounts.roles import Right
from ewm.capture.dataset import FORMATS, Form, Scope
from ewm.errors import EwmError
from ewm.web.dataset.apart import make

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

FORMAT, PART, NOTES = "format", "bereich", "notizen"
BUSY, WAIT = 503, 30
_ONE_AT_A_TIME = BoundedSemaphore()
"""Of each process, so that the machine and its threads are left for pages."""


@needs(Right.READ)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the choice of format and clusters."""
    return _page(request)


@needs(Right.READ)
@require_safe
def file(request: HttpRequest) -> HttpResponseBase:
    """Answer with the file (``?format=…&bereich=…&notizen=ja``); one at a time, so that the site goes on."""
    form, scope = _form(request), _scope(request)
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        problem = _("Gerade wird schon eine Datei geschrieben. Bitte in einer halben Minute noch einmal versuchen.")
        answer = _page(request, problem=problem, status=BUSY)
        answer["Retry-After"] = str(WAIT)
        return answer
    try:
        made = make(form, scope)
    except EwmError as error:
        return _page(request, problem=str(error), status=422)
    finally:
        _ONE_AT_A_TIME.release()
    name = f"ewm-{made.moment:%Y-%m-%d}.{FORMATS[form].ending}"
    return FileResponse(made.file, as_attachment=True, filename=name, content_type=FORMATS[form].media_type)


def _form(request: HttpRequest) -> Form:
    try:
        return Form(request.GET.get(FORMAT, ""))
    except ValueError:
        raise Http404 from None


def _scope(request: HttpRequest) -> Scope:
    """Return what is asked for, no more than may be read; raises Http404 for a cluster that is not within reach."""
    allowed = reach(request)
    chosen = frozenset(request.GET.getlist(PART)) or allowed.readable
    if not chosen or not chosen <= allowed.readable:
        raise Http404
    everything = allowed.reads_everything and chosen == allowed.readable
    notes = chosen if NOTES in request.GET and allowed.can(Right.ASK) else frozenset()
    return Scope(None if everything else chosen, notes)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    form = request.GET.get(FORMAT)
    context: dict[str, Any] = {
        "formats": [(each, FORMATS[each].label, each == (form or Form.XLSX)) for each in Form],
        "clusters": [(name, label, name in request.GET.getlist(PART)) for name, label in focus(request).clusters],
        "asks": reach(request).can(Right.ASK),
        "with_notes": NOTES in request.GET,
        "problem": problem,
    }
    return render(request, "dataset/dataset.html", context, status=status)
