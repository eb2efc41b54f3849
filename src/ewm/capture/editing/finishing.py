"""Finish a record: judge the form, write through the services, show refusals at the fields, hand over conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect

from ewm.capture.accounts.access import reach
from ewm.capture.codes import written_with_next_code
from ewm.capture.conflicts.pages import respond
from ewm.capture.drafts.services import draft_remove
from ewm.capture.entries import Item
from ewm.capture.serving import CHANGED
from ewm.capture.shapes import same
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ewm.capture.editing.kind import Kind
    from ewm.capture.forms.entry_forms import EntryForms
    from ewm.capture.forms.raw import Raw
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)


def finish(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None, raw: Raw) -> HttpResponse | EntryForms[E]:
    """Write the record and lead to its page; returns the forms with what is wrong where it cannot be written."""
    forms = kind.forms_of(raw, stored, look=True)
    if not forms.is_right():
        return forms
    try:
        code = _changed(kind, stored, forms) if stored else created(kind, forms)
    except RefusedError as error:
        forms.refuse(error.refusals)
        return forms
    except ConflictError:
        return in_conflict(request, kind, cast("Stored[E]", stored), forms)
    _forget_draft(request, kind, raw, stored)
    words = kind.words.changed if stored else kind.words.created
    messages.success(request, str(words) % {"code": code})
    return HttpResponseRedirect(kind.url("page", code))


def created(kind: Kind[E], forms: EntryForms[E]) -> str:
    """Write a new record and its new actors under the next free code; returns the code."""
    code, _ = written_with_next_code(
        kind.shape.model, forms.beginning(), lambda free: kind.create(forms.entry(free)), once=kind.shape.once.name
    )
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
    version = forms.raw.get("version")
    return int(version) if version.isdecimal() else 0


def in_conflict(request: HttpRequest, kind: Kind[E], stored: Stored[E], forms: EntryForms[E]) -> HttpResponse:
    """Let whoever came second decide between both versions; new actors are made first, so that both can name them."""
    with transaction.atomic():
        mine = forms.entry(kind.code(stored.entry))
    reason = forms.raw.get("reason").strip()
    return respond(request, shape=kind.shape, base_version=base_version(forms), mine=mine, reason=reason)


def _forget_draft(request: HttpRequest, kind: Kind[E], raw: Raw, stored: Stored[E] | None) -> None:
    account = reach(request).account
    if account is not None:
        key = kind.code(stored.entry) if stored else raw.get("key")
        draft_remove(account=account, kind=kind.name, key=key)
