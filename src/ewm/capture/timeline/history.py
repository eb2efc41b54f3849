"""The history page of a record: events and comments, newest first, by field where one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from ewm.capture.acting import Channel
from ewm.capture.timeline.events import SAYS, Event, Sort, events_of
from ewm.capture.timeline.models import Comment
from ewm.capture.timeline.people import People
from ewm.capture.timeline.services import editable, is_author
from ewm.capture.timeline.versions import read_steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.core.paginator import Page

    from ewm.capture.timeline.kinds import RecordKind
    from ewm.capture.timeline.versions import Step

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: an event or a comment."""

    when: datetime
    event: Event | None = None
    comment: Comment | None = None
    who: str = ""
    says: str = ""
    own: bool = False
    editable: bool = False


class History:
    """Everything that happened to a record; ``account`` is whoever looks at it."""

    def __init__(self, kind: RecordKind, record: Any, account: int | None) -> None:
        self._kind, self._record, self._account = kind, record, account
        self.steps = read_steps(kind.shape, record.pk)
        self.events = events_of(kind.shape, self.steps)

    @property
    def version(self) -> int:
        """The version that is stored."""
        return int(self._record.version)

    def withdrawal(self) -> Event | None:
        """Return by which event the record was withdrawn, None where it stands."""
        if not getattr(self._record, "withdrawn", False):
            return None
        return next((event for event in self.events if event.sort is Sort.WITHDRAWN), None)

    def fields(self) -> Mapping[str, str]:
        """Return the fields that ever changed, by label."""
        found = {change.field: change.label for event in self.events for change in event.changes}
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def page(self, number: str | int | None, field: str = "") -> Page[Line]:
        """Return one page of lines; with a field only the events that changed it."""
        lines = [Line(event.when, event, who=event.who, says=SAYS[event.sort]()) for event in self._events(field)]
        if not field:
            lines += comments_of(self._kind, self._record.code, self._account)
        lines.sort(key=lambda line: line.when, reverse=True)
        return Paginator(lines, PER_PAGE).get_page(number)

    def _events(self, field: str) -> Sequence[Event]:
        return [event for event in self.events if not field or field in {change.field for change in event.changes}]


def comments_of(kind: RecordKind, code: str, account: int | None) -> list[Line]:
    """Return the comments on a record, oldest first; the text of a withdrawn one is not shown."""
    comments = list(Comment.objects.filter(kind=kind.name, record=code).order_by("moment", "pk"))
    people, now = People(comment.account for comment in comments), timezone.now()
    return [
        Line(
            comment.moment,
            comment=comment,
            who=people.name(comment.account, Channel.FORM),
            own=is_author(comment, account) and not comment.withdrawn,
            editable=is_author(comment, account) and editable(comment, now),
        )
        for comment in comments
    ]


def latest(kind: RecordKind, record: Any, limit: int = 5) -> tuple[list[dict[str, Any]], int]:
    """Return the last events for ``parts/timeline.html`` on a record's page, and how many there are."""
    return latest_of(kind, read_steps(kind.shape, record.pk), limit)


def latest_of(kind: RecordKind, steps: Sequence[Step[Any]], limit: int = 5) -> tuple[list[dict[str, Any]], int]:
    """Return the same from a record's states, where they are read already."""
    events = events_of(kind.shape, steps)
    return [_short(kind, event) for event in events[:limit]], len(events)


def _short(kind: RecordKind, event: Event) -> dict[str, Any]:
    """One event in one line: its first change, and how many more; by an import, it leads there."""
    line: dict[str, Any] = {"when": event.when, "who": event.who, "reason": event.reason, "channel": event.way}
    if event.imported and kind.of_a_cluster:  # an actor may have come in through another cluster's import
        line["url"] = reverse("imports:result", kwargs={"number": event.imported})
    if not event.changes:
        return line | {"text": SAYS[event.sort]()}
    first = event.changes[0]
    texts = {mark: " ".join(piece.text for piece in first.pieces if piece.mark == mark) for mark in ("del", "ins")}
    more = f" (+{len(event.changes) - 1})" if len(event.changes) > 1 else ""
    return line | {"text": f"{first.label}{more}", "before": texts["del"], "after": texts["ins"]}
