"""What the database enforces on one column or across the rows of a table, in the words of Table Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, CharField, CheckConstraint, Q, UniqueConstraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

    from ewm.capture.dataset.tables import Table


def constraints_of(model: type[Model], field: Field[Any, Any]) -> dict[str, Any]:
    """Return the constraints of a column: whether it is required, its length, its range, its words."""
    found: dict[str, Any] = {} if field.null else {"required": True}
    if isinstance(field, CharField) and field.max_length:
        found["maxLength"] = field.max_length + 1  # an apostrophe may stand before a text that begins like a formula
    if not isinstance(field, BooleanField):
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                found |= _bounds(constraint.condition, field.name)
    if any(names == (field.name,) for names in unique_names(model)):
        found["unique"] = True
    return found


def _bounds(condition: Any, name: str) -> dict[str, Any]:
    """Return what a condition of a single comparison with a plain value says of a column."""
    if not isinstance(condition, Q) or condition.negated or len(condition.children) != 1:
        return {}
    child = condition.children[0]
    if not isinstance(child, tuple):
        return {}
    key, value = child
    column, _, comparison = key.partition("__")
    if column != name or hasattr(value, "resolve_expression"):
        return {}
    if comparison == "range":
        return {"minimum": value[0], "maximum": value[1]}
    if comparison == "in":
        return {"enum": list(value)}
    return {"gte": {"minimum": value}, "gt": {"minimum": value + 1}}.get(comparison, {}) if _whole(value) else {}


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def unique_names(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """Yield the fields that together occur once, those of one field first."""
    fields = [(each.name,) for each in model._meta.concrete_fields if each.unique and not each.primary_key]
    together = [
        tuple(each.fields)
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and each.condition is None and each.fields
    ]
    yield from sorted(dict.fromkeys((*fields, *together)), key=len)


def keys_of(table: Table) -> list[tuple[str, ...]]:
    """Return the columns that tell a table's rows apart: the key first."""
    return [names for names in unique_names(table.model) if set(names) <= set(table.fields)]
