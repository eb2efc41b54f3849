"""Rows as lines of text and back, the same for every database; a table's hash is the hash of its lines.

Lines are JSON lists in the order of a model's fields, ordered by primary key. Moments keep their microseconds and are
written in UTC, so that SQLite and PostgreSQL give the same lines for the same rows.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from django.db.models import Field, Model

LEFT_OUT = frozenset({"sessions.session"})
"""Tables that no backup holds: who was signed in is no data."""
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a table has, and the SHA-256 over their lines."""

    rows: int
    sha256: str


def applied() -> list[tuple[str, str]]:
    """Return the last applied migration of every application: the state of the tables."""
    loader = MigrationLoader(connection)
    done = set(loader.applied_migrations)
    return sorted(leaf for leaf in loader.graph.leaf_nodes() if leaf in done)


def models_at(state: Iterable[tuple[str, str]]) -> list[type[Model]]:
    """Return the models as they are at a state of the tables, by name; raises KeyError for an unknown migration."""
    loader = MigrationLoader(connection)
    apps = loader.project_state(list(state)).apps
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def write_rows(model: type[Model], stream: IO[bytes]) -> Count:
    """Write a table's rows as lines."""
    counted, rows = hashlib.sha256(), 0
    for line in lines(model):
        stream.write(line)
        counted.update(line)
        rows += 1
    return Count(rows, counted.hexdigest())


def count(model: type[Model]) -> Count:
    """Return rows and hash of a table as it is now."""
    counted, rows = hashlib.sha256(), 0
    for line in lines(model):
        counted.update(line)
        rows += 1
    return Count(rows, counted.hexdigest())


def lines(model: type[Model]) -> Iterator[bytes]:
    """Yield a table's rows as lines, by primary key."""
    names = [field.attname for field in _fields(model)]
    key = model._meta.pk.attname
    rows = model._base_manager.order_by(key).values_list(*names)  # noqa: SLF001 (the manager that hides nothing)
    for row in rows.iterator(chunk_size=_chunk(model)):
        yield (json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n").encode()


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return list(model._meta.local_concrete_fields)


def _chunk(model: type[Model]) -> int:
    """Return how many rows are held at once: few where one may have megabytes."""
    return 10 if any(field.get_internal_type() == "BinaryField" for field in _fields(model)) else _CHUNK


def _plain(value: Any) -> Any:
    """Return a value that JSON has no word for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"{type(value).__name__} kennt die Sicherung nicht")


def read_rows(model: type[Model], stream: Iterable[bytes]) -> int:
    """Insert rows from lines, with the ids that they have; returns how many."""
    fields = _fields(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join("%s" for _ in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 (own names)
    inserted, source = 0, iter(stream)
    with connection.cursor() as cursor:
        while chunk := [_row(fields, line) for line in islice(source, _chunk(model))]:
            cursor.executemany(statement, chunk)
            inserted += len(chunk)
    return inserted


def _row(fields: list[Field[Any, Any]], line: bytes) -> list[Any]:
    return [_stored(field, value) for field, value in zip(fields, json.loads(line), strict=True)]


def _stored(field: Field[Any, Any], value: Any) -> Any:
    if value is not None:
        kind = field.get_internal_type()
        if kind == "BinaryField":
            value = base64.b64decode(value)
        elif kind != "JSONField":
            value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def empty(models: Iterable[type[Model]]) -> None:
    """Take out what migrations themselves put in; keys between tables are checked when the transaction ends."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (own names)


def continue_numbers(models: Iterable[type[Model]]) -> None:
    """Let new rows go on numbering after those inserted with their ids (PostgreSQL; SQLite does so itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
