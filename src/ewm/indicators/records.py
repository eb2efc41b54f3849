"""The records behind a number: units of count with the entries that brought them in, read once per question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.indicators.contribution import contribution
from ewm.indicators.funnel import label_of, restricted, steps, table_of_key
from ewm.indicators.scope import columns_of
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from ewm.indicators.compile import Compiler
    from ewm.indicators.funnel import Question


@dataclass(frozen=True, slots=True)
class Records:
    """Rows of a table in readable order: ``columns`` are shown, the words of ``cells`` follow them as bare ids.

    Behind them stand the number of the counted unit (rows of one unit side by side) and what that unit adds to the
    value's part and, if it has one, to its whole.
    """

    columns: tuple[str, ...]
    cells: tuple[str, ...]
    all_rows: tuple[tuple[Any, ...], ...]

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The shown part of the rows."""
        return tuple(row[: len(self.columns)] for row in self.all_rows)

    @property
    def units(self) -> tuple[int, ...]:
        """The number of each row's counted unit."""
        return tuple(row[self._width] for row in self.all_rows)

    @property
    def adds(self) -> tuple[tuple[int, ...], ...]:
        """What each row's unit adds: to the value, and to the whole where there is one."""
        return tuple(row[self._width + 1 :] for row in self.all_rows)

    @property
    def _width(self) -> int:
        return len(self.columns) + len(self.cells)

    def within(self, cell: Mapping[str, str | None]) -> Records:
        """Return the records of one cell: word to value, None = empty."""
        places = {word: len(self.columns) + self.cells.index(word) for word in cell}
        found = tuple(
            row for row in self.all_rows if all(_text(row[place]) == cell[word] for word, place in places.items())
        )
        return Records(self.columns, self.cells, found)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def read_records(connection: duckdb.DuckDBPyConnection, compiler: Compiler, question: Question) -> Records:
    """Return the units behind a question, whatever its cell, with the records that brought them in."""
    sheet = question.sheet
    rows = compiler.rows(sheet, question.years, per_year=True, population=question.population)
    breakdown = list(dict.fromkeys(name for path in sheet.by for name in path))
    values = [column.name for part in question.fragment.parts for column in columns_of(part)]
    base_key = list(question.population.key)
    names = list(dict.fromkeys([*sheet.counts, *base_key, *_recorded(compiler, question), *values, *breakdown]))
    selected = ", ".join(f"{rows.column(name, sheet.id)[0]} AS {name}" for name in names)
    adds = [rows.qualify(contribution(part), sheet.id)[0] for part in question.fragment.parts]
    selected += "".join(f", COALESCE(CAST({sql} AS BIGINT), 0) AS adds_{i}" for i, sql in enumerate(adds))
    restricted(rows, [*steps(question, question.population), *steps(question, sheet)])
    body = rows.body()
    joiner = "AND" if "\nWHERE " in body else "WHERE"
    inner = f"SELECT DISTINCT {selected}\n{body}\n{joiner} {rows.base.name}.cluster_id = ?"
    shown, joins = _labelled(compiler, question, names)
    cells = [f"rows.{name}" for name in breakdown]
    unit = f"DENSE_RANK() OVER (ORDER BY {', '.join(f'rows.{name}' for name in sheet.counts)})"
    columns = [*shown, *cells, unit, *(f"rows.adds_{index}" for index in range(len(adds)))]
    query = f"SELECT {', '.join(columns)} FROM ({inner}) AS rows {' '.join(joins)} ORDER BY ALL"
    found = connection.execute(query, [question.cluster_id]).fetchall()
    return Records(tuple(names), tuple(breakdown), tuple(found))


def _recorded(compiler: Compiler, question: Question) -> list[str]:
    """Return the recorded ids behind a unit of count that is a word, such as the participating actor."""
    scope = compiler.methodology.scope(question.sheet, question.population)
    found: list[str] = []
    names = list(question.sheet.counts)
    while names:
        name = names.pop(0)
        if scope.source_of(name, question.sheet.id) is not None:
            found.append(name)
        else:
            names.extend(scope.owner_of(name, question.sheet.id).key)
    return found


def _labelled(compiler: Compiler, question: Question, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the shown columns and the joins that replace ids by code and name."""
    scope = compiler.methodology.scope(question.sheet, question.population)
    recorded = _recorded(compiler, question)
    shown: list[str] = []
    joins: list[str] = []
    for index, name in enumerate(names):
        table = table_of_key(name)
        is_word_of_records = name in question.sheet.counts and not scope.taxonomy_of(name) and len(recorded) == 1
        if table is None and is_word_of_records:
            table = table_of_key(recorded[0])
        if table is None:
            shown.append(f"rows.{name}")
            continue
        key = TABLES[table].key[0]
        labels = f"(SELECT {key} AS id, {label_of(table)} AS label FROM {table}) AS l{index}"
        joins.append(f"LEFT JOIN {labels} ON l{index}.id = rows.{name}")
        shown.append(f"l{index}.label AS {name}")
    return shown, joins
