"""The unit of a value, read off its expression: counts, cents, shares of like, means of unlike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.sheet import Fragment

_UNITS = {column.name: column.unit for table in TABLES.values() for column in table.columns}


def column_unit(name: str) -> str | None:
    """Return the unit of a snapshot column, where it has one."""
    return _UNITS.get(name)


def _summed(expression: exp.Expression) -> Iterator[str]:
    """Yield the columns that are added up, leaving out those that only decide a condition."""
    if isinstance(expression, exp.Case):
        for branch in expression.args["ifs"]:
            yield from _summed(branch.args["true"])
        if expression.args.get("default") is not None:
            yield from _summed(expression.args["default"])
    elif isinstance(expression, exp.Column):
        yield expression.name
    else:
        for child in expression.iter_expressions():
            yield from _summed(child)


def _unit(part: exp.Expression) -> str:
    columns = list(_summed(part))
    if not columns:
        return "count"
    units = {_UNITS.get(column) or "number" for column in columns}
    return units.pop() if len(units) == 1 else "number"


def unit_of(fragment: Fragment) -> str:
    """Return the unit of a value: ``count``, ``cents``, ``number``, ``share`` or, for unlike parts, ``cents/count``."""
    units = [_unit(part) for part in fragment.parts]
    if len(units) == 1:
        return units[0]
    return "share" if units[0] == units[1] else "/".join(units)
