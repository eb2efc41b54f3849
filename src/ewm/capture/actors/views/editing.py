"""The page on which an actor is written: new, changed, kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.rescue import rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.actors.duplicates.services import read_actor
from ewm.capture.actors.entries import ACTOR
from ewm.capture.actors.filling import ActorForms, written
from ewm.capture.actors.kind import ACTORS
from ewm.capture.actors.quick import actor_create, similar_actors
from ewm.capture.actors.services import actor_update
from ewm.capture.actors.views.page import actor_or_404, crumbs, survivor_of
from ewm.capture.conflicts.pages import respond
from ewm.capture.dialogue.notes import note_questions
from ewm.capture.editing.drafting import (
    DRAFT,
    Opened,
    draft_address,
    draft_context,
    forget,
    keep,
    opened,
    sent_raw,
)
from ewm.capture.editing.once import DELIBERATE, finished, finished_otherwise, led_there, remembering
from ewm.capture.editing.page import FINISH, changed_rows, pressed
from ewm.capture.editing.views import draft_views
from ewm.capture.forms.entry_forms import finish_heading
from ewm.capture.forms.raw import Raw
from ewm.capture.forms.typed import gives_back, lines_of
from ewm.capture.serving import CHANGED
from ewm.capture.shapes import same
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.actors.entries import ActorEntry
    from ewm.capture.actors.models import Actor
    from ewm.capture.actors.similar import Alike
    from ewm.capture.drafts.models import Draft, FinishedForm
    from ewm.capture.shapes import Stored

_WENT_UP = 409

drafts = draft_views(ACTORS)


def _read(raw: Raw) -> tuple[Form, list[Form]]:
    forms = ActorForms(raw)
    return forms.main, [row for rows in forms.rows.values() for row in rows]


@needs(Right.RECORD)
@rescues
@gives_back(_read)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a new actor; where its name is like another's, ask once."""
    writing = _Writing(request)
    if request.method != "POST":
        found = opened(request, ACTORS, None, lambda: Raw.of(name=request.GET.get("name")))
        return writing.shown(found.raw.without(DELIBERATE), draft=found.draft, changed=found.rescued)
    raw = sent_raw(request, ACTORS, None)
    return writing.kept(raw) or writing.created(raw)


