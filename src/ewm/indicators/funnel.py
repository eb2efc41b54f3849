"""The funnel of a number: how many remained after each sentence, and what each sentence removed or merged.

Every line is one small statement over the rows that the sentences so far let through, for one cluster and year.
Populations are counted by their own key; from the line „gezählt wird“ on, the indicator's unit of count is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.fragments import DIALECT, on_table
from ewm.indicators.rows import Timing
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import Years
from ewm.indicators.term_table import compile_term
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import duckdb

    from ewm.indicators.compile import Compiler
    from ewm.indicators.rows import Rows
    from ewm.indicators.sheet import Fragment, Sentence, Sheet

NAMED_AT_MOST = 40
"""A sentence that removes more records than this places rows in years; their names would say nothing."""

RECORDED, COUNTED, SENTENCE, CELL = "recorded", "counted", "sentence", "cell"


@dataclass(frozen=True, slots=True)
class Merge:
    """One recorded unit that a sentence lets count as another: ids before and after."""

    unit: int
    counted_before: int
    counted_as: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a funnel.

    ``kind`` is recorded, counted, sentence or cell; ``unit`` names what ``count`` counts; ``amount`` is the value over
    what remains (for values that sum something), ``removed`` the difference to the line above in the same unit.
    ``removed_records`` names what a population's sentence removed, where that is at most ``NAMED_AT_MOST`` records.
    """

    kind: str
    unit: tuple[str, ...]
    count: int
    removed: int
    amount: int | None = None
    sheet_id: str | None = None
    number: str | None = None
    text: str | None = None
    merges: tuple[Merge, ...] = ()
    removed_records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: an indicator's value in one population, cluster, year and cell (word to value, None = empty)."""

    sheet: Sheet
    population: Sheet
    cluster_id: str
    year: int
    value: str
    cell: Mapping[str, str | None]

    @property
    def fragment(self) -> Fragment:
        """The fragment behind the value in this year."""
        for sentence, fragment in self.sheet.fragments("value"):
            if fragment.name == self.value and self.year in sentence.years:
                return fragment
        raise ContentError(f"{self.sheet.id}: Den Wert „{self.value}“ gibt es {self.year} nicht.")

    @property
    def years(self) -> Years:
        """The one reporting year as a range."""
        return Years(self.year, self.year)

    @property
    def summed(self) -> str | None:
        """What is summed along the funnel; None where only units are counted."""
        part = self.fragment.parts[0]
        return part.sql(dialect=DIALECT) if any(columns_of(part)) else None


KeptLines = dict[tuple[object, ...], tuple[Line, ...]]
"""Lines that many questions share: those of a population and of a unit of count, whatever is then computed over it."""

_Step = tuple["Sheet", "Sentence"]
LABELS = ("title", "name", "label_de")
"""Columns that tell a reader which record an id means, in order of preference."""


def table_of_key(name: str) -> str | None:
    """Return the snapshot table whose whole key is the column of this name, if there is one with a label."""
    for table in TABLES.values():
        if table.key == (name,) and any(column.name in LABELS for column in table.columns):
            return table.name
    return None


def label_of(table: str) -> str:
    """Return the SQL of a record's label: code and name, where the table has both."""
    names = {column.name for column in TABLES[table].columns}
    label = next(name for name in LABELS if name in names)
    return f"code || ' · ' || {label}" if "code" in names else label


def steps(question: Question, sheet: Sheet) -> list[_Step]:
    """Return the sentences of a sheet that restrict rows in the year asked for, in order."""
    return [
        (sheet, sentence) for sentence in sheet.sentences if sentence.conditions and question.year in sentence.years
    ]


def restricted(rows: Rows, applied: Sequence[_Step]) -> Rows:
    """Apply sentences to rows; returns the rows."""
    for owner, sentence in applied:
        for fragment in sentence.conditions:
            rows.restrict(owner, sentence, fragment)
    return rows


