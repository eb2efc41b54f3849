"""The page on which an actor is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.actors.duplicates.services import read_actor
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.filling import ActorForms, written
from ewm.capture.actors.quick import actor_create, similar_actors
from ewm.capture.actors.services import actor_update
from ewm.capture.actors.views.page import actor_or_404, crumbs, survivor_of
from ewm.capture.conflicts.pages import respond
from ewm.capture.dialogue.notes import note_questions
from ewm.capture.forms.entry_forms import finish_heading
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.typed import gives_back, typed_lines
from ewm.capture.serving import CHANGED
from ewm.capture.shapes import same
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.actors.entries import ActorEntry
    from ewm.capture.actors.similar import Alike
    from ewm.capture.shapes import Stored

_MORE, _LESS = "mehr", "weniger"
_WENT_UP = 409


def _read(raw: Raw) -> tuple[Form, list[Form]]:
    forms = ActorForms(raw)
    return forms.main, [row for rows in forms.rows.values() for row in rows]


@needs(Right.RECORD)
@rescues
@gives_back(_read)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new actor; where its name is like another's, ask once."""
    typed = _typed(request)
    forms = ActorForms(typed or Raw.of(name=request.GET.get("name")))
    if request.method != "POST" or _rows_only(request) or not forms.is_right():
        return _shown(request, forms, None)
    entry = forms.entry("")
    alike = similar_actors(entry.name)
    if alike and not typed.get("deliberate"):  # type: ignore[union-attr]
        return _shown(request, ActorForms(typed.with_values(deliberate="1")), None, alike=alike)  # type: ignore[union-attr]
    try:
        code = actor_create(entry=entry, deliberate=bool(alike))
    except RefusedError as error:
        forms.refuse(error.refusals)
        return _shown(request, forms, None)
    messages.success(request, _("„%(name)s“ ist angelegt.") % {"name": entry.name})
    return redirect("actors:page", code=code)


@needs(Right.RECORD)
@rescues
@gives_back(_read)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an actor."""
    actor = actor_or_404(code)
    if actor.merged_into is not None:
        survivor = survivor_of(actor)
        if request.method != "POST":
            return redirect("actors:page", code=survivor.code)
        context = {"actor": actor, "survivor": survivor, "typed": typed_lines(request)}
        return render(request, "actors/went_up.html", context, status=_WENT_UP)
    stored = read_actor(actor.pk)
    forms = ActorForms(_typed(request) or written(stored.entry, stored.version), stored.entry)
    if request.method != "POST" or _rows_only(request) or not forms.is_right():
        return _shown(request, forms, stored)
    entry, version = forms.entry(code), forms.raw.version() or 0
    reason = forms.main.cleaned_data["reason"].strip()
    try:
        if not (same(ACTOR, entry, stored.entry) and version == stored.version):
            actor_update(entry=entry, version=version, reason=reason or CHANGED)
    except RefusedError as error:
        forms.refuse(error.refusals)
        return _shown(request, forms, stored)
    except ConflictError:
        return respond(request, shape=ACTOR, base_version=version, mine=entry, reason=reason)
    messages.success(request, _("„%(name)s“ ist gespeichert.") % {"name": entry.name})
    return redirect("actors:page", code=code)


def _typed(request: HttpRequest) -> Raw | None:
    """Return what was sent, with one row more or less where a button asked; or what a session's end kept."""
    if request.method != "POST":
        kept = rescued(request)
        return Raw.posted(kept) if kept is not None else None
    raw = Raw.posted(request.POST)
    if group := request.POST.get(_MORE):
        return raw.with_row(group)
    if row := request.POST.get(_LESS):
        return raw.without(f"{row}-")
    return raw


def _rows_only(request: HttpRequest) -> bool:
    return _MORE in request.POST or _LESS in request.POST


def _shown(
    request: HttpRequest, forms: ActorForms, stored: Stored[ActorEntry] | None, *, alike: list[Alike] | None = None
) -> HttpResponse:
    if request.method != "POST" or _rows_only(request) or alike:
        forms.quiet()
    problems = forms.problems()
    record = stored.entry if stored else None
    if stored is not None:
        note_questions(forms.main, "actors", stored.id)
    steps = [(record.name, reverse("actors:page", kwargs={"code": record.code}))] if record else []
    done = _("der Akteur vollständig")
    context: dict[str, Any] = {
        "record": record,
        "forms": forms,
        "form": forms.main,
        "copied": forms.copied(),
        "problems": problems,
        "problems_title": finish_heading(len(problems), done) if problems else "",
        "alike": alike,
        "version": forms.raw.get("version"),
        "crumbs": crumbs(request, *steps, (_("Bearbeiten") if record else _("Neuer Akteur"), "")),
    }
    return render(request, "actors/edit.html", context)
