"""All numbers of a page by one statement: hits and their sum, counts of options and of views.

The hits are found once and kept for the length of the statement (``WITH … AS MATERIALIZED``, in SQLite and PostgreSQL
alike); what counts them reads them from there. Everything else is a query of its own and uses the index that fits it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import CharField, Count, F, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from ewm.capture.lists.filters import Facet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import QuerySet

HITS = "hits"
NOTHING = RawSQL("CAST(NULL AS bigint)", ())
_GUESSED = "CASE WHEN hit_estimated THEN hit_sum END"
_NONE = "CAST(NULL AS bigint)"  # PostgreSQL takes a bare one for a text, which no sum can stand below
FOUND = RawSQL("SELECT hit_key FROM hits", ())
"""The keys of the hits, for facets that count rows of other tables."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A query that is written already: what finds the keys of records, and its parameters."""

    sql: str
    parameters: tuple[Any, ...]


def written(records: QuerySet[Any]) -> Statement:
    """Write down what finds the keys of records."""
    sql, parameters = records.order_by().values("pk").query.sql_with_params()
    return Statement(sql, tuple(parameters))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to count: its name, and the records (as a query or written down) or the facet."""

    name: str
    asked: QuerySet[Any] | Statement | Facet


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


@dataclass(frozen=True, slots=True)
class Hits:
    """The records found, the columns of their sum (if any), and what to count of each of them by name."""

    records: QuerySet[Any]
    sums: tuple[str, str] | None
    values: Mapping[str, Any]

    def statement(self) -> tuple[str, Sequence[Any]]:
        """Return what finds them: key, amount, whether it is estimated, and the values."""
        amount, estimated = (F(self.sums[0]), F(self.sums[1])) if self.sums else (Value(0), Value(False))  # noqa: FBT003
        columns = {"hit_key": F("pk"), "hit_sum": amount, "hit_estimated": estimated}
        columns |= {f"hit_{place}": value for place, value in enumerate(self.values.values())}
        found = self.records.order_by().annotate(**columns).values_list(*columns)
        sql, parameters = found.query.sql_with_params()
        return sql, parameters

    def is_read_once(self, questions: Sequence[Question]) -> bool:
        """Tell whether nothing but the total is asked of them, so that they need not be kept."""
        return not self.values and not any(isinstance(each.asked, Facet) for each in questions)

    def parts(self) -> Iterator[tuple[str, Sequence[Any]]]:
        """Yield the statements that count them."""
        total, guessed = (f"CAST(SUM({what}) AS bigint)" for what in ("hit_sum", _GUESSED))
        yield f"SELECT '{HITS}', '', COUNT(*), {total}, {guessed} FROM hits", ()  # noqa: S608 (no input)
        for place, name in enumerate(self.values):
            # The column's number is all that differs; the name goes in as a parameter.
            column = f"CAST(hit_{place} AS text)"
            yield f"SELECT %s, {column}, COUNT(*), {_NONE}, {_NONE} FROM hits GROUP BY hit_{place}", (name,)  # noqa: S608


def read_numbers(hits: Hits | None, questions: Sequence[Question]) -> Numbers:
    """Count the hits and what else is asked, all at once."""
    numbers = Numbers()
    parts = [*(hits.parts() if hits else ()), *map(_part, questions)]
    if not parts:
        return numbers
    statement = " UNION ALL ".join(sql for sql, _ in parts)
    parameters = [each for _, given in parts for each in given]
    if hits:
        found, given = hits.statement()
        kept = "" if hits.is_read_once(questions) else "MATERIALIZED "
        statement = f"WITH hits AS {kept}({found}) {statement}"
        parameters = [*given, *parameters]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for name, value, count, volume, estimated in cursor.fetchall():
            numbers.counts[name][value or ""] = count
            if name == HITS:
                numbers.volume, numbers.estimated = int(volume or 0), int(estimated or 0)
    return numbers


def _part(question: Question) -> tuple[str, Sequence[Any]]:
    asked = question.asked
    if not isinstance(asked, Facet):  # nothing to group: only to count
        found = asked if isinstance(asked, Statement) else written(asked)
        counting = f"SELECT %s, '', COUNT(*), {_NONE}, {_NONE} FROM ({found.sql}) AS asked"  # noqa: S608
        return counting, (question.name, *found.parameters)
    number_of = Value(question.name, output_field=CharField())
    # A text that is not cast can be grouped in the order of an index.
    text: Any = asked.value if asked.is_text else Cast(asked.value, CharField())
    named = asked.rows.order_by().annotate(number_of=number_of, number_value=text)
    count = Count(asked.counted, distinct=asked.counted != "pk")
    part = (
        named.values("number_of", "number_value")
        .annotate(number_count=count, number_sum=NOTHING, number_estimated=NOTHING)
        .values_list("number_of", "number_value", "number_count", "number_sum", "number_estimated")
    )
    sql, parameters = part.query.sql_with_params()
    return sql, parameters
