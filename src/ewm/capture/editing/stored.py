"""Look up the record that is written; one of a foreign cluster is not there, one that is only read is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.shortcuts import get_object_or_404

from ewm.capture.accounts.access import record_or_404, recordable_or_refused
from ewm.capture.entries import Item
from ewm.capture.entry_reading import read_entries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.capture.editing.kind import Pages
    from ewm.capture.shapes import Stored

E = TypeVar("E", bound=Item)


def stored_of(request: HttpRequest, kind: Pages[E], code: str) -> Stored[E]:
    """Return the record to be changed; raises Http404 or PermissionDenied."""
    records: Any = kind.shape.model.objects.all()
    if kind.of_a_cluster:
        record = record_or_404(request, records, code)
        recordable_or_refused(request, record.cluster_id)
    else:
        record = get_object_or_404(records, code=code)
    (stored,) = read_entries(kind.shape, range(record.pk, record.pk + 1)).values()
    return stored


def stored_or_none(request: HttpRequest, kind: Pages[E]) -> Stored[E] | None:
    """Return the record that a posted form changes, None for a new one."""
    code = request.POST.get("record", "")
    return stored_of(request, kind, code) if code else None
