"""Write a project: new, changed, kept as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.rescue import rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.editing.drafting import discard, kept_by_itself, sent_raw
from ewm.capture.editing.page import edit as answer
from ewm.capture.editing.stored import stored_of, stored_or_none
from ewm.capture.projects.kind import PROJECTS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new project."""
    return answer(request, PROJECTS)


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a project."""
    return answer(request, PROJECTS, stored_of(request, PROJECTS, code))


@needs(Right.RECORD)
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what a page sends by itself."""
    return kept_by_itself(request, PROJECTS, stored_or_none(request, PROJECTS))


@needs(Right.RECORD)
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Throw a draft away."""
    return HttpResponseRedirect(discard(request, PROJECTS))


@needs(Right.RECORD)
@require_POST
def terms(request: HttpRequest) -> HttpResponse:
    """Answer with the fields whose terms depend on the dates that were just typed."""
    stored = stored_or_none(request, PROJECTS)
    forms = PROJECTS.forms_of(sent_raw(request, stored), stored)
    forms.quiet()
    return render(request, "projects/terms.html", {"forms": forms, "form": forms.main, "swapped": True})
