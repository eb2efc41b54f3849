"""The record that a page is about, if whoever asks may see it, and whether they may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ewm.capture.accounts.access import reach, record_or_404, recordable_or_refused
from ewm.capture.accounts.roles import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ewm.capture.timeline.kinds import RecordKind


def found(request: HttpRequest, kind: RecordKind, code: str) -> Any:
    """Return the stored record, withdrawn ones too; raises Http404 where there is none within reach."""
    records = kind.shape.model.objects
    if kind.of_a_cluster:
        return record_or_404(request, records.all(), code, withdrawn=True)
    record = records.filter(code=code).first()
    if record is None:
        raise Http404
    return record


def changeable_or_refused(request: HttpRequest, kind: RecordKind, record: Any) -> None:
    """Raise PermissionDenied where the record may be read, not changed; also a new home cluster must be one's own."""
    if kind.of_a_cluster:
        cluster = getattr(record, "cluster_id", None) or record.cluster
        recordable_or_refused(request, cluster)
    elif not reach(request).can(Right.RECORD):
        raise PermissionDenied


def changeable(request: HttpRequest, kind: RecordKind, record: Any) -> bool:
    """Tell whether whoever asks may change the record."""
    rights = reach(request)
    return rights.records(record.cluster_id) if kind.of_a_cluster else rights.can(Right.RECORD)
