"""Find drafts; an account sees its own, in clusters in which it may still record, and of what all clusters share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from ewm.capture.accounts.roles import Right
from ewm.capture.drafts.models import Draft

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ewm.capture.accounts.access import Reach


def drafts_of(reach: Reach, *, kind: str | None = None, cluster: str | None = None) -> QuerySet[Draft]:
    """Return the account's drafts, newest first; if asked, of one kind (``projects``, ``actors``) or cluster.

    Drafts of records that all clusters share are found whatever the cluster.
    """
    if reach.account is None or not reach.can(Right.RECORD):
        return Draft.objects.none()
    found = Draft.objects.filter(Q(cluster_id__in=reach.recordable) | Q(cluster=None), account=reach.account)
    if kind is not None:
        found = found.filter(kind=kind)
    if cluster is not None:
        found = found.filter(Q(cluster_id=cluster) | Q(cluster=None))
    return found.order_by("-saved_at", "-id")


def draft_or_none(reach: Reach, kind: str, key: str) -> Draft | None:
    """Return the account's draft under a key."""
    return drafts_of(reach, kind=kind).filter(key=key).first()
