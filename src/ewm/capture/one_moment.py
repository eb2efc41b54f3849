"""Read one moment of all tables without keeping anybody from writing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def one_moment() -> Iterator[None]:
    """Read within one transaction that sees one moment and keeps nobody from writing.

    Django's own would take SQLite's lock for writing at once (IMMEDIATE); on PostgreSQL each statement would see a
    moment of its own. Within a transaction that is open already, this is that one.
    """
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
