"""Finish a record: judge the form, write through the services, show refusals at the fields, hand over conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ewm.capture.codes import written_with_next_code
from ewm.capture.conflicts.pages import respond
from ewm.capture.editing.drafting import forget
from ewm.capture.editing.once import finished, finished_otherwise, led_there, remembering
from ewm.capture.entries import Item
from ewm.capture.serving import CHANGED
from ewm.capture.shapes import same
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from ewm.capture.drafts.models import FinishedForm
    from ewm.capture.editing.kind import Kind
    from ewm.capture.forms.entry_forms import EntryForms
    from ewm.capture.forms.raw import Raw
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)


def finish(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None, raw: Raw) -> HttpResponse | EntryForms[E]:
    """Write the record and lead to its page; returns the forms with what is wrong where it cannot be written."""
    made = None if stored else finished(request, kind, raw)
    if made is not None:
        return _sent_again(request, kind, made, raw)
    forms = kind.forms_of(raw, stored, look=True)
    if not forms.is_right():
        return forms
    try:
        code = _changed(kind, stored, forms) if stored else created(kind, forms, remembering(request, kind, raw))
    except RefusedError as error:
        forms.refuse(error.refusals)
        return forms
    except ConflictError:
        return in_conflict(request, kind, cast("Stored[E]", stored), forms)
    except IntegrityError:  # the same form, sent twice at the same moment: the other one was faster
        if stored is not None or (made := finished(request, kind, raw)) is None:
            raise
        return _sent_again(request, kind, made, raw)
    return _written(request, kind, stored, raw, code)


def _written(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None, raw: Raw, code: str) -> HttpResponse:
    forget(request, kind, raw, stored)
    words = kind.words.changed if stored else kind.words.created
    messages.success(request, str(words) % {"code": code})
    return HttpResponseRedirect(kind.url("page", code))


def _sent_again(request: HttpRequest, kind: Kind[E], made: FinishedForm, raw: Raw) -> HttpResponse | EntryForms[E]:
    """Lead to what the form has become; whoever changed something since is asked which record is meant.

    Either way nothing stays kept under the key that was used up: what was changed is kept under the new one.
    """
    forget(request, kind, raw, None)
    there = led_there(request, kind, made, raw)
    if there is not None:
        return there
    forms = kind.forms_of(raw.with_values(key=uuid4().hex), None, look=True)
    if forms.is_right():
        forms.main.add_error(None, finished_otherwise(made, _("Fertigstellen")))
    return forms


def created(kind: Kind[E], forms: EntryForms[E], then: Callable[[str], None] | None = None) -> str:
    """Write a new record and its new actors under the next free code, and what comes with it; returns the code."""

    def write(free: str) -> None:
        kind.create(forms.entry(free))
        if then is not None:
            then(free)

    code, _nothing = written_with_next_code(kind.shape.model, forms.beginning(), write, once=kind.shape.once.name)
    return code


def _changed(kind: Kind[E], stored: Stored[E], forms: EntryForms[E]) -> str:
    code = kind.code(stored.entry)
    with transaction.atomic():
        entry = forms.entry(code)
        if not (same(kind.shape, stored.entry, entry) and base_version(forms) == stored.version):
            kind.change(entry, base_version(forms), forms.raw.get("reason").strip() or CHANGED)
    return code


def base_version(forms: EntryForms[Any]) -> int:
    """Return the version that was on the page when it was opened; 0, which nothing has, where it is not said."""
    return forms.raw.version() or 0


def in_conflict(request: HttpRequest, kind: Kind[E], stored: Stored[E], forms: EntryForms[E]) -> HttpResponse:
    """Let whoever came second decide between both versions; new actors are made first, so that both can name them."""
    with transaction.atomic():
        mine = forms.entry(kind.code(stored.entry))
    reason = forms.raw.get("reason").strip()
    return respond(request, shape=kind.shape, base_version=base_version(forms), mine=mine, reason=reason)
