"""The page on which a record is written: shown as it is, as a draft was left, or as it was just sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from ewm.capture.days import shown_day
from ewm.capture.dialogue.notes import note_questions
from ewm.capture.editing.drafting import (
    DRAFT,
    cluster_for_new,
    draft_address,
    draft_context,
    keep,
    opened,
    sent_raw,
)
from ewm.capture.editing.finishing import finish
from ewm.capture.entries import Item
from ewm.capture.forms.assigning import ASSIGNED_IN
from ewm.capture.forms.entry_forms import finish_heading
from ewm.capture.forms.offering import with_continued
from ewm.capture.forms.partners import GROUP as PARTNERS
from ewm.capture.forms.partners import with_partner
from ewm.capture.forms.raw import BUTTONS, Raw
from ewm.capture.published import snapshot_with

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.capture.drafts.models import Draft
    from ewm.capture.editing.kind import Kind
    from ewm.capture.forms.entry_forms import EntryForms
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)

FINISH, _MORE, _LESS, _LOOK, _REFRESH = "fertig", "mehr", "weniger", "suchen", "aktualisieren"


def edit(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None = None, raw: Raw | None = None) -> HttpResponse:
    """Answer a page on which a record is written; the caller has looked up the record and the right.

    ``raw`` is what a new record begins with, where that is more than what the programme suggests.
    """
    if request.method == "POST":
        return _sent(request, kind, stored)

    def fresh() -> Raw:
        if stored is not None:
            return kind.written(stored.entry).with_values(version=str(stored.version))
        return raw or start(request, kind)

    found = opened(request, kind, stored, fresh)
    forms = kind.forms_of(found.raw, stored)
    forms.quiet()
    return show(request, kind, stored, forms, draft=found.draft, changed=found.rescued)


def start(request: HttpRequest, kind: Kind[E]) -> Raw:
    """Return the form of a new record with what the programme suggests."""
    return kind.new(cluster_for_new(request, request.GET.get("cluster", "")))


def _sent(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None) -> HttpResponse:
    raw = sent_raw(request, kind, stored)
    button = pressed(request)
    if button == DRAFT:
        keep(request, kind, raw, stored)
        return HttpResponseRedirect(draft_address(kind, raw, stored))
    if button != FINISH:
        raw = changed_rows(raw, button, request.POST[button])
        if button == _REFRESH:
            raw = with_continued(raw, kind.forms_of(raw, stored).offer, ASSIGNED_IN)
        forms = kind.forms_of(raw, stored, look=button == _LOOK)
        forms.quiet()
        return show(request, kind, stored, forms, changed=True)
    answer = finish(request, kind, stored, raw)
    if isinstance(answer, HttpResponse):
        return answer
    draft = keep(request, kind, answer.raw, stored)  # refused, but not lost
    return show(request, kind, stored, answer, draft=draft)


def pressed(request: HttpRequest) -> str:
    """Return the name of the button that sent a form; the one that finishes where none is named."""
    return next((name for name in BUTTONS if name in request.POST), FINISH)


def changed_rows(raw: Raw, button: str, value: str) -> Raw:
    """Return the form with one row more or less, as a button asked."""
    if button == _MORE:
        return with_partner(raw) if value == PARTNERS else raw.with_row(value)
    return raw.without(f"{value}-") if button == _LESS and "-" in value else raw


def _prepare(forms: EntryForms[E], kind: Kind[E], stored: Stored[E] | None) -> None:
    """Let the form ask for the terms in force, and put open questions at their fields."""
    forms.ask_for_terms(kind.url("terms"))
    if stored is not None:
        note_questions(forms.main, kind.name, stored.id)


def show(
    request: HttpRequest,
    kind: Kind[E],
    stored: Stored[E] | None,
    forms: EntryForms[E],
    *,
    draft: Draft | None = None,
    changed: bool = False,
) -> HttpResponse:
    """Show the page; ``changed`` says that something was sent and is kept nowhere yet."""
    problems = forms.problems()
    _prepare(forms, kind, stored)
    snapshot = snapshot_with(kind.shape, stored) if stored else None
    if snapshot:
        said = _("Der Eintrag steht im Datenstand zum %(day)s. Wer ihn ändert, sagt warum.")
        reason = forms.main["reason"]
        reason.help_text = said % {"day": shown_day(snapshot.cut_off)}
        reason.field.optional = False  # type: ignore[attr-defined]  # read by the template of a field
    if request.method == "GET" and not forms.main.typed("title"):
        forms.main.fields["title"].widget.attrs["autofocus"] = True
    context: dict[str, Any] = {
        "kind": kind,
        "stored": stored,
        "record": stored.entry if stored else None,
        "forms": forms,
        "form": forms.main,
        "marks": forms.marks(),
        "problems": problems,
        "problems_title": finish_heading(len(problems), str(kind.words.done)),
        "crumbs": kind.crumbs(stored),
        **draft_context(request, kind, stored, forms.raw, draft=draft, changed=changed),
    }
    return render(request, kind.template("edit"), context)
