"""The views on which records of a kind are written: new, changed, kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ewm.capture.accounts.access import WithdrawnRecord, needs
from ewm.capture.accounts.rescue import rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.editing.drafting import discard, keep_until_back, kept_by_itself, sent_raw
from ewm.capture.editing.page import edit as answer
from ewm.capture.editing.stored import stored_of, stored_or_none
from ewm.capture.entries import Item
from ewm.capture.forms.assigning import ASSIGNED_IN
from ewm.capture.forms.offering import with_continued
from ewm.capture.forms.typed import gives_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.editing.kind import Kind, Pages
    from ewm.capture.forms.raw import Raw
    from ewm.capture.shapes import Stored

    View = Callable[..., HttpResponse]

E = TypeVar("E", bound=Item)


@dataclass(frozen=True, slots=True)
class DraftViews:
    """Views of one kind: what its form keeps by itself, a draft thrown away."""

    draft: View
    discard: View


def draft_views(kind: Pages[E]) -> DraftViews:
    """Return the views of a kind's drafts."""

    @needs(Right.RECORD)
    @require_POST
    def draft(request: HttpRequest) -> HttpResponse:
        return kept_by_itself(request, kind, stored_or_none(request, kind))

    @needs(Right.RECORD)
    @require_POST
    def throw_away(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(discard(request, kind))

    return DraftViews(draft, throw_away)


@dataclass(frozen=True, slots=True)
class EditViews:
    """Views of one kind: a new record, a stored one, drafts kept and thrown away, terms for the dates typed."""

    new: View
    edit: View
    draft: View
    discard: View
    terms: View


def read_by(kind: Kind[E]) -> Callable[[Raw], tuple[Form, list[Form]]]:
    """Return how the text of a kind's form is read where it can no longer be taken."""

    def read(raw: Raw) -> tuple[Form, list[Form]]:
        forms = kind.forms_of(raw, None)
        return forms.main, [row for rows in forms.rows.values() for row in rows]

    return read


def _stored_or_kept(request: HttpRequest, kind: Kind[E], code: str) -> Stored[E]:
    """Return the record to be changed; what was typed into one that was withdrawn meanwhile is kept for its return."""
    try:
        return stored_of(request, kind, code)
    except WithdrawnRecord as gone:
        gone.kept = keep_until_back(request, kind, gone.record)
        raise


def edit_views(kind: Kind[E]) -> EditViews:
    """Return the views of a kind."""
    drafts = draft_views(kind)

    @needs(Right.RECORD)
    @rescues
    @gives_back(read_by(kind))
    @require_http_methods(["GET", "HEAD", "POST"])
    def new(request: HttpRequest) -> HttpResponse:
        return answer(request, kind)

    @needs(Right.RECORD)
    @rescues
    @gives_back(read_by(kind))
    @require_http_methods(["GET", "HEAD", "POST"])
    def edit(request: HttpRequest, code: str) -> HttpResponse:
        return answer(request, kind, _stored_or_kept(request, kind, code))

    @needs(Right.RECORD)
    @require_POST
    def terms(request: HttpRequest) -> HttpResponse:
        stored = stored_or_none(request, kind)
        raw = sent_raw(request, kind, stored)
        forms = kind.forms_of(with_continued(raw, kind.forms_of(raw, stored).offer, ASSIGNED_IN), stored)
        forms.quiet()
        return render(request, "editing/terms.html", {"forms": forms, "form": forms.main, "swapped": True})

    return EditViews(new, edit, drafts.draft, drafts.discard, terms)
