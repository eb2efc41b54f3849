"""The rows of one statement: FROM, the attribute terms it pulls in, and its conditions.

Sheets never write FROM or JOIN; this module does it for them, once for terms, indicators and explanations alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.fragments import placed_sql, variables
from ewm.indicators.methodology import place
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.indicators.scope import Scope, Source
    from ewm.indicators.sheet import Fragment, Sentence, Sheet, Years


class Timing(IntEnum):
    """How a term's rows depend on the reporting year: not at all, by ranges of years, or on each year."""

    STATIC = 0
    RANGED = 1
    YEARLY = 2


class TermTimings(Protocol):
    """Knows the timing of a term's table; the compiler does."""

    def timing(self, name: str) -> Timing:
        """Return the timing of the term of this name."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """One ``where`` fragment, qualified: its sheet and sentence, its SQL, what it needs of the years."""

    sheet: Sheet
    sentence: Sentence
    sql: str
    timing: Timing
    uses_years: bool

    @property
    def label(self) -> str:
        """The sheet and sentence that this condition carries out."""
        return f"{self.sheet.id} {self.sentence.number}"


@dataclass(slots=True)
class _Join:
    sql: str
    timing: Timing


@dataclass(slots=True)
class Rows:
    """Collects the parts of one SELECT: sources in order, attributes as they are needed, conditions.

    ``years`` is the range of reporting years for which the statement holds. With ``per_year`` the table ``years`` is
    joined and every row belongs to one reporting year; otherwise the rows hold for the whole range. With
    ``every_range`` a term with ranges of years is joined with all of them, to be told apart later.
    """

    scope: Scope
    timings: TermTimings
    years: Years
    per_year: bool
    outer: bool = False
    every_range: bool = False
    conditions: list[Condition] = field(default_factory=list)
    _attributes: dict[str, _Join] = field(default_factory=dict)

    @property
    def base(self) -> Source:
        """The first source: the rows that are counted or restricted."""
        return self.scope.sources[0]

    def time_condition(self, alias: str, timing: Timing) -> str:
        """Return the condition that picks a term's rows for the year or range at hand; empty where it has none."""
        if timing is Timing.STATIC or (timing is Timing.RANGED and self.every_range):
            return ""
        if timing is Timing.YEARLY:
            return f"{alias}.reporting_year = years.reporting_year"
        if self.per_year:
            return f"years.reporting_year BETWEEN {alias}.from_year AND {alias}.to_year"
        return f"{alias}.from_year <= {self.years.first} AND {alias}.to_year >= {self.years.last}"

    def column(self, name: str, where: str) -> tuple[str, Timing]:
        """Return a name's qualified SQL and timing, pulling in the attribute term that promises it."""
        source = self.scope.source_of(name, where)
        if source is not None:
            timing = self.timings.timing(source.name) if source.term else Timing.STATIC
            return f"{source.name}.{name}", timing
        owner = self.scope.owner_of(name, where)
        return f"{owner.name}.{name}", self._attribute(owner, where)

    def _attribute(self, owner: Sheet, where: str) -> Timing:
        if owner.name not in self._attributes:
            (outer,) = owner.key
            key, key_timing = self.column(outer, f"{where}, Schlüssel von „{owner.name}“")
            timing = self.timings.timing(owner.name)
            on = " AND ".join(filter(None, (f"{owner.name}.{outer} = {key}", self.time_condition(owner.name, timing))))
            self._attributes[owner.name] = _Join(f"LEFT JOIN {owner.name} ON {on}", max(timing, key_timing))
        return self._attributes[owner.name].timing

    def qualify(self, expression: exp.Expression, where: str) -> tuple[str, Timing, bool]:
        """Return an expression's SQL with qualified names, its timing, and whether it names a variable."""
        timing = Timing.STATIC
        tables: dict[str, str] = {}
        for column in columns_of(expression):
            sql, column_timing = self.column(column.name, where)
            timing = max(timing, column_timing)
            tables[column.name] = sql.split(".", 1)[0]
        return placed_sql(expression, tables, "years"), timing, any(True for _ in variables(expression))

    def restrict(self, sheet: Sheet, sentence: Sentence, fragment: Fragment) -> None:
        """Add a ``where`` fragment to the conditions."""
        sql, timing, uses = self.qualify(fragment.parts[0], place(sheet, sentence.number, fragment.line))
        if isinstance(fragment.parts[0], exp.Or):
            sql = f"({sql})"
        if (uses or timing is Timing.YEARLY) and not self.per_year:
            raise ContentError(
                f"{place(sheet, sentence.number, fragment.line)}: Die Bedingung hängt vom Berichtsjahr ab; "
                "das ist hier nicht möglich."
            )
        self.conditions.append(Condition(sheet, sentence, sql, timing, uses))

    def tables(self) -> list[str]:
        """Return FROM and the joins of the sources, one clause per line."""
        lines = [f"FROM {self.base.name}"]
        join = "LEFT JOIN" if self.outer else "JOIN"
        for index, source in enumerate(self.scope.sources[1:], start=1):
            on = [f"{source.name}.{name} = {earlier.name}.{name}" for name, earlier in self.scope.joined_on(index)]
            if not self.per_year:
                on.extend(self._source_time(source))
            lines.append(f"{join} {source.name} ON {' AND '.join(on)}")
        return lines

    def ranged(self) -> list[str]:
        """Return the names of the attribute terms that have ranges of years of their own, in order of need."""
        return [name for name in self._attributes if self.timings.timing(name) is Timing.RANGED]

    def attributes(self, *, timed: bool) -> list[str]:
        """Return the joins of the attribute terms that depend (or do not depend) on the year, in order of need."""
        return [join.sql for join in self._attributes.values() if (join.timing is not Timing.STATIC) == timed]

    def year_bounds(self) -> list[str]:
        """Return the conditions that keep a per-year statement within its range of years."""
        bounds = []
        if self.years.first != FIRST_YEAR:
            bounds.append(f"years.reporting_year >= {self.years.first}")
        if self.years.last != LAST_YEAR:
            bounds.append(f"years.reporting_year <= {self.years.last}")
        return bounds

    def _source_time(self, source: Source) -> list[str]:
        if source.term is None:
            return []
        timing = self.timings.timing(source.name)
        if timing is not Timing.STATIC and self.outer and self.per_year and source is not self.base:
            raise ContentError(
                f"{self.scope.owner.path.name}: „{source.name}“ hängt von Jahren ab und lässt sich hier nicht mit "
                "with: verbinden. Bitte den Begriff in of: nennen."
            )
        return list(filter(None, [self.time_condition(source.name, timing)]))

    def source_times(self) -> list[str]:
        """Return the conditions that pick the rows of sources with years, where ON does not hold them."""
        sources = self.scope.sources if self.per_year else self.scope.sources[:1]
        return [condition for source in sources for condition in self._source_time(source)]

    def body(self) -> str:
        """Return FROM … WHERE …, every condition labelled with its sentence."""
        early = [c for c in self.conditions if c.uses_years and c.timing is Timing.STATIC]
        late = [c for c in self.conditions if c not in early]
        lines = [*self.tables(), *self.attributes(timed=False)]
        if self.per_year:
            joined = [*(_labelled(c) for c in early), *self.year_bounds(), *self.source_times()]
            lines.append(f"JOIN years ON {_and(joined, '  ')}" if joined else "CROSS JOIN years")
        lines.extend(self.attributes(timed=True))
        where = [_labelled(c) for c in late]
        if not self.per_year:
            where.extend(self.source_times())
        if where:
            lines.append(f"WHERE {_and(where, '  ')}")
        return "\n".join(lines)


def _labelled(condition: Condition) -> str:
    return f"{condition.sql} /* {condition.label} */"


def _and(parts: Iterable[str], indent: str) -> str:
    return f"\n{indent}AND ".join(parts)
