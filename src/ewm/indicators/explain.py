"""Why is it 34? The number, its rule, its source, its funnel and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.funnel import FunnelBuilder, Line, Question, label_of, restricted, steps, table_of_key
from ewm.indicators.measure import unit_of
from ewm.indicators.run import compute, create_terms, result_table
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import level_name
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.units import Units


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: value (and whole, for shares and means) with unit, the funnel's lines, and the records if asked for.

    ``records`` are rows of a table: ``record_columns`` names its columns; ids come as code and name.
    ``names`` maps ids that the merges mention to code and name.
    """

    question: Question
    value: int | None
    whole: int | None
    unit: str
    lines: tuple[Line, ...]
    record_columns: tuple[str, ...] = ()
    records: tuple[tuple[Any, ...], ...] = ()
    names: Mapping[int, str] | None = None


def _path(sheet: Sheet, cell: Mapping[str, str | None]) -> tuple[str, ...]:
    for path in sheet.levels:
        if path and set(path) == set(cell):
            return path
    if not cell:
        return ()
    known = ", ".join(level_name(path) for path in sheet.levels[1:]) or "keine"
    raise ContentError(f"{sheet.id}: Die Zelle „{', '.join(cell)}“ gibt es nicht. Mögliche Aufgliederungen: {known}.")


def _population(methodology: Methodology, sheet: Sheet, name: str | None) -> Sheet:
    if name is not None and name not in sheet.of:
        raise ContentError(f"{sheet.id}: Die Grundgesamtheit „{name}“ gibt es nicht. Möglich: {', '.join(sheet.of)}.")
    return methodology.population(name or sheet.of[0])


def ask(
    methodology: Methodology,
    indicator_id: str,
    *,
    cluster_id: str,
    year: int,
    population: str | None = None,
    value: str | None = None,
    cell: Mapping[str, str | None] | None = None,
) -> Question:
    """Put a question together; raises ContentError naming what is possible where a part of it does not exist."""
    sheet = methodology.indicator(indicator_id)
    if year not in methodology.years:
        raise ContentError(f"Für {year} gibt es keine Methodik. Vorhanden: {', '.join(map(str, methodology.years))}.")
    if year not in sheet.valid:
        raise ContentError(
            f"{sheet.id} ist für {year} nicht erhoben (gilt {sheet.valid}). Das ist etwas anderes als null."
        )
    chosen = dict(cell or {})
    path = _path(sheet, chosen)
    here = [name for name in sheet.value_names if sheet.has_value_at(name, level_name(path))]
    if value is None:
        if not here:
            raise ContentError(f"{sheet.id}: Auf dieser Stufe gibt es keinen Wert. Bitte eine Zelle angeben (--cell).")
        value = here[0]
    if value not in here:
        raise ContentError(f"{sheet.id}: Den Wert „{value}“ gibt es hier nicht. Möglich: {', '.join(here)}.")
    return Question(sheet, _population(methodology, sheet, population), cluster_id, year, value, chosen)


