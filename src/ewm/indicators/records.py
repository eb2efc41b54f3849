"""The records behind a number: units of count with the entries that brought them in, read once per question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.indicators.contribution import contribution
from ewm.indicators.funnel import label_of, restricted, steps, table_of_key
from ewm.indicators.scope import columns_of
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

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


Labels = dict[str, dict[int, str]]
"""Code and name by table and id, of what has been looked up so far."""


def read_records(
    connection: duckdb.DuckDBPyConnection, compiler: Compiler, question: Question, labels: Labels
) -> Records:
    """Return the units behind a question, whatever its cell, with the records that brought them in.

    ``labels`` is added to: a report asks for the same records again and again.
    """
    sheet = question.sheet
    breakdown = tuple(dict.fromkeys(name for path in sheet.by for name in path))
    names = _names(compiler, question, breakdown)
    found = connection.execute(_statement(compiler, question, names), [question.cluster_id]).fetchall()
    width = len(names)
    tables = dict(enumerate(_tables(compiler, question, names)))
    for place, table in tables.items():
        if table:
            _look_up(connection, table, {row[place] for row in found}, labels)
    shown = [tuple(_shown(row[place], tables[place], labels) for place in range(width)) for row in found]
    cells = [tuple(row[names.index(name)] for name in breakdown) for row in found]
    units = _ranks([row[: len(sheet.counts)] for row in found])
    rows = ((*s, *c, u, *row[width:]) for s, c, u, row in zip(shown, cells, units, found, strict=True))
    return Records(names, breakdown, tuple(sorted(rows, key=_nulls_last)))


def _names(compiler: Compiler, question: Question, breakdown: Sequence[str]) -> tuple[str, ...]:
    values = [column.name for part in question.fragment.parts for column in columns_of(part)]
    recorded = _recorded(compiler, question)
    return tuple(dict.fromkeys([*question.sheet.counts, *question.population.key, *recorded, *values, *breakdown]))


def _statement(compiler: Compiler, question: Question, names: Sequence[str]) -> str:
    sheet = question.sheet
    rows = compiler.rows(sheet, question.years, per_year=True, population=question.population)
    selected = ", ".join(f"{rows.column(name, sheet.id)[0]} AS {name}" for name in names)
    adds = [rows.qualify(contribution(part), sheet.id)[0] for part in question.fragment.parts]
    selected += "".join(f", COALESCE(CAST({sql} AS BIGINT), 0) AS adds_{i}" for i, sql in enumerate(adds))
    restricted(rows, [*steps(question, question.population), *steps(question, sheet)])
    body = rows.body()
    joiner = "AND" if "\nWHERE " in body else "WHERE"
    return f"SELECT DISTINCT {selected}\n{body}\n{joiner} {rows.base.name}.cluster_id = ?"


def _look_up(connection: duckdb.DuckDBPyConnection, table: str, ids: Set[int | None], labels: Labels) -> None:
    known = labels.setdefault(table, {})
    missing = sorted(number for number in ids if number is not None and number not in known)
    if missing:
        key = TABLES[table].key[0]
        listed = ", ".join(map(str, missing))
        query = f"SELECT {key}, {label_of(table)} FROM {table} WHERE {key} IN ({listed})"
        known.update(connection.execute(query).fetchall())


def _shown(value: Any, table: str | None, labels: Labels) -> Any:
    return value if table is None or value is None else labels[table].get(value)


def _ranks(units: Sequence[tuple[Any, ...]]) -> list[int]:
    """Number the units in the order of their ids."""
    order = {unit: number for number, unit in enumerate(sorted(set(units), key=_nulls_last), start=1)}
    return [order[unit] for unit in units]


def _nulls_last(row: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, value) for value in row)


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


def _tables(compiler: Compiler, question: Question, names: Sequence[str]) -> Iterator[str | None]:
    """Yield for each name the table whose code and name stand in the place of its ids, if there is one."""
    scope = compiler.methodology.scope(question.sheet, question.population)
    recorded = _recorded(compiler, question)
    for name in names:
        table = table_of_key(name)
        is_word_of_records = name in question.sheet.counts and not scope.taxonomy_of(name) and len(recorded) == 1
        yield table_of_key(recorded[0]) if table is None and is_word_of_records else table
