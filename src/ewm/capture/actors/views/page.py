"""The page of an actor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import focus, needs, reach
from ewm.capture.accounts.roles import Right
from ewm.capture.actors.duplicates.services import read_actor
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.hierarchy import read_tree
from ewm.capture.actors.models import Actor
from ewm.capture.actors.sheet import actor_sheet, merges_of
from ewm.capture.actors.taking_part import takes_part
from ewm.capture.drafts.queries import drafts_of
from ewm.capture.timeline.history import latest_of
from ewm.capture.timeline.kinds import ACTORS as TIMELINE
from ewm.capture.timeline.versions import read_steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def actor_or_404(code: str, **more: Exists) -> Actor:
    """Return the actor with this code, and what more is asked of it; raises Http404 where there is none.

    Actors are shared by all clusters.
    """
    found: Actor | None = Actor.objects.select_related("merged_into").annotate(**more).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def survivor_of(actor: Actor) -> Actor:
    """Return the actor in which one went up, at the end of all merges; itself where it did not."""
    while actor.merged_into is not None:
        actor = actor.merged_into
    return actor


def crumbs(request: HttpRequest, *further: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the way to a page of the register: label and address of each step behind the list."""
    steps = [(focus(request).label, "/"), (_("Akteure"), reverse("actors:list")), *further]
    return [{"label": label, "url": url} for label, url in steps if label]


def day_of(request: HttpRequest) -> date:
    """Return the day that a page shows: the end of the chosen year, today where that has not come yet."""
    return min(date(focus(request).year, 12, 31), timezone.localdate())


@needs(Right.READ)
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an actor: where it takes part, its organisation on the day, what is known of it."""
    drafts = drafts_of(reach(request), kind="actors").filter(key=OuterRef("code"))
    actor = actor_or_404(code, has_draft=Exists(drafts))
    survivor = survivor_of(actor)
    if survivor != actor:
        text = _("%(code)s ist in diesem Akteur aufgegangen. Die Adresse führt weiter hierher.")
        messages.info(request, text % {"code": actor.code})
        return HttpResponsePermanentRedirect(reverse("actors:page", kwargs={"code": survivor.code}))
    steps, day = read_steps(ACTOR, actor.pk), day_of(request)
    entry = steps[-1].entry if steps else read_actor(actor.pk).entry  # the history is read anyway, and ends with today
    changes, number = latest_of(TIMELINE, steps)
    part = takes_part(request, actor.pk, request.GET.get("seite"))
    context = {
        "actor": actor,
        "changes": changes,
        "number": number,
        "entry": entry,
        "sheet": actor_sheet(entry, day),
        "part": part.numbers,
        "page_obj": part.page,
        "tree": read_tree(actor.pk, day),
        "merges": merges_of(actor),
        "may_record": reach(request).can(Right.RECORD),
        "crumbs": crumbs(request, (actor.name, "")),
    }
    return render(request, "actors/page.html", context)