class Explainer:
    """Answers many questions on one connection that has the snapshot's tables.

    Terms are computed once and funnels are kept, so the numbers of a whole report are explained in one go.
    ``computed`` are units that were computed on this connection already, with their terms.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, methodology: Methodology, computed: Iterable[Units] = ()
    ) -> None:
        self.connection = connection
        self.compiler = Compiler(methodology)
        needed = self.compiler.needed(name for units in computed for name in units.uses)
        self._created = {table.name for table in needed}
        self._funnels: dict[tuple[str, str, str, int, str], tuple[Line, ...]] = {}

    def answer(self, question: Question, value: int | None, whole: int | None, *, records: bool = False) -> Explanation:
        """Explain a value that a run has computed; ``records`` adds what stands behind it."""
        self._create_terms(question.sheet)
        lines = self._lines(question)
        columns: tuple[str, ...] = ()
        rows: tuple[tuple[Any, ...], ...] = ()
        if records:
            columns, rows = _records(self.connection, self.compiler, question)
        names = _merge_names(self.connection, lines)
        return Explanation(question, value, whole, unit_of(question.fragment), lines, columns, rows, names)

    def _create_terms(self, sheet: Sheet) -> None:
        needed = self.compiler.needed(self.compiler.indicator(sheet).uses)
        missing = [table for table in needed if table.name not in self._created]
        create_terms(self.connection, missing)
        self._created.update(table.name for table in missing)

    def _lines(self, question: Question) -> tuple[Line, ...]:
        key = (question.sheet.id, question.population.id, question.cluster_id, question.year, question.value)
        builder = FunnelBuilder(self.connection, self.compiler, question)
        if key not in self._funnels:
            self._funnels[key] = tuple(builder.lines())
        lines = self._funnels[key]
        return (*lines, builder.cell(lines[-1])) if question.cell else lines


def explain(
    connection: duckdb.DuckDBPyConnection, methodology: Methodology, question: Question, *, records: bool = False
) -> Explanation:
    """Answer a question on a connection that has the snapshot's tables.

    The value is read from the same statement that a run executes; the funnel is computed beside it.
    Raises ContentError for a cluster that the snapshot does not know.
    """
    known = [row[0] for row in connection.execute("SELECT cluster_id FROM clusters ORDER BY position").fetchall()]
    if question.cluster_id not in known:
        raise ContentError(f"Das Cluster „{question.cluster_id}“ gibt es nicht. Vorhanden: {', '.join(known)}.")
    computed = compute(connection, methodology, [question.sheet])
    value, whole = _result(connection, question)
    return Explainer(connection, methodology, computed.values()).answer(question, value, whole, records=records)


def _result(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[int | None, int | None]:
    path = _path(question.sheet, question.cell)
    whole = f"{question.value}_whole" if len(question.fragment.parts) > 1 else "NULL"
    conditions = ["population = ?", "cluster_id = ?", "reporting_year = ?", "level = ?"]
    parameters: list[object] = [question.population.name, question.cluster_id, question.year, level_name(path)]
    for index, word in enumerate(path, start=1):
        value = question.cell[word]
        conditions.append(f"k{index} IS NULL" if value is None else f"k{index} = ?")
        parameters.extend([] if value is None else [value])
    row = connection.execute(
        f"SELECT {question.value}, {whole} FROM {result_table(question.sheet)} WHERE {' AND '.join(conditions)}",
        parameters,
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0 if len(question.fragment.parts) > 1 else None)


def _merge_names(connection: duckdb.DuckDBPyConnection, lines: Sequence[Line]) -> dict[int, str]:
    counted = next((line for line in lines if line.kind == "counted"), None)
    ids = {i for line in lines for m in line.merges for i in (m.unit, m.counted_before, m.counted_as)}
    table = table_of_key(counted.unit[0]) if counted else None
    if not ids or table is None or counted is None:
        return {}
    listed = ", ".join(str(int(number)) for number in sorted(ids))
    key = counted.unit[0]
    return dict(
        connection.execute(
            f"SELECT {key}, {label_of(table)} FROM {table} WHERE {key} IN ({listed}) ORDER BY 1"
        ).fetchall()
    )


def _records(
    connection: duckdb.DuckDBPyConnection, compiler: Compiler, question: Question
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """Return the units behind the cell with the records that brought them in: columns and rows, in readable order."""
    sheet = question.sheet
    rows = compiler.rows(sheet, question.years, per_year=True, population=question.population)
    breakdown = [name for path in sheet.by for name in path]
    values = [column.name for part in question.fragment.parts for column in columns_of(part)]
    base_key = list(question.population.key)
    names = list(dict.fromkeys([*sheet.counts, *base_key, *_recorded(compiler, question), *values, *breakdown]))
    selected = ", ".join(f"{rows.column(name, sheet.id)[0]} AS {name}" for name in names)
    restricted(rows, [*steps(question, question.population), *steps(question, sheet)])
    body = rows.body()
    joiner = "AND" if "\nWHERE " in body else "WHERE"
    inner = f"SELECT DISTINCT {selected}\n{body}\n{joiner} {rows.base.name}.cluster_id = ?"
    conditions = [
        f"rows.{word} IS NULL" if value is None else f"CAST(rows.{word} AS TEXT) = ?"
        for word, value in question.cell.items()
    ]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    shown, joins = _labelled(compiler, question, names)
    query = f"SELECT {', '.join(shown)} FROM ({inner}) AS rows {' '.join(joins)}{where} ORDER BY ALL"
    parameters = [question.cluster_id, *(value for value in question.cell.values() if value is not None)]
    return tuple(names), tuple(connection.execute(query, parameters).fetchall())


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
