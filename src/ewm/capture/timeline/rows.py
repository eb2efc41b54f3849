"""The history of a record's row and of the rows of its parts, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, IntegerField, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Field, QuerySet

    from ewm.capture.base import Versioned
    from ewm.capture.shapes import Part, Shape

_ANY = -1
"""Stands in a statement for the id of the record."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One row of history: of the record (``part`` is None) or of one of its parts."""

    part: Part | None
    values: Mapping[str, Any]

    @property
    def order(self) -> tuple[datetime, bool, int]:
        """The record's own row first, then the rows of parts as they were written."""
        return self.values["history_date"], self.part is not None, self.values["history_id"]


def read_writings(shape: Shape[Any], pk: int) -> Iterator[Writing]:
    """Yield every row of history of a record, in no order.

    Each table fills the columns that it has and leaves the others empty, so that all of them answer at once.
    """
    statement = _statement(shape, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [pk if each == _ANY else each for each in statement.parameters])
        found = cursor.fetchall()
    compiler: Any = statement.rows.query.get_compiler(connection=connection)
    for number, *values in compiler.apply_converters(found, compiler.get_converters(statement.columns)):
        part, filled = statement.tables[number]
        yield Writing(part, {name: values[at] for name, at in filled})


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is asked of the database: written once for a shape, since writing takes longer than the answer.

    ``tables`` are the record's and those of its parts, each with the names and places of the columns that it fills.
    """

    rows: QuerySet[Any, Any]
    sql: str
    parameters: Sequence[Any]
    columns: Sequence[Any]
    tables: Sequence[tuple[Part | None, Sequence[tuple[str, int]]]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of history: tables that name and store something alike share it."""

    name: str
    stored_as: str


@cache
def _statement(shape: Shape[Any], vendor: str) -> _Statement:  # noqa: ARG001 (each database has its own words)
    own = [(None, "id", _own(shape.model)), *((part, f"{part.owner}_id", _own(part.model)) for part in shape.parts)]
    wide = {column: field for _part, _owner, columns in own for column, field in columns.items()}
    selects = []
    for number, (part, owner, columns) in enumerate(own):
        filled = [F(each.name) if each in columns else Cast(Value(None), field) for each, field in wide.items()]
        history = (part.model if part else shape.model).history
        rows = history.filter(**{owner: _ANY}).order_by()
        selects.append(rows.values_list(Value(number, IntegerField()), *filled))
    together: QuerySet[Any, Any] = selects[0].union(*selects[1:], all=True)
    compiler: Any = together.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    tables = [(part, [(each.name, at) for at, each in enumerate(wide) if each in mine]) for part, _owner, mine in own]
    return _Statement(together, sql, parameters, [each[0] for each in compiler.select], tables)


def _own(model: type[Versioned]) -> dict[_Column, Field[Any, Any]]:
    """Return a model's columns of history, with the field that says how each is read."""
    found = {}
    for each in model.history.model._meta.concrete_fields:
        plain = each.target_field if each.is_relation else each
        found[_Column(each.attname, plain.get_internal_type().replace("Auto", "Integer"))] = plain
    return found
