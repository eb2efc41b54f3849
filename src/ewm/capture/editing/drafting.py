"""Keep what was sent as a draft, whatever it is, and tell the page that keeps it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.accounts.access import focus, reach, recordable_or_refused, within_reach
from ewm.capture.drafts.services import LONGEST_KEY, draft_remove, draft_save
from ewm.capture.entries import Item
from ewm.capture.forms.raw import Raw

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from ewm.capture.accounts.models import Account
    from ewm.capture.drafts.models import Draft
    from ewm.capture.editing.kind import Kind
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)

DRAFT = "entwurf"
"""Name of the button that keeps a draft, and in the address of the draft that a new record goes on with."""


def sent_raw(request: HttpRequest, stored: Stored[E] | None) -> Raw:
    """Return what was sent, with a key for its draft and a cluster in which the account may record."""
    raw = Raw.posted(request.POST)
    if stored is not None:
        return raw.with_values(cluster=cast("Any", stored.entry).cluster)
    cluster = cluster_for_new(request, raw.get("cluster"))
    return raw.with_values(cluster=cluster, key=raw.get("key")[:LONGEST_KEY] or uuid4().hex)


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


def keep(request: HttpRequest, kind: Kind[E], raw: Raw, stored: Stored[E] | None) -> Draft:
    """Keep what was sent for the account."""
    code = kind.code(stored.entry) if stored else None
    return draft_save(
        account=cast("Account", reach(request).account),
        kind=kind.name,
        key=code or raw.get("key"),
        cluster=raw.get("cluster"),
        data=raw.values,
        record=code,
        base_version=raw.version() if code else None,
    )


def keep_until_back(request: HttpRequest, kind: Kind[E], record: Any) -> bool:
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


def draft_address(kind: Kind[E], raw: Raw, stored: Stored[E] | None) -> str:
    """Return where a draft is gone on with."""
    return kind.url("edit", kind.code(stored.entry)) if stored else f"{kind.url('new')}?{DRAFT}={raw.get('key')}"


def kept_by_itself(request: HttpRequest, kind: Kind[E], stored: Stored[E] | None) -> JsonResponse:
    """Keep what a script sent and answer how the page may put it."""
    raw = sent_raw(request, stored)
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
    return _("Entwurf gespeichert am %(day)s, noch nicht gezählt") % {"day": f"{moment:%d.%m.%Y}"}


def discard(request: HttpRequest, kind: Kind[E]) -> str:
    """Throw away the draft whose key was sent; returns where to go on: the record's page, else the list."""
    key, code = request.POST.get("key", ""), request.POST.get("record", "")
    account = cast("Account", reach(request).account)
    if draft_remove(account=account, kind=kind.name, key=code or key):
        messages.success(request, _("Der Entwurf ist verworfen."))
    known = code and record_known(request, kind, code)
    return kind.url("page", code) if known else kind.list_url()


def record_known(request: HttpRequest, kind: Kind[E], code: str) -> bool:
    """Tell whether there is a record with this code within reach."""
    return bool(within_reach(request, kind.shape.model.objects.all()).filter(code=code).exists())
