"""The delivered programme in the database of a test: worked out and checked once per process, written row by row then.

Loading it takes a tenth of a second, which hundreds of tests do not want to spend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from ewm.capture.taxonomies.services import programme_load
from ewm.web.focus import programme as served

if TYPE_CHECKING:
    from collections.abc import Callable

    from ewm.programme import Programme

_WRITTEN: list[tuple[str, Any]] = []
"""The statements that loading consists of, with their values."""


def load_served() -> Programme:
    """Bring the delivered programme into an empty database; returns it."""
    made = served()
    if _WRITTEN:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in _WRITTEN:
                cursor.execute(statement, values)
        return made
    found: list[tuple[str, Any]] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        assert not many
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            found.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(keep):
        programme_load(programme=made)
    _WRITTEN.extend(found)
    return made
