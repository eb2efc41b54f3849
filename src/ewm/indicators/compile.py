"""Compiles sheets to SQL: one table per attribute or relation term, one statement per indicator.

The statement of an indicator computes all clusters, years, populations and levels at once. Values are computed over
units: rows are reduced to distinct (population, cluster, year, unit of count, columns of the level) before anything
is summed, so no sheet can count twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.indicators.rows import Rows, Timing
from ewm.indicators.sheet import FIRST_YEAR, LAST_YEAR, Years
from ewm.indicators.term_table import TermTable, compile_term
from ewm.indicators.units import Units, compile_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet


def ranges(cuts: Iterable[Years]) -> tuple[Years, ...]:
    """Cut all years wherever one of ``cuts`` begins or ends; returns the consecutive ranges."""
    starts = {FIRST_YEAR}
    for years in cuts:
        if years.first != FIRST_YEAR:
            starts.add(years.first)
        if years.last != LAST_YEAR:
            starts.add(years.last + 1)
    ordered = sorted(starts)
    ends = [start - 1 for start in ordered[1:]] + [LAST_YEAR]
    return tuple(Years(first, last) for first, last in zip(ordered, ends, strict=True))


@dataclass(slots=True)
class Compiler:
    """Compiles the sheets of one methodology; each of them once."""

    methodology: Methodology
    _terms: dict[str, TermTable] = field(default_factory=dict)
    _indicators: dict[str, Units] = field(default_factory=dict)
    _path: list[str] = field(default_factory=list)

    def term(self, name: str) -> TermTable:
        """Return the compiled table of an attribute or relation term; raises ContentError for a cycle."""
        if name not in self._terms:
            if name in self._path:
                cycle = " -> ".join([*self._path[self._path.index(name) :], name])
                raise ContentError(f"Zirkel: {cycle}. Ein Begriff darf nicht auf sich selbst beruhen.")
            self._path.append(name)
            try:
                self._terms[name] = compile_term(self, self.methodology.terms[name])
            finally:
                self._path.pop()
        return self._terms[name]

    def timing(self, name: str) -> Timing:
        """Return how a term's rows depend on the reporting year."""
        return self.term(name).timing

    def rows(self, sheet: Sheet, years: Years, *, per_year: bool, population: Sheet | None = None) -> Rows:
        """Return the empty rows of a sheet's statement for a range of years."""
        scope = self.methodology.scope(sheet, population)
        outer = sheet.kind == "attribute"
        return Rows(scope=scope, timings=self, years=years, per_year=per_year, outer=outer)

    def needed(self, names: Iterable[str]) -> tuple[TermTable, ...]:
        """Return the term tables behind ``names`` and those that they rest on, each after what it rests on."""
        found: dict[str, TermTable] = {}

        def visit(name: str) -> None:
            if name not in found:
                table = self.term(name)
                for below in table.uses:
                    visit(below)
                found[name] = table

        for name in names:
            visit(name)
        return tuple(found.values())

    def indicator(self, sheet: Sheet) -> Units:
        """Return an indicator's compiled units, from which its statement is made."""
        if sheet.id not in self._indicators:
            self._indicators[sheet.id] = compile_units(self, sheet)
        return self._indicators[sheet.id]

    def standalone(self, sheet: Sheet) -> str:
        """Return one complete statement: the needed terms as CTEs in front of the indicator's own.

        This is the golden form; it also runs on Spark after translation by sqlglot.
        """
        units = self.indicator(sheet)
        terms = [(table.name, table.sql) for table in self.needed(units.uses)]
        ctes = ",\n".join(f"{name} AS (\n{_indent(sql)}\n)" for name, sql in [*terms, *units.ctes])
        return f"WITH {ctes}\n{units.final}\n"


def _indent(sql: str) -> str:
    return "\n".join(f"  {line}" for line in sql.splitlines())
