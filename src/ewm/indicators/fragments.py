"""Parses one SQL fragment of a sentence and refuses what an author should not write."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ewm.errors import ContentError
from ewm.indicators.sheet import Fragment, FragmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIALECT = "duckdb"
VARIABLES = {"reporting_year": "reporting_year", "year_start": "year_start", "year_end": "year_end"}
"""The variables of a fragment, and the column of the table ``years`` that each one means."""


def _parse(text: str, place: str) -> exp.Expression:
    try:
        return cast("exp.Expression", sqlglot.parse_one(text, dialect=DIALECT))
    except SqlglotError as error:
        reason = str(error).split("\n", 1)[0]
        raise ContentError(f"{place}: Der SQL-Abschnitt ist nicht lesbar: „{text}“ ({reason})") from error


def _order(text: str, place: str) -> tuple[exp.Expression, ...]:
    order = _parse(f"SELECT 1 ORDER BY {text}", place).args.get("order")
    if order is None:
        raise ContentError(f"{place}: „{text}“ ist keine Reihenfolge. Beispiel: amount desc")
    return tuple(order.expressions)


def _split(expression: exp.Expression) -> tuple[exp.Expression, ...]:
    """A division at the top is stored as part and whole; anything else stays one expression."""
    inner = expression.unnest()
    if isinstance(inner, exp.Div):
        return (inner.this, inner.expression)
    return (expression,)


def _refuse(parts: tuple[exp.Expression, ...], place: str) -> None:
    for part in parts:
        if part.find(exp.Query):
            raise ContentError(f"{place}: Eine Unterabfrage ist nur in einem Abschnitt „select“ möglich.")
        if any(isinstance(count.this, exp.Distinct) for count in part.find_all(exp.Count)):
            raise ContentError(
                f"{place}: count(distinct …) verdeckt die Zähleinheit. Bitte counts: im Kopf setzen und count(*) "
                "schreiben."
            )
        for column in part.find_all(exp.Column):
            if column.table:
                raise ContentError(
                    f"{place}: „{column.sql(dialect=DIALECT)}“ nennt eine Tabelle. Bitte nur den Namen der Spalte "
                    "oder das Wort eines Begriffs schreiben."
                )


def variables(expression: exp.Expression) -> Iterator[exp.Expression]:
    """Yield the nodes of an expression that stand for a variable such as ``$reporting_year``."""
    yield from expression.find_all(exp.Placeholder, exp.Parameter)


def variable_name(node: exp.Expression) -> str:
    """Return the name of a variable's node, without the dollar sign."""
    return node.name


def on_table(expression: exp.Expression, tables: Mapping[str, str], years: str) -> exp.Expression:
    """Return an expression whose columns stand on the tables given by name, its variables on the table ``years``."""

    def place_name(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column):
            return exp.column(node.name, table=tables[node.name])
        if isinstance(node, exp.Placeholder | exp.Parameter):
            return exp.column(VARIABLES[variable_name(node)], table=years)
        return node

    return expression.transform(place_name)


_PLACED: dict[tuple[int, tuple[tuple[str, str], ...], str], tuple[exp.Expression, str]] = {}


def placed_sql(expression: exp.Expression, tables: Mapping[str, str], years: str) -> str:
    """Return the SQL of ``on_table``; the same fragment on the same tables is written once in a process."""
    key = (id(expression), tuple(sorted(tables.items())), years)
    if key not in _PLACED:
        # The expression is kept, so that its id stays its own.
        _PLACED[key] = (expression, on_table(expression, tables, years).sql(dialect=DIALECT))
    return _PLACED[key][1]


def _check_variables(parts: tuple[exp.Expression, ...], place: str) -> None:
    for part in parts:
        for node in variables(part):
            if variable_name(node) not in VARIABLES:
                known = ", ".join(f"${name}" for name in VARIABLES)
                raise ContentError(f"{place}: Die Variable ${variable_name(node)} gibt es nicht. Möglich sind {known}.")


def parse_fragment(
    text: str, *, kind: str, name: str | None, levels: tuple[str, ...], line: int, place: str
) -> Fragment:
    """Parse a fragment; ``place`` names file, line and sentence for the error.

    Raises ContentError for an unknown kind, SQL that cannot be read, a subquery outside ``select``,
    ``count(distinct …)``, a table-qualified column or an unknown variable.
    """
    if kind not in get_args(FragmentKind):
        raise ContentError(f"{place}: „{kind}“ gibt es nicht. Möglich sind where, value NAME, first und select.")
    if (kind == "value") != (name is not None):
        raise ContentError(f"{place}: Ein Abschnitt „value“ braucht einen Namen, andere haben keinen.")
    if levels and kind != "value":
        raise ContentError(f"{place}: „for“ ist nur bei einem Abschnitt „value“ möglich.")
    if not text:
        raise ContentError(f"{place}: Der SQL-Abschnitt ist leer.")
    if kind == "first":
        parts = _order(text, place)
    elif kind == "value":
        parts = _split(_parse(text, place))
    else:
        parts = (_parse(text, place),)
    if kind != "select":
        _refuse(parts, place)
    _check_variables(parts, place)
    return Fragment(cast("FragmentKind", kind), text, line, parts, name, levels)
