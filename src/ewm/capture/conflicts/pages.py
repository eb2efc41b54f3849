"""The page of a conflict: shown instead of an error by the form that was overtaken, and what it sends.

A form's view says::

    try:
        version = project_update(entry=entry, version=version, reason=reason)
    except ConflictError:
        return respond(request, shape=PROJECT, base_version=version, mine=entry, reason=reason)

The page carries what was typed, signed, in its own form; nothing of it is kept on the server. It is sent to
``settle``, which merges anew with what is stored by then: if a third person saved meanwhile, the page comes again with
the choices that still hold. So nothing is ever written over unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ewm.capture.accounts.access import needs, reach
from ewm.capture.accounts.rescue import rescued, rescues
from ewm.capture.accounts.roles import Right
from ewm.capture.conflicts.carrying import Typed, opened, sealed
from ewm.capture.conflicts.merging import Side
from ewm.capture.conflicts.showing import Conflict, Shown, conflict_of
from ewm.capture.drafts.services import draft_remove
from ewm.capture.places import places
from ewm.capture.timeline.finding import changeable_or_refused, found
from ewm.capture.timeline.kinds import KINDS, RecordKind, crumbs, kind_of
from ewm.capture.writing import ConflictError
from ewm.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, QueryDict

    from ewm.capture.shapes import Shape

CHOICE = "wahl:"
MERGED_REASON = "Zwei Fassungen vereint"


def respond(
    request: HttpRequest,
    *,
    shape: Shape[Any],
    base_version: int,
    mine: Any,
    reason: str = "",
    save_url: str | None = None,
    labels: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show both versions side by side; ``mine`` is the entry that was refused, ``base_version`` what it came from.

    ``reason`` is the one typed; ``labels`` names fields otherwise than ``timeline.labels`` does; ``save_url`` is where
    the page sends to (default: the address of this module's ``settle``).
    """
    kind = kind_of(shape)
    settling = _Settling(request, kind, found(request, kind, str(mine.code)), Typed(mine, base_version, reason))
    return settling.page(settling.conflict(labels), save_url=save_url)


@needs(Right.RECORD)
@rescues
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Save what was decided; show the page again where something is open, refused, or saved by a third person."""
    about = KINDS[kind]
    record = found(request, about, code)
    changeable_or_refused(request, about, record)
    sent = request.POST if request.method == "POST" else rescued(request)
    if sent is None:
        return redirect(about.record_url(code))
    try:
        typed = opened(about.shape, sent.get("mine", ""), whose=_whose(request, about, code))
        seen = int(sent.get("seen", ""))
    except (signing.BadSignature, ValueError):
        return HttpResponseBadRequest()
    settling = _Settling(request, about, record, typed)
    conflict = settling.conflict()
    choices = _choices(sent, conflict, seen)
    if request.method != "POST":
        return settling.page(conflict, choices)
    if conflict.version != seen:
        return settling.page(conflict, choices, again=True)
    return settling.write(conflict, choices)


@dataclass(frozen=True, slots=True)
class _Settling:
    """One record's conflict, for whoever asks."""

    request: HttpRequest
    kind: RecordKind
    record: Any
    typed: Typed

    def conflict(self, labels: Mapping[str, Any] | None = None) -> Conflict:
        return conflict_of(
            self.kind.shape,
            self.record.pk,
            base_version=self.typed.base_version,
            mine=self.typed.entry,
            reason=self.typed.reason,
            labels=labels,
        )

    def write(self, conflict: Conflict, choices: Mapping[str, Side]) -> HttpResponse:
        if conflict.merge.undecided(choices):
            return self.page(conflict, choices, ask=True)
        entry = conflict.merge.resolve(choices)
        changeable_or_refused(self.request, self.kind, entry)
        try:
            self.kind.change(entry=entry, version=conflict.version, reason=self.typed.reason or MERGED_REASON)
        except ConflictError:
            return self.page(self.conflict(), choices, again=True)
        except RefusedError as error:
            return self.page(conflict, choices, faulty=[refusal.message for refusal in error.refusals])
        account = reach(self.request).account
        if account is not None:
            draft_remove(account=account, kind=self.kind.namespace, key=str(self.record.code))
        messages.success(self.request, _("Beide Fassungen sind vereint und gespeichert."))
        return HttpResponseRedirect(self.kind.record_url(self.record.code))

    def page(
        self,
        conflict: Conflict,
        choices: Mapping[str, Side] | None = None,
        *,
        again: bool = False,
        ask: bool = False,
        faulty: Sequence[str] = (),
        save_url: str | None = None,
    ) -> HttpResponse:
        account = reach(self.request).account
        shown = Shown(conflict, choices or {}, account=account.pk if account else None, open_all=bool(faulty), ask=ask)
        code = self.record.code
        context = {
            "record": self.record,
            "shown": shown,
            "last": conflict.last,
            "again": again,
            "faulty": bool(faulty),
            "errors": [{"text": text} for text in faulty] or shown.errors,
            "mine": sealed(self.kind.shape, self.typed, whose=_whose(self.request, self.kind, code)),
            "seen": conflict.version,
            "save_url": save_url or reverse(f"conflicts:{self.kind.name}", kwargs={"code": code}),
            "record_url": self.kind.record_url(code),
            "crumbs": crumbs(self.kind, self.record, _("Zwei Fassungen")),
        }
        return render(self.request, "conflicts/page.html", context)


def _whose(request: HttpRequest, kind: RecordKind, code: str) -> str:
    account = reach(request).account
    return f"{account.pk if account else ''} {kind.name} {code}"


def _choices(sent: QueryDict, conflict: Conflict, seen: int) -> dict[str, Side]:
    """Return the sides chosen; one that was chosen against another version of theirs no longer counts."""
    shown = next((step.entry for step in reversed(conflict.steps) if step.version == seen), None)
    before, now = (places(conflict.shape, entry) for entry in (shown, conflict.merge.theirs))
    same = {place.token for place in before.keys() | now.keys() if before.get(place, ()) == now.get(place, ())}
    given = {name.removeprefix(CHOICE): value for name, value in sent.items() if name.startswith(CHOICE)}
    return {token: Side(value) for token, value in given.items() if token in same and value in set(Side)}
