"""What one unit adds to a value, read off the value's expression."""

from __future__ import annotations

from sqlglot import exp


def contribution(part: exp.Expression) -> exp.Expression:
    """Return the expression of what one unit adds: a value over a single unit, so that the units sum up to the value.

    A count adds one, that of a column one where it is not empty, a sum its summand, the largest of one entry that
    entry. Of a case that first asks whether all
    entries are there, a unit adds to the branch that is taken when they are.
    """
    copy = part.copy()
    while isinstance(copy, exp.Case) and _asks_all(copy):
        copy = copy.args["ifs"][0].args["true"].copy()
    return copy.transform(_single)


def _asks_all(case: exp.Case) -> bool:
    """Whether the condition of a case is itself computed over all units."""
    return any(branch.this.find(exp.AggFunc) for branch in case.args["ifs"])


def _single(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Count):
        return _counted(node.this)
    if isinstance(node, exp.Sum | exp.Max | exp.Min):
        return exp.paren(node.this.copy())
    return node


def _counted(what: exp.Expression) -> exp.Expression:
    one, none = exp.Literal.number(1), exp.Literal.number(0)
    if isinstance(what, exp.Star | exp.Literal):
        return one
    return exp.case().when(what.copy().is_(exp.null()).not_(), one).else_(none)
