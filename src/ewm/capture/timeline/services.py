"""Write comments: added by whoever reads a record, changed by their author for a quarter of an hour, never deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.acting import acting
from ewm.capture.refusing import Rule, refuse_all
from ewm.capture.texts import check_text
from ewm.capture.timeline.models import LONGEST, Comment
from ewm.capture.writing import row_update, rows_create

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ewm.errors import Refusal

EDITABLE = timedelta(minutes=15)
REASON = "Kommentar"

AUTHOR_ONLY = Rule(
    "comment_of_its_author", "account", "Der Kommentar ist nicht von Ihnen", "Bitte schreiben Sie einen eigenen."
)
TOO_LATE = Rule(
    "comment_within_a_quarter_of_an_hour",
    "text",
    "Ein Kommentar lässt sich 15 Minuten lang ändern",
    "Bitte schreiben Sie einen neuen oder ziehen Sie ihn zurück.",
)
GONE = Rule("comment_withdrawn", "text", "Der Kommentar ist zurückgezogen", "Bitte schreiben Sie einen neuen.")


def comment_add(*, kind: str, record: str, text: str) -> Comment:
    """Add a comment of the acting account; raises RefusedError where it is blank or too long."""
    refuse_all(check_text(record, "text", text, "comment_given", "", longest=LONGEST))
    now = timezone.now()
    comment = Comment(kind=kind, record=record, text=text.strip(), account=acting().account, moment=now)
    rows_create([comment], recorded_at=[now], reason=REASON)
    return comment


def comment_edit(*, comment: Comment, version: int, text: str) -> Comment:
    """Change a comment's text; raises RefusedError for another account or too late, ConflictError where overtaken."""
    now = timezone.now()
    refuse_all(_wrong(comment))
    if not editable(comment, now):
        refuse_all([TOO_LATE.refuse(comment.record)])
    refuse_all(check_text(comment.record, "text", text, "comment_given", "", longest=LONGEST))
    return row_update(comment, version=version, values={"text": text.strip(), "edited_at": now}, reason=REASON)


def comment_withdraw(*, comment: Comment, version: int) -> Comment:
    """Withdraw a comment: its text is shown no more; raises as ``comment_edit``, but is never too late."""
    refuse_all(_wrong(comment))
    return row_update(comment, version=version, values={"withdrawn": True}, reason=REASON)


def is_author(comment: Comment, account: int | None) -> bool:
    """Tell whether an account wrote a comment."""
    return account is not None and comment.account == account


def editable(comment: Comment, now: datetime) -> bool:
    """Tell whether a comment's text may still be changed."""
    return not comment.withdrawn and now - comment.moment <= EDITABLE


def _wrong(comment: Comment) -> Iterator[Refusal]:
    if not is_author(comment, acting().account):
        yield AUTHOR_ONLY.refuse(comment.record)
    elif comment.withdrawn:
        yield GONE.refuse(comment.record)
