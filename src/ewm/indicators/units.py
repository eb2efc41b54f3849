"""Compiles an indicator: its units of count, then one SELECT per level.

Three kinds of column stand behind a level or a value. *Own* ones hang on the unit of count (their table's key lies
within ``counts``) and are read with the rows. *Late* ones are words keyed by the unit of count and are joined after
the rows were reduced to units. *Early* ones multiply the rows of a unit, so each level reduces them again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.fragments import DIALECT, on_table, variable_name, variables
from ewm.indicators.measure import unit_of
from ewm.indicators.methodology import place
from ewm.indicators.proof import keys_in
from ewm.indicators.rows import Rows, Timing
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import Years, level_name
from ewm.indicators.term_table import direct_terms
from ewm.indicators.year_sets import Sets, year_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.compile import Compiler
    from ewm.indicators.scope import Scope
    from ewm.indicators.sheet import Fragment, Sentence, Sheet

STRUCTURE = ("population", "cluster_id", "reporting_year")
MAX_DEPTH = 2
"""Levels of a breakdown that the results have columns for (k1, k2)."""


RESERVED = frozenset({"units", "counted", "reduced", "ordered"})
"""Names that compiled statements use themselves, so that no term may bear them."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The rows of one population in one range of years, with the SQL behind each name that they deliver."""

    population: Sheet
    years: Years
    rows: Rows
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an indicator: its name, the expressions over units (part, or part and whole) and its levels."""

    name: str
    parts: tuple[exp.Expression, ...]
    levels: tuple[str, ...]


@dataclass(slots=True)
class Units:
    """An indicator's compiled form."""

    sheet: Sheet
    branches: list[Branch]
    values: tuple[Value, ...]
    own: tuple[str, ...]
    early: tuple[str, ...]
    late: dict[str, Sheet]
    distinct: bool
    uses: tuple[str, ...]
    ctes: list[tuple[str, str]] = field(default_factory=list)
    final: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that the units deliver beside population, cluster and year."""
        return tuple(dict.fromkeys((*self.sheet.counts, *self.own, *self.early)))

    @property
    def statement(self) -> str:
        """The indicator's statement over the tables of the snapshot and of the terms that it uses."""
        ctes = ",\n".join(f"{name} AS (\n{sql}\n)" for name, sql in self.ctes)
        return f"WITH {ctes}\n{self.final}"

    @property
    def value_columns(self) -> tuple[str, ...]:
        """The result columns of the values: ``name`` or ``name`` and ``name_whole``."""
        return tuple(
            name for value in self.values for name in (value.name, f"{value.name}_whole")[: len(value.parts)]
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Names:
    """How the names of levels and values hang on the unit of count."""

    scope: Scope
    counts: tuple[str, ...]
    own: dict[str, None] = field(default_factory=dict)
    early: dict[str, None] = field(default_factory=dict)
    late: dict[str, Sheet] = field(default_factory=dict)

    def add(self, name: str, where: str, *, value: bool) -> None:
        """Sort a name in; raises ContentError where a value's column would count a unit twice."""
        if name in self.counts:
            return
        source = self.scope.source_of(name, where)
        owner = None if source is not None else self.scope.owner_of(name, where)
        keys = tuple(owner.key) if owner is not None else source.key if source is not None else ()
        if set(keys) <= set(self.counts):
            if owner is None:
                self.own[name] = None
            else:
                self.late[name] = owner
        elif value:
            raise ContentError(
                f"{where}: „{name}“ gilt je {list(keys)}, gezählt wird {list(self.counts)}: Doppelzählung. "
                "Bitte counts: im Kopf oder die Spalte ändern."
            )
        else:
            self.early[name] = None


def _classify(compiler: Compiler, sheet: Sheet, population: Sheet) -> _Names:
    names = _Names(compiler.methodology.scope(sheet, population), sheet.counts)
    for path in sheet.by:
        for name in path:
            names.add(name, f"{sheet.id} (by)", value=False)
    for sentence, fragment in sheet.fragments("value"):
        for part in fragment.parts:
            for column in columns_of(part):
                names.add(column.name, place(sheet, sentence.number, fragment.line), value=True)
    return names


def _keys(rows: Rows) -> set[str]:
    return {name for source in rows.scope.sources for name in source.key}


def _values(sheet: Sheet) -> tuple[Value, ...]:
    """Return an indicator's values, each of which does in a year what the version in force in that year says."""
    versions: dict[str, list[tuple[Sentence, Fragment]]] = {}
    for sentence, fragment in sheet.fragments("value"):
        if sentence.years.overlaps(sheet.valid):
            earlier = versions.setdefault(fragment.name or "", [])
            _check_version(sheet, sentence, fragment, earlier)
            earlier.append((sentence, fragment))
    return tuple(_dated(sheet, found) for found in versions.values())


def _check_version(
    sheet: Sheet, sentence: Sentence, fragment: Fragment, earlier: list[tuple[Sentence, Fragment]]
) -> None:
    where = f"{place(sheet, sentence.number, fragment.line)}: Wert „{fragment.name}“"
    for other_sentence, other in earlier:
        if sentence.years.overlaps(other_sentence.years):
            raise ContentError(
                f"{where} legt für dieselben Jahre schon {other_sentence.number} fest. Bitte umbenennen."
            )
        if unit_of(fragment) != unit_of(other) or fragment.levels != other.levels:
            raise ContentError(
                f"{where} hat in seinen Fassungen verschiedene Einheiten oder Stufen. Bitte einen eigenen Wert nennen."
            )


def _dated(sheet: Sheet, versions: list[tuple[Sentence, Fragment]]) -> Value:
    """Return the value of all versions; in a year without one it is not known."""
    found = [
        (sentence.years, Value(
            fragment.name or "",
            tuple(_over_units(part, sheet, sentence.number, fragment) for part in fragment.parts),
            fragment.levels,
        ))
        for sentence, fragment in versions
    ]  # fmt: skip
    ((years, value), *more) = found
    valid = sheet.valid
    if not more and years.first <= valid.first and years.last >= valid.last:
        return value
    parts = []
    for index in range(len(value.parts)):
        case = exp.Case()
        for when, version in found:
            year = exp.column("reporting_year", table="units")
            case = case.when(year.between(when.first, when.last), version.parts[index])
        parts.append(case)
    return Value(value.name, tuple(parts), value.levels)


def _over_units(part: exp.Expression, sheet: Sheet, number: str, fragment: Fragment) -> exp.Expression:
    for node in variables(part):
        if variable_name(node) != "reporting_year":
            raise ContentError(
                f"{place(sheet, number, fragment.line)}: In einem Wert ist nur $reporting_year möglich, nicht "
                f"${variable_name(node)}."
            )
    return on_table(part, {column.name: "units" for column in columns_of(part)}, "units")


def branch(compiler: Compiler, sheet: Sheet, population: Sheet, years: Years, columns: tuple[str, ...]) -> Branch:
    """Return one branch of an indicator's units that delivers ``columns``."""
    rows = compiler.rows(sheet, years, per_year=True, population=population)
    selected: dict[str, str] = {}
    for name in columns:
        selected[name] = rows.column(name, f"{sheet.id} (Kopf)")[0]
    for owner in (population, sheet):
        for sentence in owner.sentences:
            if sentence.years.overlaps(years):
                for fragment in sentence.conditions:
                    rows.restrict(owner, sentence, fragment)
    return Branch(population, years, rows, selected)


def branch_ranges(sheet: Sheet, population: Sheet) -> Iterator[Years]:
    """Yield the ranges of years in which one set of sentences of indicator and population holds, within ``valid``."""
    from ewm.indicators.compile import ranges  # noqa: PLC0415  (the compiler holds this module)

    cuts = [sentence.years for owner in (population, sheet) for sentence in owner.sentences if sentence.conditions]
    for years in ranges([*cuts, sheet.valid]):
        if years.overlaps(sheet.valid):
            yield years


def compile_units(compiler: Compiler, sheet: Sheet) -> Units:
    """Compile an indicator; raises ContentError for a name that does not resolve or a value that would count twice."""
    populations = [compiler.methodology.population(name) for name in sheet.of]
    names = _classify(compiler, sheet, populations[0])
    columns = tuple(dict.fromkeys((*sheet.counts, *names.own, *names.early)))
    branches = [
        branch(compiler, sheet, population, years, columns)
        for population in populations
        for years in branch_ranges(sheet, population)
    ]
    uses = [name for population in populations for name in direct_terms(compiler, sheet, population)]
    uses += [name for population in populations for name in direct_terms(compiler, population)]
    uses += [owner.name for owner in names.late.values()]
    uses += list(_words_of_head(compiler, sheet, populations[0]))
    told_apart = {*sheet.counts, *names.early, *keys_in(names.early, compiler.methodology.words)}
    units = Units(
        sheet=sheet,
        branches=branches,
        values=_values(sheet),
        own=tuple(names.own),
        early=tuple(names.early),
        late=names.late,
        distinct=any(not _keys(b.rows) <= told_apart for b in branches),
        uses=tuple(dict.fromkeys(uses)),
    )
    _render(compiler, units)
    return units


def _words_of_head(compiler: Compiler, sheet: Sheet, population: Sheet) -> Iterator[str]:
    """Yield the terms behind the words of ``counts`` and ``by``, with the terms behind their keys."""
    scope = compiler.methodology.scope(sheet, population)
    names = [*sheet.counts, *(name for path in sheet.by for name in path)]
    seen: set[str] = set()
    while names:
        name = names.pop(0)
        if name not in seen and scope.source_of(name, sheet.id) is None:
            owner = scope.owner_of(name, f"{sheet.id} (Kopf)")
            yield owner.name
            names.extend(owner.key)
        seen.add(name)


def unit_rows(branch: Branch, *, distinct: bool) -> str:
    """Return the SELECT that delivers a branch's rows."""
    head = "SELECT DISTINCT" if distinct else "SELECT"
    columns = [
        f"'{branch.population.name}' AS population",
        f"{branch.rows.base.name}.cluster_id",
        "years.reporting_year",
        *(sql if sql.split(".")[-1] == name else f"{sql} AS {name}" for name, sql in branch.columns.items()),
    ]
    return f"{head} {', '.join(columns)}\n{branch.rows.body()}"


def late_joins(
    compiler: Compiler, owners: Iterator[Sheet] | list[Sheet], alias: str, years: str | None = None
) -> list[str]:
    """Return the joins of words keyed by the unit of count; ``years`` names what has the year if ``alias`` does not."""
    year = f"{years or alias}.reporting_year"
    lines = []
    for owner in dict.fromkeys(owners):
        on = [f"{owner.name}.{key} = {alias}.{key}" for key in owner.key]
        timing = compiler.timing(owner.name)
        if timing is Timing.YEARLY:
            on.append(f"{owner.name}.reporting_year = {year}")
        elif timing is Timing.RANGED:
            on.append(f"{year} BETWEEN {owner.name}.from_year AND {owner.name}.to_year")
        lines.append(f"LEFT JOIN {owner.name} ON {' AND '.join(on)}")
    return lines


def _render(compiler: Compiler, units: Units) -> None:
    reduce_once = units.distinct and not units.early
    sets = year_sets(compiler, units.sheet, units.branches) if reduce_once else None
    if sets is not None:
        units.ctes = [*sets.ctes, ("units", _units_of_sets(compiler, units, sets))]
    else:
        units.ctes = _plain_ctes(compiler, units, distinct=reduce_once)
    levels = [_level(compiler, units, path) for path in units.sheet.levels]
    units.final = "\nUNION ALL\n".join(levels)


def _plain_ctes(compiler: Compiler, units: Units, *, distinct: bool) -> list[tuple[str, str]]:
    body = "\nUNION ALL\n".join(unit_rows(b, distinct=distinct) for b in units.branches)
    if not units.late or units.early:
        return [("units", body)]
    words = ", ".join(f"{owner.name}.{word}" for word, owner in units.late.items())
    joins = "\n".join(late_joins(compiler, list(units.late.values()), "counted"))
    return [("counted", body), ("units", f"SELECT counted.*, {words}\nFROM counted\n{joins}")]


def _units_of_sets(compiler: Compiler, units: Units, sets: Sets) -> str:
    """Return the SELECT that gives sets of years their late words, then one row per year."""
    columns = ["counted.population", "counted.cluster_id", "years.reporting_year"]
    columns += [f"counted.{name}" for name in units.sheet.counts]
    columns += [f"{owner.name}.{word}" for word, owner in units.late.items()]
    timed = [owner for owner in units.late.values() if compiler.timing(owner.name) is not Timing.STATIC]
    static = [owner for owner in units.late.values() if owner not in timed]
    lines = ["FROM counted", *late_joins(compiler, static, "counted"), sets.years]
    lines += late_joins(compiler, timed, "counted", years="years")
    return "\n".join([f"SELECT {', '.join(columns)}", *lines])


def _source(compiler: Compiler, units: Units, early: tuple[str, ...]) -> str:
    """Return where a level reads its units: reduced to its own early columns, with the late words joined."""
    if not units.early or (early == units.early and not units.distinct and not units.late):
        return "units"
    reduced = ", ".join([*STRUCTURE, *dict.fromkeys((*units.sheet.counts, *units.own, *early))])
    select = f"SELECT DISTINCT {reduced} FROM units"
    if not units.late:
        return f"({select}) AS units"
    words = ", ".join(f"{owner.name}.{word}" for word, owner in units.late.items())
    joins = " ".join(late_joins(compiler, list(units.late.values()), "reduced"))
    return f"(SELECT reduced.*, {words} FROM ({select}) AS reduced {joins}) AS units"


def _level(compiler: Compiler, units: Units, path: tuple[str, ...]) -> str:
    early = tuple(name for name in units.early if name in path)
    keys = [f"units.{name}" for name in path]
    shown = [f"CAST({key} AS TEXT) AS k{index}" for index, key in enumerate(keys, start=1)]
    shown += [f"CAST(NULL AS TEXT) AS k{index}" for index in range(len(path) + 1, MAX_DEPTH + 1)]
    structure = [f"units.{name}" for name in STRUCTURE]
    values = ", ".join(column for value in units.values for column in _value_columns(value, level_name(path)))
    select = ", ".join([*structure, f"'{level_name(path)}' AS level", *shown])
    source = _source(compiler, units, early)
    return f"SELECT {select},\n  {values}\nFROM {source}\nGROUP BY {', '.join([*structure, *keys])}"


def _value_columns(value: Value, level: str) -> Iterator[str]:
    for part, name in zip(value.parts, (value.name, f"{value.name}_whole"), strict=False):
        here = not value.levels or level in value.levels
        sql = part.sql(dialect=DIALECT) if here else "NULL"
        yield f"CAST({sql} AS BIGINT) AS {name}"
