"""Keep and remove drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from ewm.capture.drafts.models import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.accounts.models import Account

LONGEST_KEY = 40


def draft_save(
    *,
    account: Account,
    kind: str,
    key: str,
    cluster: str | None,
    data: Mapping[str, Sequence[str]],
    record: str | None = None,
    base_version: int | None = None,
) -> Draft:
    """Keep what was typed in place of what was kept under this key; nothing is asked of it. Returns the draft.

    ``cluster`` is None for a record that all clusters share.
    """
    values = {"cluster_id": cluster, "data": dict(data), "record": record, "base_version": base_version}
    try:
        return _write(account, kind, key[:LONGEST_KEY], values)
    except IntegrityError:  # the page's own timer and its button came at once: the second one finds the first one's row
        return _write(account, kind, key[:LONGEST_KEY], values)


def _write(account: Account, kind: str, key: str, values: Mapping[str, object]) -> Draft:
    with transaction.atomic():
        draft = Draft.objects.filter(account=account, kind=kind, key=key).first() or Draft(
            account=account, kind=kind, key=key
        )
        for name, value in values.items():
            setattr(draft, name, value)
        draft.saved_at = timezone.now()
        draft.save()
    return draft


def draft_remove(*, account: Account, kind: str, key: str) -> bool:
    """Forget what was kept under a key; tells whether there was anything."""
    removed, _ = Draft.objects.filter(account=account, kind=kind, key=key).delete()
    return removed > 0
