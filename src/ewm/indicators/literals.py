"""Checks the literals of fragments against the programme's taxonomies, so that a misspelt term cannot count nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.indicators.methodology import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.scope import Scope
    from ewm.indicators.sheet import Fragment, Sheet


def literal_problems(methodology: Methodology, sheet: Sheet) -> Iterator[str]:
    """Yield a complaint for every text literal that its column's or word's taxonomy does not know."""
    if not methodology.taxonomies or sheet.fragments("select"):
        return
    scope = methodology.scope(sheet, methodology.population(sheet.of[0]) if sheet.kind == "indicator" else None)
    for sentence in sheet.sentences:
        for fragment in sentence.fragments:
            where = place(sheet, sentence.number, fragment.line)
            for taxonomy, literal in [*_compared(scope, fragment), *_produced(sheet, fragment)]:
                known = methodology.taxonomies.get(taxonomy)
                if known is not None and literal not in known:
                    from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

                    close = get_close_matches(literal, sorted(known), n=1, cutoff=0.5)
                    likely = f" Gemeint „{close[0]}“?" if close else f" Möglich sind {', '.join(sorted(known)[:12])}."
                    yield f"{where}: „{literal}“ gibt es in der Taxonomie „{taxonomy}“ nicht.{likely}"


def _texts(expressions: list[exp.Expression]) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, exp.Literal) and expression.is_string:
            yield expression.name


def _compared(scope: Scope, fragment: Fragment) -> Iterator[tuple[str, str]]:
    """Yield taxonomy and literal of every comparison between a column or word and literals."""
    for part in fragment.parts:
        for node in part.find_all(exp.In, exp.EQ, exp.NEQ, exp.Case):
            operands = _operands(node)
            for column in operands:
                taxonomy = scope.taxonomy_of(column.name) if isinstance(column, exp.Column) else None
                if taxonomy:
                    yield from ((taxonomy, text) for text in _texts(operands))


def _operands(node: exp.Condition) -> list[exp.Expression]:
    """Return what a comparison compares; a case compares what stands behind its first word with every „when“."""
    if isinstance(node, exp.In):
        return [node.this, *node.expressions]
    if isinstance(node, exp.Case):
        return [node.this, *(branch.this for branch in node.args["ifs"])] if node.this else []
    return [node.this, node.expression]


def _produced(sheet: Sheet, fragment: Fragment) -> Iterator[tuple[str, str]]:
    """Yield taxonomy and literal of every result that a promised word can take."""
    taxonomy = sheet.taxonomies.get(fragment.name or "")
    if not taxonomy or fragment.kind != "value":
        return
    for part in fragment.parts:
        results: list[exp.Expression] = [part]
        for case in part.find_all(exp.Case):
            results.extend(branch.args["true"] for branch in case.args["ifs"])
            results.append(case.args.get("default") or exp.Null())
        for coalesce in part.find_all(exp.Coalesce):
            results.extend([coalesce.this, *coalesce.expressions])
        yield from ((taxonomy, text) for text in _texts(results))
