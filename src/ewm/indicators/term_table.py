"""Compiles an attribute or relation term to the SQL of its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.fragments import variables
from ewm.indicators.methodology import place
from ewm.indicators.proof import is_complete, is_unique
from ewm.indicators.rows import Rows, Timing
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.compile import Compiler
    from ewm.indicators.sheet import Fragment, Sentence, Sheet, Years
from ewm.snapshot.schema import TABLES


@dataclass(frozen=True, slots=True)
class TermTable:
    """A term's compiled table: its SQL, how it depends on years, and the term tables that it reads.

    Columns are the key, the promised words, then ``from_year, to_year`` (ranged) or ``reporting_year`` (yearly).
    ``unique`` and ``complete`` tell what its form proves of its keys; what it does not prove, a run looks up.
    """

    sheet: Sheet
    sql: str
    timing: Timing
    uses: tuple[str, ...]
    unique: bool = False
    complete: bool = False

    @property
    def name(self) -> str:
        """The term's name, which is the table's name."""
        return self.sheet.name


def compile_term(compiler: Compiler, sheet: Sheet, *, leave_out: frozenset[str] = frozenset()) -> TermTable:
    """Compile a term; ``leave_out`` names sentences whose conditions are ignored (for explanations).

    Raises ContentError where a name cannot be resolved or a fragment does not fit its term.
    """
    if select := sheet.fragments("select"):
        sentence, fragment = select[0]
        return _selected(sheet, place(sheet, sentence.number, fragment.line), fragment)
    timing, uses = term_timing(compiler, sheet)
    branches = [
        _branch(compiler, sheet, years, timing, leave_out) for years in _branch_years(compiler, sheet, timing)
    ]  # fmt: skip
    unique = is_unique(sheet, compiler.methodology.scope(sheet))
    return TermTable(sheet, "\nUNION ALL\n".join(branches), timing, uses, unique, is_complete(sheet))


def _selected(sheet: Sheet, where: str, fragment: Fragment) -> TermTable:
    query = fragment.parts[0]
    if any(variables(query)):
        raise ContentError(f"{where}: Ein Abschnitt „select“ darf nicht vom Berichtsjahr abhängen.")
    own = {cte.alias for cte in query.find_all(exp.CTE)}
    tables = {table.name for table in query.find_all(exp.Table)} - own
    unknown = sorted(tables - set(TABLES))
    if unknown:
        raise ContentError(f"{where}: Die Tabelle „{unknown[0]}“ gibt es im Datenstand nicht.")
    return TermTable(sheet, fragment.text, Timing.STATIC, ())


def used_words(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield every name that a sheet's fragments and key use, with the place where it stands."""
    for sentence in sheet.sentences:
        for fragment in sentence.fragments:
            if fragment.kind == "select":
                continue
            for part in fragment.parts:
                for column in columns_of(part):
                    yield column.name, place(sheet, sentence.number, fragment.line)
    for inner in sheet.key.values():
        if inner not in sheet.value_names:
            yield inner, f"{sheet.id} (key)"


def direct_terms(compiler: Compiler, sheet: Sheet, population: Sheet | None = None) -> tuple[str, ...]:
    """Return the term tables that a term's statement reads itself: sources, words, and the words of their keys."""
    scope = compiler.methodology.scope(sheet, population)
    found = dict.fromkeys(source.name for source in scope.sources if source.term is not None)
    open_names = list(used_words(sheet))
    while open_names:
        name, where = open_names.pop(0)
        if scope.source_of(name, where) is None:
            owner = scope.owner_of(name, where)
            if owner.name not in found:
                found[owner.name] = None
                open_names.extend((outer, where) for outer in owner.key)
    return tuple(found)


def term_timing(compiler: Compiler, sheet: Sheet) -> tuple[Timing, tuple[str, ...]]:
    """Return a term's timing and the term tables that it reads."""
    uses = direct_terms(compiler, sheet)
    timing = max((compiler.timing(name) for name in uses), default=Timing.STATIC)
    if any(sentence.years != ALWAYS for sentence in sheet.sentences):
        timing = max(timing, Timing.RANGED)
    fragments = [fragment for sentence in sheet.sentences for fragment in sentence.fragments]
    if any(True for fragment in fragments for part in fragment.parts for _ in variables(part)):
        timing = Timing.YEARLY
    return timing, uses