@needs(Right.RECORD)
@rescues
@gives_back(_read)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change an actor."""
    actor = actor_or_404(code)
    stored = read_actor(actor.pk)
    if actor.merged_into is not None:
        return _went_up(request, stored, survivor_of(actor))
    writing = _Writing(request, stored)
    if request.method != "POST":
        found = opened(request, ACTORS, stored, lambda: written(stored.entry, stored.version))
        return writing.shown(found.raw, draft=found.draft, changed=found.rescued)
    raw = sent_raw(request, ACTORS, stored)
    return writing.kept(raw) or writing.changed(raw, stored)


def _went_up(request: HttpRequest, stored: Stored[ActorEntry], survivor: Actor) -> HttpResponse:
    """Lead to the actor in which one went up; what was typed of it stays a draft, and is given back to be copied."""
    if request.method == "POST":
        raw = sent_raw(request, ACTORS, stored)
        found = Opened(raw, keep(request, ACTORS, raw, stored), rescued=False)
    else:
        found = opened(request, ACTORS, stored, Raw)
        if found.draft is None and not found.rescued:
            return redirect("actors:page", code=survivor.code)
    context = {
        "record": stored.entry,
        "survivor": survivor,
        "typed": lines_of(found.raw, _read),
        "draft": found.draft,
        "discard_url": ACTORS.url("discard"),
    }
    return render(request, "actors/went_up.html", context, status=_WENT_UP if request.method == "POST" else 200)


@dataclass(frozen=True, slots=True)
class _Writing:
    """The form of an actor for whoever asks; ``stored`` is the one that is changed, None for a new one."""

    request: HttpRequest
    stored: Stored[ActorEntry] | None = None

    def kept(self, raw: Raw) -> HttpResponse | None:
        """Answer what does not ask to save the actor: a draft, one row more or less; None for what does."""
        button = pressed(self.request)
        if button == DRAFT:
            keep(self.request, ACTORS, raw, self.stored)
            return HttpResponseRedirect(draft_address(ACTORS, raw, self.stored))
        if button != FINISH:
            return self.shown(changed_rows(raw, button, self.request.POST[button]), changed=True)
        return None

    def created(self, raw: Raw) -> HttpResponse:
        """Write a new actor; from one form only one."""
        made = finished(self.request, ACTORS, raw)
        if made is not None:
            return self._sent_again(made, raw)
        forms = self._forms(raw)
        if not forms.is_right():
            return self.refused(forms)
        entry = forms.entry("")
        alike = similar_actors(entry.name)
        if alike and raw.get(DELIBERATE) != entry.name:  # nobody was asked, or about another name
            return self.refused(self._forms(raw.with_values(**{DELIBERATE: entry.name})), quiet=True, alike=alike)
        try:
            code = actor_create(entry=entry, deliberate=bool(alike), then=remembering(self.request, ACTORS, raw))
        except RefusedError as error:
            forms.refuse(error.refusals)
            return self.refused(forms)
        except IntegrityError:  # the same form, sent twice at the same moment: the other one was faster
            if (made := finished(self.request, ACTORS, raw)) is None:
                raise
            return self._sent_again(made, raw)
        forget(self.request, ACTORS, raw, None)
        messages.success(self.request, _("„%(name)s“ ist angelegt.") % {"name": entry.name})
        return redirect("actors:page", code=code)

    def _sent_again(self, made: FinishedForm, raw: Raw) -> HttpResponse:
        """Lead to what the form has become; whoever changed something since is asked which actor is meant."""
        forget(self.request, ACTORS, raw, None)
        there = led_there(self.request, ACTORS, made, raw)
        if there is not None:
            return there
        forms = self._forms(raw.without(DELIBERATE).with_values(key=uuid4().hex))
        if forms.is_right():
            forms.main.add_error(None, finished_otherwise(made, _("Speichern")))
        return self.refused(forms)

    def changed(self, raw: Raw, stored: Stored[ActorEntry]) -> HttpResponse:
        """Write a stored actor."""
        forms = self._forms(raw)
        if not forms.is_right():
            return self.refused(forms)
        entry, version = forms.entry(stored.entry.code), raw.version() or 0
        reason = forms.main.cleaned_data["reason"].strip()
        try:
            if not (same(ACTOR, entry, stored.entry) and version == stored.version):
                actor_update(entry=entry, version=version, reason=reason or CHANGED)
        except RefusedError as error:
            forms.refuse(error.refusals)
            return self.refused(forms)
        except ConflictError:
            return respond(self.request, shape=ACTOR, base_version=version, mine=entry, reason=reason)
        forget(self.request, ACTORS, raw, stored)
        messages.success(self.request, _("„%(name)s“ ist gespeichert.") % {"name": entry.name})
        return redirect("actors:page", code=entry.code)

    def refused(self, forms: ActorForms, *, quiet: bool = False, alike: Sequence[Alike] = ()) -> HttpResponse:
        """Show what cannot be saved as it is; it is not lost, but a draft."""
        draft = keep(self.request, ACTORS, forms.raw.without(DELIBERATE), self.stored)
        if quiet:
            forms.quiet()
        return self._page(forms, draft=draft, alike=alike)

    def shown(self, raw: Raw, *, draft: Draft | None = None, changed: bool = False) -> HttpResponse:
        """Show the form without judging what it holds; ``changed``: it shows what is kept nowhere yet."""
        forms = self._forms(raw)
        forms.quiet()
        return self._page(forms, draft=draft, changed=changed)

    def _forms(self, raw: Raw) -> ActorForms:
        return ActorForms(raw, self.stored.entry if self.stored else None)

    def _page(
        self, forms: ActorForms, *, draft: Draft | None, changed: bool = False, alike: Sequence[Alike] = ()
    ) -> HttpResponse:
        request, stored = self.request, self.stored
        problems = forms.problems()
        record = stored.entry if stored else None
        if stored is not None:
            note_questions(forms.main, "actors", stored.id)
        steps = [(record.name, reverse("actors:page", kwargs={"code": record.code}))] if record else []
        context: dict[str, Any] = {
            "record": record,
            "forms": forms,
            "form": forms.main,
            "copied": forms.copied(),
            "problems": problems,
            "problems_title": finish_heading(len(problems), _("der Akteur vollständig")) if problems else "",
            "alike": alike,
            "crumbs": crumbs(request, *steps, (_("Bearbeiten") if record else _("Neuer Akteur"), "")),
            **draft_context(request, ACTORS, stored, forms.raw, draft=draft, changed=changed),
        }
        return render(request, "actors/edit.html", context)
