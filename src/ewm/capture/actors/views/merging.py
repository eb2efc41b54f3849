"""Duplicates: the list of candidates, the preview of a merge, the merge, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.rescue import rescues, rescues_at, typed_before
from ewm.capture.accounts.roles import Right
from ewm.capture.actors.duplicates.candidates import candidates
from ewm.capture.actors.duplicates.models import ActorMerge, ActorsApart
from ewm.capture.actors.duplicates.preview import preview_of
from ewm.capture.actors.duplicates.services import actors_merge, actors_tell_apart, merge_undo
from ewm.capture.actors.duplicates.uniting import CHOICES
from ewm.capture.actors.models import Actor
from ewm.capture.actors.views.page import actor_or_404, crumbs, survivor_of
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_A_PAGE = 25
TAKEN = "taken"
"""Sent for what the survivor takes from the merged one."""
_NOT_DONE = 422
_OVERTAKEN = 409
_LONGEST_REASON = 150


@needs(Right.READ)
@require_http_methods(["GET", "HEAD"])
def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs that may be one actor; ``?akteur=`` only those with this one."""
    about = request.GET.get("akteur") or None
    actor = actor_or_404(about) if about else None
    found = Paginator(candidates(about=about), _A_PAGE).get_page(request.GET.get("seite"))
    apart = ActorsApart.objects.select_related("first", "second").order_by("-id")
    context = {
        "page_obj": found,
        "actor": actor,
        "apart": [] if actor else apart[:_A_PAGE],
        "crumbs": crumbs(request, (_("Dubletten"), "")),
    }
    return render(request, "actors/duplicates.html", context)


@needs(Right.RECORD)
@rescues_at("actors:merge")
@require_POST
def apart(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Remember that two actors are not the same one."""
    one, two = actor_or_404(code), actor_or_404(other)
    reason = " ".join(request.POST.get("reason", "").split())
    try:
        actors_tell_apart(one=one.pk, other=two.pk, reason=reason)
    except RefusedError as error:
        messages.error(request, error.refusals[0].message)
        return redirect("actors:merge", code=code, other=other)
    text = _("„%(one)s“ und „%(two)s“ stehen nicht mehr unter den Dubletten. Zusammengeführt ist nichts.")
    messages.success(request, text % {"one": one.name, "two": two.name})
    return redirect("actors:duplicates")


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Show what would happen if ``other`` went up in this actor; POST lets it happen."""
    survivor, merged = actor_or_404(code), actor_or_404(other)
    if request.method == "POST":
        return _merge(request, survivor, merged)
    gone = next((each for each in (survivor, merged) if each.merged_into is not None), None)
    if gone is not None:
        text = _("%(code)s ist schon in einem anderen Akteur aufgegangen. Zusammengeführt ist nichts Neues.")
        messages.info(request, text % {"code": gone.code})
        return redirect("actors:page", code=survivor_of(gone).code)
    typed = typed_before(request) or {}
    chosen = [name for name in CHOICES if typed.get(name) == TAKEN]
    return _preview(request, survivor, merged, reason=typed.get("reason", ""), chosen=chosen)


def _merge(request: HttpRequest, survivor: Actor, merged: Actor) -> HttpResponse:
    chosen = [name for name in CHOICES if request.POST.get(name) == TAKEN]
    reason = " ".join(request.POST.get("reason", "").split())
    try:
        made = actors_merge(
            survivor=survivor.pk,
            survivor_version=_version(request, "survivor_version"),
            merged=merged.pk,
            merged_version=_version(request, "merged_version"),
            reason=reason,
            chosen=chosen,
        )
    except RefusedError as error:
        problems = [{"id": "reason" if each.field == "reason" else "", "text": each.message} for each in error.refusals]
        return _preview(request, survivor, merged, status=_NOT_DONE, problems=problems, reason=reason, chosen=chosen)
    except ConflictError:
        return _preview(request, survivor, merged, status=_OVERTAKEN, overtaken=True, reason=reason)
    text = _("%(code)s ist in „%(name)s“ aufgegangen. Sie können das jederzeit zurücknehmen.")
    messages.success(
        request,
        text % {"code": merged.code, "name": Actor.objects.get(pk=survivor.pk).name},
        extra_tags=f"undo:{reverse('actors:undo', kwargs={'code': survivor.code, 'merge': made.pk})}",
    )
    return redirect("actors:page", code=survivor.code)


def _version(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _preview(request: HttpRequest, survivor: Actor, merged: Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "survivor": survivor,
        "merged": merged,
        "preview": preview_of(request, survivor.pk, merged.pk),
        "longest": _LONGEST_REASON,
        "chosen": (),
        "crumbs": crumbs(
            request,
            (survivor.name, reverse("actors:page", kwargs={"code": survivor.code})),
            (_("Zusammenführen"), ""),
        ),
        **more,
    }
    return render(request, "actors/merge.html", context, status=status)


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, code: str, merge: int) -> HttpResponse:
    """Ask whether a merge is to be taken back; POST takes it back."""
    survivor = actor_or_404(code)
    made = ActorMerge.objects.select_related("merged").filter(pk=merge, survivor=survivor).first()
    if made is None:
        raise Http404
    if request.method != "POST":
        steps = ((survivor.name, reverse("actors:page", kwargs={"code": code})), (_("Zurücknehmen"), ""))
        context = {"survivor": survivor, "made": made, "crumbs": crumbs(request, *steps), "longest": _LONGEST_REASON}
        return render(request, "actors/undo.html", {**context, "typed": typed_before(request)})
    reason = " ".join(request.POST.get("reason", "").split()) or _("nicht derselbe Akteur")
    try:
        done = merge_undo(merge=made.pk, version=made.version, reason=reason)
    except (RefusedError, ConflictError) as error:
        told = error.refusals[0].message if isinstance(error, RefusedError) else str(error)
        messages.error(request, told)
        return redirect("actors:page", code=code)
    text = _("Die Zusammenführung ist zurückgenommen: „%(name)s“ steht wieder für sich.") % {"name": made.merged.name}
    if done.lost:
        text += " " + ngettext(
            "Eine Beteiligung hat seither jemand entfernt; sie bleibt entfernt.",
            "%(n)s Beteiligungen hat seither jemand entfernt; sie bleiben entfernt.",
            done.lost,
        ) % {"n": done.lost}
    messages.success(request, text)
    return redirect("actors:page", code=made.merged.code)
