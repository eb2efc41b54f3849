"""What is left to do at a record, for lists: something is missing, a question is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.translation import gettext_lazy as _

from ewm.capture.dialogue.queries import unsettled, with_unsettled
from ewm.capture.hints.figures import incomplete
from ewm.capture.hints.missing import asked_of
from ewm.capture.served import asked_checks, programme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from ewm.capture.hints import Kind
    from ewm.capture.lists.columns import Scene

INCOMPLETE, QUESTION = "unvollstaendig", "frage"
MISSES = "misses_"


def states(kind: Kind) -> Mapping[str, tuple[_StrPromise, Callable[[QuerySet[Any], Scene], QuerySet[Any]]]]:
    """Return the conditions of a ``StateFilter``: incomplete, with a question that is not settled."""

    def lacking(records: QuerySet[Any], scene: Scene) -> QuerySet[Any]:
        return records.filter(incomplete(kind, programme().hints, checks=asked_checks(), day=scene.today))

    def asked(records: QuerySet[Any], scene: Scene) -> QuerySet[Any]:  # noqa: ARG001 (as all conditions)
        return records.filter(with_unsettled(kind))

    return {INCOMPLETE: (_("unvollständig"), lacking), QUESTION: (_("mit offener Frage"), asked)}


def state_of(kind: Kind) -> dict[str, Any]:
    """Return what ``share`` reads, and ``has_question``, as annotations."""
    flags: dict[str, Any] = {
        f"{MISSES}{place}": ExpressionWrapper(each.missing(programme().hints, None), output_field=BooleanField())
        for place, each in enumerate(asked_of(kind, asked_checks()))
    }
    return {**flags, "has_question": unsettled(kind)}


def share(record: Any) -> int:
    """Return the full percent of the statements that a record makes; 100 means that nothing is missing."""
    flags = [value for name, value in vars(record).items() if name.startswith(MISSES)]
    return 100 * sum(not flag for flag in flags) // len(flags) if flags else 100
