"""Pages of activities: the form, the copy of last year's, the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ewm.capture.accounts.access import needs, reach, record_or_404
from ewm.capture.accounts.rescue import rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.activities.filling import as_last_year
from ewm.capture.activities.kind import ACTIVITIES
from ewm.capture.activities.models import Activity
from ewm.capture.drafts.queries import draft_or_none
from ewm.capture.editing.facts import Fact, assigned_terms, days, partners
from ewm.capture.editing.page import edit as answer
from ewm.capture.editing.stored import stored_of
from ewm.capture.editing.views import edit_views, read_by
from ewm.capture.forms.fields import label_of
from ewm.capture.forms.typed import gives_back
from ewm.capture.timeline.history import latest
from ewm.capture.timeline.kinds import ACTIVITIES as TIMELINE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

writing = edit_views(ACTIVITIES)


@needs(Right.RECORD)
@rescues
@gives_back(read_by(ACTIVITIES))
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Write a new activity that repeats a stored one a year later."""
    stored = stored_of(request, ACTIVITIES, code)
    if request.method != "POST":
        text = _("Übernommen aus %(code)s, die Tage liegen ein Jahr später. Noch ist nichts gespeichert.")
        messages.info(request, text % {"code": code})
    return answer(request, ACTIVITIES, raw=as_last_year(stored.entry))


@needs(Right.READ)
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an activity."""
    found = Activity.objects.select_related("cluster", "activity_kind", "activity_format")
    activity = record_or_404(request, found, code)
    may_record = reach(request).records(activity.cluster_id)
    changes, number = latest(TIMELINE, activity)
    context = {
        "changes": changes,
        "number": number,
        "record": activity,
        "partners": partners(activity.participations),
        "facts": _facts(activity),
        "may_record": may_record,
        "draft": draft_or_none(reach(request), ACTIVITIES.name, code) if may_record else None,
        "crumbs": [
            {"label": ACTIVITIES.words.several, "url": ACTIVITIES.list_url()},
            {"label": activity.title, "url": ""},
        ],
    }
    return render(request, "activities/page.html", context)


def _facts(activity: Activity) -> list[Fact]:
    return [
        Fact(_("Art"), label_of(activity.activity_kind)),
        Fact(_("Format"), label_of(activity.activity_format) if activity.activity_format else ""),
        Fact(_("Zeitraum"), days(activity.activity_start, activity.activity_end)),
        Fact(_("Heimatcluster"), label_of(activity.cluster)),
        Fact(_("Standardaktivität"), _("ja") if activity.is_standard else _("nein")),
        Fact(_("Federführung"), _("Clustermanagement") if activity.is_lead else _("andere")),
        *assigned_terms(activity.assignments).facts(),
    ]
