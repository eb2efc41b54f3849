"""Units that share many rows in many years: each record first becomes the set of its years, one bit per year.

A project runs for years and an actor takes part in many projects. Joining the years to all rows and then looking for
distinct units would visit one actor and year dozens of times. So the sets of years of all rows of a recorded unit are
put together, and a row per year is made from the few that remain. The rows are the same; at European size the
distinct actors take less than half the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.indicators.rows import Rows, Timing
from ewm.indicators.scope import Scope, Source, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.indicators.compile import Compiler
    from ewm.indicators.sheet import Sheet, Years
    from ewm.indicators.units import Branch

BITS = 63
"""Bits of a set that are free: any 63 consecutive years have a bit each."""
BIT = f"CAST(1 AS BIGINT) << (years.reporting_year % {BITS})"


def recorded(compiler: Compiler, sheet: Sheet, branch: Branch) -> dict[str, Source] | None:
    """Return the columns that rows may be reduced to before they are joined with years, each with its source.

    None where that reduces nothing: the unit of count or a condition hangs on the base record itself.
    """
    scope = branch.rows.scope
    if len(scope.sources) == 1 or any(_timed(compiler, source) for source in scope.sources):
        return None
    conditions = [fragment for sentence in sheet.sentences for fragment in sentence.conditions]
    names = [*branch.columns, *(column.name for one in conditions for column in columns_of(one.parts[0]))]
    needed = dict(_needed(scope, names))
    if any(source.name == scope.sources[0].name for source in needed.values()):
        return None
    return needed


def _timed(compiler: Compiler, source: Source) -> bool:
    return source.term is not None and compiler.timing(source.name) is not Timing.STATIC


def _needed(scope: Scope, names: Iterable[str]) -> Iterator[tuple[str, Source]]:
    for name in names:
        source = scope.source_of(name, scope.owner.id)
        if source is not None:
            yield name, source
        else:
            yield from _needed(scope, scope.owner_of(name, scope.owner.id).key)


def reduced(
    compiler: Compiler, sheet: Sheet, branch: Branch, needed: dict[str, Source]
) -> tuple[list[tuple[str, str]], Rows]:
    """Return the CTEs that reduce a branch to sets of years, and the empty rows that take up from there."""
    name = f"{branch.population.name}__{_suffix(branch.years)}"
    base = branch.rows.base
    in_years, seen = f"{name}years", f"{name}seen"
    joined = Rows(branch.rows.scope, compiler, branch.years, per_year=False).tables()[1:]
    columns = [f"{base.name}.cluster_id", *(f"{source.name}.{column}" for column, source in needed.items())]
    listed = ", ".join(columns)
    from_sets = "\n".join([f"FROM {in_years} AS {base.name}", *joined])
    sql = f"SELECT {listed}, BIT_OR({base.name}.year_set) AS year_set\n{from_sets}\nGROUP BY {listed}"
    source = Source(seen, {"cluster_id": base.columns["cluster_id"]} | _taxonomies(needed), ())
    rows = Rows(Scope(sheet, [source], compiler.methodology.words), compiler, branch.years, per_year=True)
    rows.year_set = f"({seen}.year_set & ({BIT})) <> 0"
    return [(in_years, _sets(compiler, branch)), (seen, sql)], rows


def _suffix(years: Years) -> str:
    return f"{years.first}_" if years.first else ""


def _taxonomies(needed: dict[str, Source]) -> dict[str, str | None]:
    return {name: source.columns[name] for name, source in needed.items()}


def _sets(compiler: Compiler, branch: Branch) -> str:
    """Return the SELECT that gives every record of the population the set of its years."""
    population = branch.population
    rows = compiler.rows(population, branch.years, per_year=True)
    for sentence in population.sentences:
        if sentence.years.overlaps(branch.years):
            for fragment in sentence.conditions:
                rows.restrict(population, sentence, fragment)
    scope = branch.rows.scope
    shared = {
        name
        for index in range(1, len(scope.sources))
        for name, met in scope.joined_on(index)
        if met is scope.sources[0]
    }
    columns = ", ".join(f"{rows.base.name}.{name}" for name in ["cluster_id", *sorted(shared - {"cluster_id"})])
    return f"SELECT {columns}, BIT_OR({BIT}) AS year_set\n{rows.body()}\nGROUP BY {columns}"
