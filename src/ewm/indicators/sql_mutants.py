"""Small changes to one SQL expression, each of which a good set of cases must notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlglot import exp

from ewm.indicators.fragments import DIALECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMPARED: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
_AGGREGATED: dict[type[exp.Expression], type[exp.Expression]] = {exp.Sum: exp.Max, exp.Max: exp.Min, exp.Min: exp.Max}


def sql(expression: exp.Expression) -> str:
    """Return an expression in the normal form in which rules are compared."""
    return expression.sql(dialect=DIALECT, normalize=True, comments=False)


def changes(
    root: exp.Expression, neighbour: Callable[[exp.Column], str | None]
) -> Iterator[tuple[str, exp.Expression]]:
    """Yield a German description and the changed expression for every change at every node of ``root``.

    ``neighbour`` names the column with which a column may be confused, or None.
    """
    for index, node in enumerate(cast("Iterator[exp.Expression]", root.walk())):
        for description, replacement in _replacements(node, neighbour):
            changed = _replaced(root, index, replacement)
            if sql(changed) != sql(root):
                yield description, changed


def described(kind: str, before: str, after: str | None = None) -> str:
    """Return how reports name a change; ``after`` is None where something was dropped."""
    return f"{kind}: {before} → {after or 'gestrichen'}"


def _replaced(root: exp.Expression, index: int, replacement: exp.Expression) -> exp.Expression:
    copy = root.copy()
    node = next(node for at, node in enumerate(copy.walk()) if at == index)
    if node is copy:
        return replacement
    needs_brackets = isinstance(replacement, exp.Or) and isinstance(node.parent, exp.Connector | exp.Not)
    node.replace(exp.paren(replacement) if needs_brackets else replacement)
    return copy


def _replacements(
    node: exp.Expression, neighbour: Callable[[exp.Column], str | None]
) -> Iterator[tuple[str, exp.Expression]]:
    for kind, replacement in (
        *_compared(node),
        *_connected(node),
        *_counted(node),
        *_turned(node),
        *_swapped(node, neighbour),
    ):
        yield described(kind, sql(node), sql(replacement)), replacement
    for kind, dropped, rest in (*_listed(node), *_branched(node), *_ordered(node)):
        yield described(kind, dropped), rest


def _compared(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    if flipped := _COMPARED.get(type(node)):
        yield "Vergleich", flipped(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Is):
        yield "leer", exp.false()
    if isinstance(node, exp.Boolean):
        yield "Wahrheitswert", exp.Boolean(this=not node.this)


def _connected(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    if isinstance(node, exp.And | exp.Or):
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield "Verknüpfung", other(this=node.this.copy(), expression=node.expression.copy())
        yield "eine Seite", node.this.copy()
        yield "eine Seite", node.expression.copy()
    if isinstance(node, exp.Not):
        yield "ohne not", node.this.copy()


def _counted(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    if isinstance(node, exp.Literal) and node.is_int:
        for step in (1, -1):
            yield "Zahl", exp.Literal.number(int(node.name) + step)
    if aggregate := _AGGREGATED.get(type(node)):
        yield "Zusammenfassung", aggregate(this=node.this.copy())
    if isinstance(node, exp.Sub):
        yield "Rechnung", exp.Add(this=node.this.copy(), expression=node.expression.copy())


def _turned(node: exp.Expression) -> Iterator[tuple[str, exp.Expression]]:
    if isinstance(node, exp.Ordered):
        copy = node.copy()
        copy.set("desc", not node.args.get("desc"))
        yield "Reihenfolge", copy


def _swapped(
    node: exp.Expression, neighbour: Callable[[exp.Column], str | None]
) -> Iterator[tuple[str, exp.Expression]]:
    if isinstance(node, exp.Column) and (name := neighbour(node)):
        yield "Spalte", exp.column(name, table=node.table or None)


def _listed(node: exp.Expression) -> Iterator[tuple[str, str, exp.Expression]]:
    """Yield what is left when one element of a list is dropped; of a list of one, nothing."""
    if isinstance(node, exp.In):
        for index, item in enumerate(node.expressions):
            rest = [other.copy() for at, other in enumerate(node.expressions) if at != index]
            yield "Aufzählung", sql(item), exp.In(this=node.this.copy(), expressions=rest) if rest else exp.false()
    if isinstance(node, exp.Coalesce) and node.expressions:
        rest = [other.copy() for other in node.expressions[:-1]]
        kept = exp.Coalesce(this=node.this.copy(), expressions=rest) if rest else node.this.copy()
        yield "Ersatzwert", sql(node.expressions[-1]), kept


def _branched(node: exp.Expression) -> Iterator[tuple[str, str, exp.Expression]]:
    if not isinstance(node, exp.Case):
        return
    for index, branch in enumerate(node.args["ifs"]):
        copy = node.copy()
        copy.args["ifs"].pop(index)
        rest = copy if copy.args["ifs"] else copy.args.get("default") or exp.null()
        yield "Zweig", f"when {sql(branch.this)} then {sql(branch.args['true'])}", rest
    if default := node.args.get("default"):
        copy = node.copy()
        copy.set("default", None)
        yield "Zweig", f"else {sql(default)}", copy


def _ordered(node: exp.Expression) -> Iterator[tuple[str, str, exp.Expression]]:
    """Yield an order without one of its items, and a window without one column that sets its rows apart."""
    kinds = {exp.Order: ("expressions", "Reihenfolge"), exp.Window: ("partition_by", "Gruppe")}
    name, kind = kinds.get(type(node), ("", ""))
    items: list[exp.Expression] = node.args.get(name) or []
    for index, item in enumerate(items):
        if len(items) > 1 or name == "partition_by":
            copy = node.copy()
            copy.set(name, [other.copy() for at, other in enumerate(items) if at != index])
            yield kind, sql(item), copy
