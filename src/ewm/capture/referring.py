"""What refers to records: asked before any of them is removed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ewm.capture.activities.entries import ACTIVITY
from ewm.capture.actors.entries import ACTOR
from ewm.capture.projects.entries import PROJECT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db import models

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Shape

SHAPES: tuple[Shape[Any], ...] = (PROJECT, ACTIVITY, ACTOR)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Reference:
    """A row that refers to a record (its id); ``owner`` is the record that the row is, or is a part of, if any."""

    target: int
    model: type[models.Model]
    row: int
    owner: tuple[type[models.Model], int] | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that refers to records of a kind, and the one that says of which record its row is a part."""

    model: type[models.Model]
    name: str
    owner: type[models.Model] | None
    owner_name: str


@cache
def _columns(model: type[Versioned]) -> tuple[_Column, ...]:
    parts = {part.model: (shape.model, f"{part.owner}_id") for shape in SHAPES for part in shape.parts}
    own = {shape.model for shape in SHAPES}
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many):
            continue
        where: Any = relation.related_model
        column = relation.field.attname  # type: ignore[union-attr]
        owner, owner_name = parts.get(where, (where, "id") if where in own else (None, "id"))
        is_history = hasattr(where, "instance_type")  # the library's tables outlive what they tell of
        is_own_part = owner is model and column == owner_name
        if not is_history and not is_own_part:
            found.append(_Column(where, column, owner, owner_name))
    return tuple(found)


def references(model: type[Versioned], ids: Collection[int]) -> Iterator[Reference]:
    """Yield every row that refers to one of these records of a kind, but for the records' own parts."""
    wanted = sorted(ids)
    for column in _columns(model):
        for start in range(0, len(wanted), _BATCH):
            batch = {f"{column.name}__in": wanted[start : start + _BATCH]}
            rows = column.model._default_manager.filter(**batch).values_list(column.name, "pk", column.owner_name)  # noqa: SLF001
            for target, row, owner in rows:
                yield Reference(target, column.model, row, (column.owner, owner) if column.owner else None)
