"""The drafts of whoever looks at a list, above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from ewm.capture.accounts.access import focus, reach
from ewm.capture.accounts.roles import Right
from ewm.capture.drafts.queries import drafts_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest

MOST = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A draft: what it is called, where one goes on with it, of which record it is, when it was saved."""

    title: str
    url: str
    record: str | None
    saved_at: datetime


def own_drafts(kind: str) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return what a list shows above its table: the account's latest drafts of this kind in the chosen cluster."""

    def drafts(request: HttpRequest) -> dict[str, Any]:
        who = reach(request)
        if not who.can(Right.RECORD):
            return {"drafts": []}
        found = drafts_of(who, kind=kind, cluster=focus(request).cluster)[:MOST]
        base = reverse(f"{kind}:list")
        return {"drafts": [Line(each.title, _address(base, each), each.record, each.saved_at) for each in found]}

    return drafts


def _address(base: str, draft: Any) -> str:
    return f"{base}{draft.record}/bearbeiten/" if draft.record else f"{base}neu/?entwurf={draft.key}"
