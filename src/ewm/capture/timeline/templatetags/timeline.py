"""Tags of the history: addresses by kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from ewm.capture.timeline.kinds import RecordKind

register = template.Library()


@register.simple_tag
def history_url(kind: RecordKind, page: str, code: str, number: int | None = None) -> str:
    """Return the address of a page of the history: ``{% history_url kind 'version' record.code 3 %}``."""
    arguments: dict[str, object] = {"code": code} if number is None else {"code": code, "number": number}
    return reverse(f"timeline:{kind.name}_{page}", kwargs=arguments)
