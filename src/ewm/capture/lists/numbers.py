"""All numbers of a page by one statement: hits and their sum, counts of views, of options, and without a filter.

Each number is a query of its own and uses the index that fits it; the database gets them in one piece.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, CharField, Count, Q, Sum, Value
from django.db.models.functions import Cast

from ewm.capture.lists.filters import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet


HITS = "hits"
_FIELDS = ("number_of", "number_value", "number_count", "number_sum", "number_estimated")
_NO_SUM = Value(None, output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to count: its name, and the records or the facet."""

    name: str
    asked: QuerySet[Any] | Facet


@dataclass(slots=True)
class Numbers:
    """Counts by question and value (an empty one where there is none), and the sum of the hits."""

    counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    volume: int = 0
    estimated: int = 0

    def of(self, name: str) -> int:
        """Return how many a question found."""
        return self.counts.get(name, {}).get("", 0)

    def by_value(self, name: str) -> Mapping[str, int]:
        """Return how many a question found by value."""
        return self.counts.get(name, {})


def read_numbers(questions: Iterable[Question], volume: str | None, estimated: str | None) -> Numbers:
    """Ask all questions at once; ``volume`` and ``estimated`` are the columns of which the hits have a sum."""
    parts = [_part(question, volume, estimated) for question in questions]
    numbers = Numbers()
    for name, value, count, total, guessed in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        numbers.counts[name][value or ""] = count
        if name == HITS:
            numbers.volume, numbers.estimated = total or 0, guessed or 0
    return numbers


def _part(question: Question, volume: str | None, estimated: str | None) -> QuerySet[Any]:
    asked = question.asked
    counted = asked.counted if isinstance(asked, Facet) else "pk"
    value: Any = asked.value if isinstance(asked, Facet) else Value("")
    rows = asked.rows if isinstance(asked, Facet) else asked
    distinct = counted != "pk"
    named = rows.order_by().annotate(
        number_of=Value(question.name, output_field=CharField()), number_value=Cast(value, CharField())
    )
    total: Any = _NO_SUM
    guessed: Any = _NO_SUM
    if question.name == HITS and volume and estimated:
        total, guessed = Sum(volume), Sum(volume, filter=Q(**{estimated: True}))
    part: QuerySet[Any] = (
        named.values("number_of", "number_value")
        .annotate(number_count=Count(counted, distinct=distinct), number_sum=total, number_estimated=guessed)
        .values_list(*_FIELDS)
    )
    return part
