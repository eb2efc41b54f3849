"""What the form of a term already proves about its table, so that no run has to look it up in the rows.

The proofs rest on the keys of the snapshot's tables, which its writer enforces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.indicators.scope import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ewm.indicators.scope import Scope
    from ewm.indicators.sheet import Fragment, Sheet


def is_unique(sheet: Sheet, scope: Scope) -> bool:
    """Return whether no key of the term can occur twice (in one year or range of years), whatever the rows."""
    if sheet.fragments("select"):
        return False
    if sheet.fragments("first"):
        return True
    values = [fragment for _, fragment in sheet.fragments("value")]
    if any(_is_aggregate(fragment) for fragment in values):
        return all(_is_aggregate(fragment) or fragment.name in sheet.key.values() for fragment in values)
    key = frozenset(sheet.key.values()) - frozenset(sheet.value_names)
    if all(frozenset(source.key) <= key for source in scope.sources):
        return True
    columns = [column.name for fragment in values for column in columns_of(fragment.parts[0])]
    return sheet.kind == "relation" and all(_follows(name, key, scope) for name in columns)


def is_complete(sheet: Sheet) -> bool:
    """Return whether an attribute has a row for every row of its base: its joins keep all, only a ``where`` drops."""
    return sheet.kind == "attribute" and not sheet.fragments("where") and not sheet.fragments("select")


def keys_in(names: Iterable[str], words: Mapping[str, Sheet]) -> Iterator[str]:
    """Yield the keys that words repeat: where a word is its term's key, both tell the same rows apart."""
    for name in names:
        owner = words.get(name)
        if owner is None or owner.kind != "attribute":
            continue
        ((outer, inner),) = owner.key.items()
        values = [fragment.parts[0] for _, fragment in owner.fragments("value") if fragment.name == name]
        if values and all(isinstance(value, exp.Column) and value.name == inner for value in values):
            yield outer


def _is_aggregate(fragment: Fragment) -> bool:
    return fragment.parts[0].find(exp.AggFunc) is not None


def _follows(name: str, key: frozenset[str], scope: Scope) -> bool:
    """Whether a name has one value per ``key``: it is part of it, or hangs on a source or term that the key decides."""
    if name in key:
        return True
    source = next((source for source in scope.sources if name in source.columns), None)
    if source is not None:
        return frozenset(source.key) <= key
    return all(_follows(outer, key, scope) for outer in scope.owner_of(name, scope.owner.id).key)
