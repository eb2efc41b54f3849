"""Pages of projects: the form, the profile, the change of status."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ewm.capture.accounts.access import needs, reach, record_or_404, recordable_or_refused
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.days import shown_day
from ewm.capture.drafts.queries import draft_or_none
from ewm.capture.editing.views import edit_views
from ewm.capture.forms.fields import label_of
from ewm.capture.forms.offering import Offer
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.reading import written_day
from ewm.capture.projects.kind import PROJECTS
from ewm.capture.projects.models import Project
from ewm.capture.projects.sheet import sheet_of
from ewm.capture.projects.status import StatusForm, status_add, status_take_back
from ewm.capture.timeline.history import latest
from ewm.capture.timeline.kinds import PROJECTS as TIMELINE
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

writing = edit_views(PROJECTS)


@needs(Right.READ)
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a project."""
    project = record_or_404(request, Project.objects.select_related("cluster", "funding_state"), code)
    may_record = reach(request).records(project.cluster_id)
    changes, number = latest(TIMELINE, project)
    context = {
        "changes": changes,
        "number": number,
        "record": project,
        "sheet": sheet_of(project),
        "may_record": may_record,
        "draft": draft_or_none(reach(request), PROJECTS.name, code) if may_record else None,
        "crumbs": [
            {"label": PROJECTS.words.several, "url": PROJECTS.list_url()},
            {"label": project.title, "url": ""},
        ],
    }
    return render(request, "projects/page.html", context)


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Add a dated status."""
    project = _changed(request, code)
    typed = rescued(request)
    if request.method != "POST":
        raw = Raw.posted(typed) if typed else Raw.of(status_from=written_day(timezone.localdate()))
        form = StatusForm(raw, Offer(("status",)))
        form.quiet()
        return _status_page(request, project, form)
    form = StatusForm(Raw.posted(request.POST), Offer(("status",)))
    if form.is_valid():
        given = form.cleaned_data
        try:
            status_add(pk=project.pk, status=given["status"], status_from=given["status_from"], reason=given["reason"])
        except RefusedError as error:
            for refusal in error.refusals:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return _told(request, project, given["status_from"], form.offer.label(given["status"]))
    return _status_page(request, project, form)


def _changed(request: HttpRequest, code: str) -> Project:
    project: Project = record_or_404(request, Project.objects.select_related("cluster"), code)
    recordable_or_refused(request, project.cluster_id)
    return project


def _told(request: HttpRequest, project: Project, day: date, label: str) -> HttpResponse:
    undo = reverse("projects:take_back", kwargs={"code": project.code, "day": day.isoformat()})
    text = _("Status „%(status)s“ ab %(day)s ist eingetragen.") % {"status": label, "day": shown_day(day)}
    messages.success(request, text, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(PROJECTS.url("page", project.code))


@needs(Right.RECORD)
@require_POST
def take_back(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """Take a dated status out again; the history keeps it."""
    project = _changed(request, code)
    try:
        begun = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    try:
        if status_take_back(pk=project.pk, status_from=begun, reason=request.POST.get("reason", "")[:200]):
            messages.success(request, _("Der Status ab %(day)s ist zurückgenommen.") % {"day": shown_day(begun)})
    except RefusedError as error:
        form = StatusForm(Raw(), Offer(("status",)))
        form.quiet()
        return _status_page(request, project, form, refused=[each.message for each in error.refusals])
    return HttpResponseRedirect(PROJECTS.url("page", code))


def _status_page(
    request: HttpRequest, project: Project, form: StatusForm, refused: list[str] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "record": project,
        "form": form,
        "errors": [{"text": text} for text in refused or []],
        "events": [
            {"status": each.status_id, "label": label_of(each.status), "day": each.status_from}
            for each in project.status_events.select_related("status").order_by("status_from")
        ],
        "crumbs": [
            {"label": PROJECTS.words.several, "url": PROJECTS.list_url()},
            {"label": project.title, "url": PROJECTS.url("page", project.code)},
            {"label": _("Status ändern"), "url": ""},
        ],
    }
    return render(request, "projects/status.html", context)
