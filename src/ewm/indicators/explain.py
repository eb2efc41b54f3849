"""Why is it 34? The number, its rule, its source, its funnel and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.funnel import FunnelBuilder, KeptLines, Line, Question, cell_line, label_of, table_of_key
from ewm.indicators.measure import unit_of
from ewm.indicators.records import Labels, Records, read_records
from ewm.indicators.run import create_terms, prepare
from ewm.indicators.sheet import level_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.units import Units


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: value (and whole, for shares and means) with unit, the funnel's lines, and the records if asked for.

    ``records`` are rows of a table: ``record_columns`` names its columns; ids come as code and name. ``units`` says row
    by row which counted unit it belongs to, ``adds`` what that unit adds to the value and to the whole.
    ``names`` maps ids that the merges mention to code and name.
    """

    question: Question
    value: int | None
    whole: int | None
    unit: str
    lines: tuple[Line, ...]
    record_columns: tuple[str, ...] = ()
    records: tuple[tuple[Any, ...], ...] = ()
    units: tuple[int, ...] = ()
    adds: tuple[tuple[int, ...], ...] = ()
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


_Key = tuple[str, str, str, int, str]


def _key(question: Question) -> _Key:
    """What a question asks, whatever its cell."""
    return question.sheet.id, question.population.id, question.cluster_id, question.year, question.value


class Explainer:
    """Answers many questions on one connection that has the snapshot's tables.

    Terms are computed once and funnels are kept, so the numbers of a whole report are explained in one go.
    ``computed`` are units that were computed on this connection already, with their terms.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, compiler: Compiler, computed: Iterable[Units] = ()
    ) -> None:
        self.connection = connection
        self.compiler = compiler
        needed = self.compiler.needed(name for units in computed for name in units.uses)
        self._created = {table.name for table in needed}
        self._prepared: set[str] = set()
        self._kept: KeptLines = {}
        self._funnels: dict[_Key, tuple[tuple[Line, ...], Mapping[int, str]]] = {}
        self._records: dict[_Key, Records] = {}
        self._labels: Labels = {}

    def answer(self, question: Question, value: int | None, whole: int | None, *, records: bool = False) -> Explanation:
        """Explain a value that a run has computed; ``records`` adds what stands behind it."""
        self._create_terms(question.sheet)
        lines, names = self._funnel(question)
        found = Records((), (), ())
        if records:
            found = self._found(question).within(question.cell)
            if question.cell:
                amount = value if lines[-1].amount is not None else None
                lines = (*lines, cell_line(question, lines[-1], len(set(found.units)), amount))
        elif question.cell:
            lines = (*lines, self._builder(question).cell(lines[-1]))
        unit = unit_of(question.fragment)
        rows = found.columns, found.rows, found.units, found.adds
        return Explanation(question, value, whole, unit, lines, *rows, names)

    def _create_terms(self, sheet: Sheet) -> None:
        if sheet.id in self._prepared:
            return
        self._prepared.add(sheet.id)
        needed = self.compiler.needed(self.compiler.indicator(sheet).uses)
        missing = [table for table in needed if table.name not in self._created]
        create_terms(self.connection, missing)
        self._created.update(table.name for table in missing)

    def _builder(self, question: Question) -> FunnelBuilder:
        return FunnelBuilder(self.connection, self.compiler, question, self._kept)

    def _funnel(self, question: Question) -> tuple[tuple[Line, ...], Mapping[int, str]]:
        """Return the lines down to the total, and the names of what they merge."""
        key = _key(question)
        if key not in self._funnels:
            lines = tuple(self._builder(question).lines())
            self._funnels[key] = lines, _merge_names(self.connection, lines)
        return self._funnels[key]

    def _found(self, question: Question) -> Records:
        key = _key(question)
        if key not in self._records:
            self._records[key] = read_records(self.connection, self.compiler, question, self._labels)
        return self._records[key]


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
    compiler = Compiler(methodology)
    computed = prepare(connection, compiler, [question.sheet])
    value, whole = _result(connection, computed[question.sheet.id], question)
    return Explainer(connection, compiler, computed.values()).answer(question, value, whole, records=records)


def _result(connection: duckdb.DuckDBPyConnection, units: Units, question: Question) -> tuple[int | None, int | None]:
    """Run the indicator's statement for the one cell that is asked for."""
    path = _path(question.sheet, question.cell)
    whole = f"{question.value}_whole" if len(question.fragment.parts) > 1 else "NULL"
    conditions = ["population = ?", "cluster_id = ?", "reporting_year = ?", "level = ?"]
    parameters: list[object] = [question.population.name, question.cluster_id, question.year, level_name(path)]
    for index, word in enumerate(path, start=1):
        value = question.cell[word]
        conditions.append(f"k{index} IS NULL" if value is None else f"k{index} = ?")
        parameters.extend([] if value is None else [value])
    row = connection.execute(
        f"SELECT {question.value}, {whole} FROM ({units.statement}) WHERE {' AND '.join(conditions)}",
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
