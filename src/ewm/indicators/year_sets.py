"""Units that share many rows in many years: each record first becomes the set of its years, one bit per year.

A project runs for years and an actor takes part in many projects. Joining the years to all rows and then looking for
distinct units would visit one actor and year dozens of times. So the sets of years of all rows of a recorded unit are
put together, then those of a unit of count, and a row per year is made from the few that remain. At European size the
distinct actors take less than half the time, and a third of the memory less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.indicators.fragments import variables
from ewm.indicators.rows import Rows, Timing
from ewm.indicators.scope import Scope, Source, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.indicators.compile import Compiler
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.units import Branch

BITS = 63
"""Bits of a set that are free: any 63 consecutive years have a bit each."""
BIT = f"CAST(1 AS BIGINT) << (years.reporting_year % {BITS})"
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Sets:
    """An indicator's units as sets of years: the CTEs that lead to them, and how years join the last one.

    The last CTE, ``counted``, has one row per population, cluster, unit of count and range of years.
    """

    ctes: list[tuple[str, str]]
    years: str


def year_sets(compiler: Compiler, sheet: Sheet, branches: Iterable[Branch]) -> Sets | None:
    """Return an indicator's units as sets of years.

    None where that reduces nothing, a column hangs on each year, or there are more years than bits.
    """
    years = compiler.methodology.years
    if years and years[-1] - years[0] >= BITS:
        return None
    ctes: list[tuple[str, str]] = []
    counted: list[str] = []
    ranged = False
    for branch in branches:
        needed = _recorded(compiler, sheet, branch)
        if needed is None:
            return None
        rows = _seen(compiler, sheet, branch, needed)
        columns = {name: rows.column(name, f"{sheet.id} (Kopf)")[0] for name in branch.columns}
        for sentence in sheet.sentences:
            if sentence.years.overlaps(branch.years):
                for fragment in sentence.conditions:
                    rows.restrict(sheet, sentence, fragment)
        ranged = ranged or bool(rows.ranged())
        ctes += [(f"{_name(branch)}__years", _record_sets(compiler, branch)), (rows.base.name, _merged(branch, needed))]
        counted.append(_counted(branch, rows, columns))
    bounds = f" AND years.reporting_year BETWEEN {COUNTED}.from_year AND {COUNTED}.to_year" if ranged else ""
    ctes.append((COUNTED, "\nUNION ALL\n".join(counted)))
    return Sets(ctes, f"JOIN years ON ({COUNTED}.year_set & ({BIT})) <> 0{bounds}")


def _name(branch: Branch) -> str:
    return f"{branch.population.name}__{branch.years.first}" if branch.years.first else branch.population.name


def _recorded(compiler: Compiler, sheet: Sheet, branch: Branch) -> dict[str, Source] | None:
    """Return the columns that rows may be reduced to before years are joined, each with its source."""
    scope = branch.rows.scope
    parts = [fragment.parts[0] for sentence in sheet.sentences for fragment in sentence.conditions]
    if len(scope.sources) == 1 or any(True for part in parts for _ in variables(part)):
        return None
    terms = [source.name for source in scope.sources if source.term is not None]
    if any(compiler.timing(name) is not Timing.STATIC for name in terms):
        return None
    names = [*branch.columns, *(column.name for part in parts for column in columns_of(part))]
    needed: dict[str, Source] = {}
    for name, source, timing in _needed(compiler, scope, names):
        if timing is Timing.YEARLY or source is scope.sources[0]:
            return None
        needed[name] = source
    return needed


def _needed(compiler: Compiler, scope: Scope, names: Iterable[str]) -> Iterator[tuple[str, Source, Timing]]:
    for name in names:
        source = scope.source_of(name, scope.owner.id)
        if source is not None:
            yield name, source, Timing.STATIC
            continue
        owner = scope.owner_of(name, scope.owner.id)
        for below, found, timing in _needed(compiler, scope, owner.key):
            yield below, found, max(timing, compiler.timing(owner.name))


def _record_sets(compiler: Compiler, branch: Branch) -> str:
    """Return the SELECT that gives every record of the population the set of its years."""
    population = branch.population
    rows = compiler.rows(population, branch.years, per_year=True)
    for sentence in population.sentences:
        if sentence.years.overlaps(branch.years):
            for fragment in sentence.conditions:
                rows.restrict(population, sentence, fragment)
    scope = branch.rows.scope
    joining = [joined for index in range(1, len(scope.sources)) for joined in scope.joined_on(index)]
    shared = sorted({name for name, met in joining if met is scope.sources[0]} - {"cluster_id"})
    columns = ", ".join(f"{rows.base.name}.{name}" for name in ["cluster_id", *shared])
    return f"SELECT {columns}, BIT_OR({BIT}) AS year_set\n{rows.body()}\nGROUP BY {columns}"


def _merged(branch: Branch, needed: dict[str, Source]) -> str:
    """Return the SELECT that puts the sets of all rows of a recorded unit together."""
    rows = branch.rows
    columns = ", ".join([f"{rows.base.name}.cluster_id", *(f"{source.name}.{name}" for name, source in needed.items())])
    joined = Rows(rows.scope, rows.timings, branch.years, per_year=False).tables()[1:]
    body = "\n".join([f"FROM {_name(branch)}__years AS {rows.base.name}", *joined])
    return f"SELECT {columns}, BIT_OR({rows.base.name}.year_set) AS year_set\n{body}\nGROUP BY {columns}"


def _seen(compiler: Compiler, sheet: Sheet, branch: Branch, needed: dict[str, Source]) -> Rows:
    """Return the empty rows over recorded units, to which attributes and the indicator's conditions are added."""
    home = branch.rows.base.columns["cluster_id"]
    columns = {"cluster_id": home, **{name: source.columns[name] for name, source in needed.items()}}
    source = Source(f"{_name(branch)}__seen", columns, ())
    scope = Scope(sheet, [source], compiler.methodology.words)
    return Rows(scope, compiler, branch.years, per_year=False, every_range=True)


def _counted(branch: Branch, rows: Rows, columns: dict[str, str]) -> str:
    """Return the SELECT that puts the sets of all recorded units of one unit of count together."""
    keys = {"cluster_id": f"{rows.base.name}.cluster_id", **columns}
    keys |= dict(zip(("from_year", "to_year"), _range(rows), strict=False))
    listed = ", ".join(
        sql if sql.split(".")[-1] == name else f"{sql} AS {name}" for name, sql in keys.items()
    )  # fmt: skip
    head = f"SELECT '{branch.population.name}' AS population, {listed}, BIT_OR({rows.base.name}.year_set) AS year_set"
    return f"{head}\n{rows.body()}\nGROUP BY {', '.join(keys.values())}"


def _range(rows: Rows) -> tuple[str, ...]:
    names = rows.ranged()
    if len(names) < 2:
        return tuple(f"{name}.{bound}" for name in names for bound in ("from_year", "to_year"))
    first, last = (", ".join(f"{name}.{bound}" for name in names) for bound in ("from_year", "to_year"))
    return f"GREATEST({first})", f"LEAST({last})"
