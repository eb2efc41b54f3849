"""Bring the tables to this version as one transaction, by one process at a time: all of it or nothing.

Django's own ``migrate`` commits after every migration, and in some databases notes a migration only after its commit:
killed in between, it cannot be repeated. Two processes that start together would both begin.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOCK = 0x45574D  # "EWM": any number that no other software on this server would choose


def missing(targets: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Return the migrations that lack up to the targets, all of this version without them, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(_goal(executor, targets))
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade(targets: Iterable[tuple[str, str]] | None = None) -> list[str]:
    """Apply what lacks, up to the targets or to this version; returns what was applied.

    Whoever comes second waits for the first and finds nothing to do. A run that fails or is killed leaves the
    database as it was.
    """
    if not missing(targets):
        return []
    with _one_transaction():
        lacking = missing(targets)  # somebody may have been here while this process waited
        if lacking:
            executor = MigrationExecutor(connection, _settle)
            executor.migrate(_goal(executor, targets))
            if targets is None:
                call_command("migrate", verbosity=0, interactive=False)  # nothing is left; Django's own rows come
    return lacking


def _goal(executor: MigrationExecutor, targets: Iterable[tuple[str, str]] | None) -> Any:
    return executor.loader.graph.leaf_nodes() if targets is None else list(targets)


@contextmanager
def _one_transaction() -> Iterator[None]:
    """SQLite: keys between tables are checked by each migration as a whole, which must be said before it begins."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            yield
    finally:
        if is_sqlite:
            connection.enable_constraint_checking()


def _settle(action: str, *_: Any) -> None:
    """Check keys between tables after each migration: PostgreSQL changes no table that still waits for that."""
    if action == "apply_success" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