def _cuts(compiler: Compiler, sheet: Sheet) -> Iterator[Years]:
    yield from (sentence.years for sentence in sheet.sentences)
    if not sheet.fragments("select"):
        for name in direct_terms(compiler, sheet):
            yield from _cuts(compiler, compiler.methodology.terms[name])


def _branch_years(compiler: Compiler, sheet: Sheet, timing: Timing) -> tuple[Years, ...]:
    from ewm.indicators.compile import ranges  # noqa: PLC0415  (the compiler holds this module)

    if timing is Timing.YEARLY:
        return ranges(sentence.years for sentence in sheet.sentences)
    return ranges(_cuts(compiler, sheet))


def _in_force(sheet: Sheet, years: Years) -> list[Sentence]:
    return [sentence for sentence in sheet.sentences if sentence.years.overlaps(years)]


def _branch(compiler: Compiler, sheet: Sheet, years: Years, timing: Timing, leave_out: frozenset[str]) -> str:
    rows = compiler.rows(sheet, years, per_year=timing is Timing.YEARLY)
    sentences = _in_force(sheet, years)
    columns = _columns(sheet, rows, sentences)
    order = [
        rows.qualify(part, place(sheet, sentence.number, fragment.line))[0]
        for sentence in sentences
        for fragment in sentence.fragments
        if fragment.kind == "first"
        for part in fragment.parts
    ]
    for sentence in sentences:
        for fragment in sentence.conditions:
            if sentence.number not in leave_out:
                rows.restrict(sheet, sentence, fragment)
    tail = _time_columns(timing, years)
    if order:
        return _first_rows(sheet, rows, columns, order, tail)
    return _plain(sheet, rows, columns, tail, sentences)


def _columns(sheet: Sheet, rows: Rows, sentences: list[Sentence]) -> dict[str, str]:
    """Return the columns of a term's table: name to SQL, key first."""
    values: dict[str, str] = {}
    for sentence in sentences:
        for fragment in sentence.fragments:
            if fragment.kind == "value":
                where = place(sheet, sentence.number, fragment.line)
                if len(fragment.parts) > 1:
                    raise ContentError(f"{where}: Ein Anteil ist nur in einem Indikator möglich.")
                values[fragment.name or ""] = rows.qualify(fragment.parts[0], where)[0]
    columns: dict[str, str] = {}
    for outer, inner in sheet.key.items():
        columns[outer] = values.get(inner) or rows.column(inner, f"{sheet.id} (key)")[0]
    return {**columns, **values}


def _time_columns(timing: Timing, years: Years) -> dict[str, str]:
    if timing is Timing.RANGED:
        return {"from_year": str(years.first), "to_year": str(years.last)}
    if timing is Timing.YEARLY:
        return {"reporting_year": "years.reporting_year"}
    return {}


def _select(columns: dict[str, str]) -> str:
    return ", ".join(
        sql if sql.split(".")[-1] == name and "." in sql else f"{sql} AS {name}" for name, sql in columns.items()
    )


def _first_rows(sheet: Sheet, rows: Rows, columns: dict[str, str], order: list[str], tail: dict[str, str]) -> str:
    keys = [columns[name] for name in sheet.key]
    keys.extend(sql for name, sql in tail.items() if name == "reporting_year")
    place_sql = f"ROW_NUMBER() OVER (PARTITION BY {', '.join(keys)} ORDER BY {', '.join(order)})"
    names = ", ".join([*columns, *tail])
    select = f"SELECT {_select({**columns, **tail, 'place': place_sql})}\n{rows.body()}"
    body = "\n".join(f"  {line}" for line in select.splitlines())
    return f"SELECT {names} FROM (\n{body}\n) AS ordered\nWHERE place = 1"


def _plain(sheet: Sheet, rows: Rows, columns: dict[str, str], tail: dict[str, str], sentences: list[Sentence]) -> str:
    aggregates = {
        fragment.name
        for sentence in sentences
        for fragment in sentence.fragments
        if fragment.kind == "value" and fragment.parts[0].find(exp.AggFunc)
    }
    selected = _select({**columns, **tail})
    if aggregates:
        grouped = [sql for name, sql in columns.items() if name not in aggregates]
        grouped.extend(sql for name, sql in tail.items() if name == "reporting_year")
        return f"SELECT {selected}\n{rows.body()}\nGROUP BY {', '.join(grouped)}"
    distinct = "DISTINCT " if sheet.kind == "relation" else ""
    return f"SELECT {distinct}{selected}\n{rows.body()}"
