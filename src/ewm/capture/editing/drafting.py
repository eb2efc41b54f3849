"""Keep what was sent as a draft, whatever it is; tell the page that keeps it by itself; go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.accounts.access import focus, reach, recordable_or_refused, within_reach
from ewm.capture.accounts.rescue import rescued
from ewm.capture.days import shown_day
from ewm.capture.drafts.queries import draft_or_none
from ewm.capture.drafts.services import LONGEST_KEY, draft_remove, draft_save
from ewm.capture.editing.once import finished, is_unchanged
from ewm.capture.entries import Item
from ewm.capture.forms.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from ewm.capture.accounts.models import Account
    from ewm.capture.drafts.models import Draft
    from ewm.capture.editing.kind import Pages
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)

DRAFT = "entwurf"
"""Name of the button that keeps a draft, and in the address of the draft that a new record goes on with."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form opens with; ``rescued``: a session's end kept it, and nothing else does."""

    raw: Raw
    draft: Draft | None
    rescued: bool


def opened(request: HttpRequest, kind: Pages[E], stored: Stored[E] | None, fresh: Callable[[], Raw]) -> Opened:
    """Return what was typed when a session ended, else the account's draft, else what ``fresh`` gives.

    Raises Http404 where the address names a draft that was finished or thrown away.
    """
    key = kind.code(stored.entry) if stored else request.GET.get(DRAFT, "")
    draft = draft_or_none(reach(request), kind.name, key) if key else None
    typed = rescued(request)
    if typed is not None:
        return Opened(Raw.posted(typed), draft, rescued=True)
    if draft is not None:
        return Opened(Raw(draft.data), draft, rescued=False)
    if key and stored is None:
        raise Http404
    raw = fresh()
    return Opened(raw if stored else raw.with_values(key=uuid4().hex), None, rescued=False)


def sent_raw(request: HttpRequest, kind: Pages[E], stored: Stored[E] | None) -> Raw:
    """Return what was sent, with a key for its draft and a cluster in which the account may record."""
    raw = Raw.posted(request.POST)
    if stored is None:
        raw = raw.with_values(key=raw.get("key")[:LONGEST_KEY] or uuid4().hex)
    if not kind.of_a_cluster:
        return raw
    return raw.with_values(
        cluster=cast("Any", stored.entry).cluster if stored else cluster_for_new(request, raw.get("cluster"))
    )


def cluster_for_new(request: HttpRequest, wanted: str) -> str:
    """Return the cluster of a new record: the wanted one, the chosen one, else the first of the account.

    Raises Http404 or PermissionDenied for a wanted one in which the account may not record.
    """
    own = reach(request).recordable
    if wanted:
        recordable_or_refused(request, wanted)
        return wanted
    if not own:
        raise PermissionDenied
    chosen = focus(request).cluster
    return chosen if chosen in own else min(own)


def keep(request: HttpRequest, kind: Pages[E], raw: Raw, stored: Stored[E] | None) -> Draft:
    """Keep what was sent for the account."""
    code = kind.code(stored.entry) if stored else None
    return draft_save(
        account=cast("Account", reach(request).account),
        kind=kind.name,
        key=code or raw.get("key"),
        cluster=raw.get("cluster") if kind.of_a_cluster else None,
        data=raw.values,
        record=code,
        base_version=raw.version() if code else None,
    )


def keep_until_back(request: HttpRequest, kind: Pages[E], record: Any) -> bool:
    """Keep what was sent to a record that was withdrawn meanwhile: once it is back, its form opens with this draft.

    Tells whether there was something to keep, and somebody who may.
    """
    account, raw = reach(request).account, Raw.posted(request.POST)
    if request.method != "POST" or account is None or not reach(request).records(record.cluster_id):
        return False
    draft_save(
        account=account,
        kind=kind.name,
        key=record.code,
        cluster=record.cluster_id,
        data=raw.values,
        record=record.code,
        base_version=raw.version(),
    )
    return True


def forget(request: HttpRequest, kind: Pages[E], raw: Raw, stored: Stored[E] | None) -> None:
    """Forget the account's draft of a record that is written now."""
    key = kind.code(stored.entry) if stored else raw.get("key")
    draft_remove(account=cast("Account", reach(request).account), kind=kind.name, key=key)


def draft_address(kind: Pages[E], raw: Raw, stored: Stored[E] | None) -> str:
    """Return where a draft is gone on with."""
    return kind.url("edit", kind.code(stored.entry)) if stored else f"{kind.url('new')}?{DRAFT}={raw.get('key')}"


def kept_by_itself(request: HttpRequest, kind: Pages[E], stored: Stored[E] | None) -> JsonResponse:
    """Keep what a script sent and answer how the page may put it.

    What has become a record already, sent late or after a way back, is no draft of anything.
    """
    raw = sent_raw(request, kind, stored)
    made = None if stored else finished(request, kind, raw)
    if made is not None and is_unchanged(made, raw):
        forget(request, kind, raw, None)
        told = _("Daraus ist schon %(code)s entstanden") % {"code": made.record}
        return JsonResponse({"message": told, "url": kind.url("page", made.record), "key": made.key})
    draft = keep(request, kind, raw, stored)
    return JsonResponse(
        {
            "message": kept_at(draft),
            "saved_at": draft.saved_at.isoformat(),
            "url": draft_address(kind, raw, stored),
            "key": draft.key,
        }
    )


def kept_at(draft: Draft) -> str:
    """Return what the save bar says about a draft."""
    moment = timezone.localtime(draft.saved_at)
    if moment.date() == timezone.localdate():
        return _("Entwurf gespeichert um %(time)s Uhr, noch nicht gezählt") % {"time": f"{moment:%H:%M}"}
    return _("Entwurf gespeichert am %(day)s, noch nicht gezählt") % {"day": shown_day(moment.date())}


def draft_context(
    request: HttpRequest, kind: Pages[E], stored: Stored[E] | None, raw: Raw, *, draft: Draft | None, changed: bool
) -> dict[str, Any]:
    """Return what the page of a form says of its draft; ``changed``: it shows what is kept nowhere yet."""
    unkept = _("Noch nichts geändert") if stored and not changed else _("Noch nicht gespeichert")
    return {
        "state": kept_at(draft) if draft and not changed else unkept,
        "draft": draft,
        "opened_draft": draft is not None and not changed and request.method == "GET",
        "draft_url": kind.url("draft"),
        "discard_url": kind.url("discard"),
        "key": raw.get("key"),
        "version": raw.get("version"),
    }


def discard(request: HttpRequest, kind: Pages[E]) -> str:
    """Throw away the draft whose key was sent; returns where to go on: the record's page, else the list."""
    key, code = request.POST.get("key", ""), request.POST.get("record", "")
    account = cast("Account", reach(request).account)
    if draft_remove(account=account, kind=kind.name, key=code or key):
        messages.success(request, _("Der Entwurf ist verworfen."))
    known = code and record_known(request, kind, code)
    return kind.url("page", code) if known else kind.list_url()


def record_known(request: HttpRequest, kind: Pages[E], code: str) -> bool:
    """Tell whether there is a record with this code within reach."""
    records: Any = kind.shape.model.objects.all()
    found = within_reach(request, records) if kind.of_a_cluster else records
    return bool(found.filter(code=code).exists())