def cell_line(question: Question, above: Line, count: int, amount: int | None) -> Line:
    """Return the line of a cell below the total."""
    label = ", ".join(f"{word} = {value if value is not None else '–'}" for word, value in question.cell.items())
    return Line(CELL, question.sheet.counts, count, above.count - count, amount, text=label)


class FunnelBuilder:
    """Builds the lines of one question on a connection that has the snapshot's and the terms' tables."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, compiler: Compiler, question: Question, kept: KeptLines
    ) -> None:
        self.connection = connection
        self.compiler = compiler
        self.question = question
        self.kept = kept

    def lines(self) -> list[Line]:
        """Return the lines that end with the total, whatever the cell asked for."""
        question = self.question
        found = list(self._once(("population", question.summed), self._population))
        changes_unit = tuple(question.sheet.counts) != tuple(question.population.key)
        if changes_unit:
            unit = ("unit", question.summed, question.sheet.counts, question.sheet.joins)
            found.extend(self._once(unit, lambda: self._chained(self._chain())))
        found.extend(self._sentences(self._own(), found[-1], count_base=not changes_unit))
        return found

    def _once(self, part: tuple[object, ...], lines: Callable[[], Iterable[Line]]) -> tuple[Line, ...]:
        """Return lines that questions about the same population and year have in common, computed by the first."""
        key = (self.question.population.id, self.question.cluster_id, self.question.year, *part)
        if key not in self.kept:
            self.kept[key] = tuple(lines())
        return self.kept[key]

    def cell(self, above: Line) -> Line:
        """Return the line of the cell asked for, below the total."""
        count, amount = self._units(self._own(), self.question.cell)
        return cell_line(self.question, above, count, amount)

    def _own(self) -> list[_Step]:
        return steps(self.question, self.question.sheet)

    # -- populations, counted by their own key over their base alone ------------------------------------------------

    def _population(self) -> Iterator[Line]:
        """Yield the population's lines; only what is summed over them differs from value to value."""
        lines = self._once(("population",), self._counted)
        amounts = self._over_base(self.question.fragment.parts[0]) if self.question.summed else [None] * len(lines)
        yield from (replace(line, amount=amount) for line, amount in zip(lines, amounts, strict=True))

    def _counted(self) -> Iterator[Line]:
        key = tuple(self.question.population.key)
        applied = steps(self.question, self.question.population)
        counts = [count or 0 for count in self._over_base(exp.Count(this=exp.Star()))]
        yield Line(RECORDED, key, counts[0], 0)
        for index, (sheet, sentence) in enumerate(applied, start=1):
            removed = counts[index - 1] - counts[index]
            names = self._removed(applied[:index]) if 0 < removed <= NAMED_AT_MOST else ()
            yield Line(
                SENTENCE,
                key,
                counts[index],
                removed,
                sheet_id=sheet.id,
                number=sentence.number,
                text=sentence.text,
                removed_records=names,
            )

    def _removed(self, applied: Sequence[_Step]) -> tuple[str, ...]:
        """Return code and name of the base's records that the last of the sentences removed."""
        (key,) = self.question.population.key
        table = table_of_key(key)
        label = label_of(table) if table else f"CAST({key} AS TEXT)"
        selects = []
        for sentences in (applied[:-1], applied):
            rows = restricted(
                self.compiler.rows(self.question.population, self.question.years, per_year=True), sentences
            )
            column = rows.column(key, self.question.population.id)[0]
            selects.append(self._for_cluster(rows, f"SELECT {column}\n{rows.body()}"))
        query = f"SELECT {label} FROM {rows.base.name} WHERE {key} IN ({selects[0]} EXCEPT {selects[1]}) ORDER BY 1"
        found = self.connection.execute(query, self._parameters() * 2).fetchall()
        return tuple(str(row[0]) for row in found)

    def _over_base(self, part: exp.Expression) -> list[int | None]:
        """Return a value over all records of the base, and over those that each sentence lets through, in one go.

        Not known throughout where the base does not have what the value is computed from.
        """
        applied = steps(self.question, self.question.population)
        rows = self.compiler.rows(self.question.population, self.question.years, per_year=True)
        parts = [_let_through(part, applied[:index]) for index in range(len(applied) + 1)]
        try:
            columns = [f"CAST({rows.qualify(one, self.question.sheet.id)[0]} AS BIGINT)" for one in parts]
        except ContentError:
            return [None] * len(parts)
        query = self._for_cluster(rows, f"SELECT {', '.join(columns)}\n{rows.body()}")
        (found,) = self.connection.execute(query, self._parameters()).fetchall()
        return list(found)

    # -- from the population to the unit of count ------------------------------------------------------------------

    def _chain(self) -> list[tuple[str, Sheet | None]]:
        """Return the names that lead to the unit of count, outermost last, each with the term that promises it."""
        scope = self.compiler.methodology.scope(self.question.sheet, self.question.population)
        chain: list[tuple[str, Sheet | None]] = []
        (name, *others) = self.question.sheet.counts
        while not others:
            if scope.source_of(name, self.question.sheet.id) is not None:
                chain.append((name, None))
                break
            owner = scope.owner_of(name, self.question.sheet.id)
            chain.append((name, owner))
            (name,) = owner.key
        return chain[::-1]

    def _chained(self, chain: list[tuple[str, Sheet | None]]) -> Iterator[Line]:
        if not chain:
            count, amount = self._units([], {})
            yield Line(COUNTED, self.question.sheet.counts, count, 0, amount)
            return
        recorded = chain[0][0]
        yield Line(COUNTED, (recorded,), self._distinct(recorded), 0)
        for name, owner in chain[1:]:
            if owner is None:
                continue
            merging = steps(self.question, owner)
            if merging:
                yield from self._merged(name, owner, merging, recorded)
            else:
                yield Line(COUNTED, (name,), self._distinct(name), 0)

    def _merged(self, name: str, owner: Sheet, merging: list[_Step], recorded: str) -> Iterator[Line]:
        """Yield one line per sentence of the term that decides the unit, with what it merged."""
        numbers = [sentence.number for _, sentence in merging]
        left_out = [frozenset(numbers[index:]) for index in range(len(numbers) + 1)]
        before, *mappings = self._mappings(name, owner, left_out, recorded)
        for (sheet, sentence), after in zip(merging, mappings, strict=True):
            count = _counted(after)
            merges = tuple(
                Merge(unit, before[unit], counted) for unit, counted in after.items() if before[unit] != counted
            )
            removed = _counted(before) - count
            before = after
            yield Line(SENTENCE, (name,), count, removed, None, sheet.id, sentence.number, sentence.text, merges)

    def _mappings(
        self, name: str, owner: Sheet, left_out: Sequence[frozenset[str]], recorded: str
    ) -> list[dict[int, int]]:
        """Return what each recorded unit counts as, once for each set of sentences that are left out of the term."""
        (key,) = owner.key
        select, rows = self._select([recorded, key], steps(self.question, self.question.population))
        tables = [compile_term(self.compiler, owner, leave_out=numbers) for numbers in left_out]
        ctes = [f"units__recorded AS (\n{self._for_cluster(rows, select)}\n)"]
        joins = []
        for index, table in enumerate(tables):
            ctes.append(f"term__{index} AS (\n{table.sql}\n)")
            year = time_of(f"term__{index}", table.timing, self.question.year)
            joins.append(f"LEFT JOIN term__{index} ON term__{index}.{key} = units__recorded.{key}{year}")
        words = ", ".join(f"term__{index}.{name}" for index in range(len(tables)))
        query = (
            f"WITH {', '.join(ctes)}\nSELECT units__recorded.{recorded}, {words}\nFROM units__recorded\n"
            + "\n".join(joins)
        )
        found = sorted(self.connection.execute(query, self._parameters()).fetchall(), key=lambda row: row[0])
        return [{row[0]: row[index] for row in found} for index in range(1, len(tables) + 1)]

    def _distinct(self, name: str) -> int:
        select, rows = self._select([name], steps(self.question, self.question.population))
        query = f"SELECT COUNT({name}), NULL FROM ({self._for_cluster(rows, select)})"
        return self._one(query)[0]

    def _select(self, names: Sequence[str], applied: Sequence[_Step]) -> tuple[str, Rows]:
        question = self.question
        rows = self.compiler.rows(question.sheet, question.years, per_year=True, population=question.population)
        columns = ", ".join(f"{rows.column(name, question.sheet.id)[0]} AS {name}" for name in dict.fromkeys(names))
        restricted(rows, applied)
        return f"SELECT DISTINCT {columns}\n{rows.body()}", rows

    # -- the indicator's own sentences and cell, over its units -----------------------------------------------------

    def _sentences(self, own: list[_Step], above: Line, *, count_base: bool) -> Iterator[Line]:
        if count_base and self.question.sheet.joins:
            count, amount = self._units([], {})
            above = Line(COUNTED, self.question.sheet.counts, count, above.count - count, amount)
            yield above
        count = above.count
        for index, (sheet, sentence) in enumerate(own, start=1):
            before = count
            count, amount = self._units(own[:index], {})
            yield Line(
                SENTENCE,
                self.question.sheet.counts,
                count,
                before - count,
                amount,
                sheet.id,
                sentence.number,
                sentence.text,
            )

    def _units(self, own: Sequence[_Step], cell: Mapping[str, str | None]) -> tuple[int, int | None]:
        question = self.question
        part = question.fragment.parts[0]
        value_columns = [column.name for column in columns_of(part)]
        applied = [*steps(question, question.population), *own]
        names = [*question.sheet.counts, *value_columns, *cell]
        select, rows = self._select(names, applied)
        counted = ", ".join(dict.fromkeys([*question.sheet.counts, *value_columns]))
        amount = "NULL"
        if value_columns:
            amount = on_table(part, dict.fromkeys(value_columns, "units"), "units").sql(dialect=DIALECT)
            amount = f"CAST({amount} AS BIGINT)"
        conditions = [
            f"{word} IS NULL" if value is None else f"CAST({word} AS TEXT) = ?" for word, value in cell.items()
        ]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        inner = self._for_cluster(rows, select)
        query = f"SELECT COUNT(*), {amount} FROM (SELECT DISTINCT {counted} FROM ({inner}){where}) AS units"
        return self._one(query, [value for value in cell.values() if value is not None])

    # -- running ---------------------------------------------------------------------------------------------------

    def _for_cluster(self, rows: Rows, select: str) -> str:
        joiner = "AND" if "\nWHERE " in select else "WHERE"
        return f"{select}\n{joiner} {rows.base.name}.cluster_id = ?"

    def _parameters(self) -> list[str]:
        return [self.question.cluster_id]

    def _one(self, query: str, more: Sequence[str] = ()) -> tuple[int, int | None]:
        row = self.connection.execute(query, [*self._parameters(), *more]).fetchone()
        return (int(row[0]), None if row[1] is None else int(row[1])) if row else (0, None)


def _let_through(part: exp.Expression, applied: Sequence[_Step]) -> exp.Expression:
    """Return a value's expression with its aggregates over those rows alone that the sentences let through."""
    conditions = [fragment.parts[0].copy() for _, sentence in applied for fragment in sentence.conditions]
    if not conditions:
        return part

    def filtered(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Filter):
            return exp.Filter(this=node.this, expression=exp.Where(this=exp.and_(node.expression.this, *conditions)))
        if isinstance(node, exp.AggFunc):
            return exp.Filter(this=node, expression=exp.Where(this=exp.and_(*conditions)))
        return node

    return part.copy().transform(filtered)


def _counted(mapping: Mapping[int, int | None]) -> int:
    """Return how many units stand behind recorded ones; an empty one is none."""
    return len({unit for unit in mapping.values() if unit is not None})


def time_of(alias: str, timing: Timing, year: int) -> str:
    """Return the condition, to be added to a join, that picks a term's rows for one reporting year."""
    if timing is Timing.YEARLY:
        return f" AND {alias}.reporting_year = {year}"
    if timing is Timing.RANGED:
        return f" AND {year} BETWEEN {alias}.from_year AND {alias}.to_year"
    return ""
