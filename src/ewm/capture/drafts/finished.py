"""Remember which form became which record, so that the same form sent again makes no second one."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.drafts.models import FinishedForm
from ewm.capture.drafts.services import LONGEST_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ewm.capture.accounts.models import Account

REMEMBERED = timedelta(days=90)
"""How long a browser's way back is thought to last."""


def digest_of(data: Mapping[str, Sequence[str]]) -> str:
    """Return what tells two fillings of a form apart."""
    typed = {name: list(values) for name, values in data.items() if any(values)}
    return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()


def finished_or_none(*, account: Account, kind: str, key: str) -> FinishedForm | None:
    """Return what came of the form with this key; None where it was not finished yet, or has no key."""
    return FinishedForm.objects.filter(account=account, kind=kind, key=key[:LONGEST_KEY]).first() if key else None


def form_finish(*, account: Account, kind: str, key: str, record: str, data: Mapping[str, Sequence[str]]) -> None:
    """Remember what came of a form, in the transaction that writes the record.

    Raises IntegrityError where the same form was finished meanwhile: then neither is written.
    """
    FinishedForm.objects.create(
        account=account,
        kind=kind,
        key=key[:LONGEST_KEY],
        record=record,
        digest=digest_of(data),
        finished_at=timezone.now(),
    )


def forget_old_forms() -> tuple[()]:
    """Forget the forms that were finished long ago, whoever did: a round of the worker, which loses nothing."""
    old = FinishedForm.objects.filter(finished_at__lt=timezone.now() - REMEMBERED)
    if old.exists():  # looking takes no lock of the database
        old.delete()
    return ()
