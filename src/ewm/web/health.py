"""Two addresses for whoever watches over the site: is the process alive, and can it work."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ewm.capture.accounts.access import needs
from ewm.capture.accounts.roles import Right
from ewm.capture.background.queue import taking_tasks
from ewm.config import load_config
from ewm.errors import EwmError
from ewm.report.assets import asset_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest


@needs(Right.PUBLIC)
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (a view)
    """Answer that the process is alive; asks nothing else."""
    return JsonResponse({"live": True})


@needs(Right.PUBLIC)
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (a view)
    """Answer whether the site can work (200) or not (503), and which part cannot; no part says more than that.

    Without a worker pages work, but what runs in the background waits: that is told, and is no reason for a 503.
    """
    parts = {name: _works(check) for name, check in CHECKS.items()}
    told = {name: _works(check) for name, check in TOLD.items()}
    return JsonResponse({"ready": all(parts.values()), **parts, **told}, status=200 if all(parts.values()) else 503)


def _works(check: Callable[[], bool]) -> bool:
    with suppress(DatabaseError, OSError, EwmError):
        return check()
    return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _data() -> bool:
    folder = load_config().data
    handle, name = tempfile.mkstemp(dir=folder, prefix=".ready-")
    os.close(handle)
    os.unlink(name)  # noqa: PTH108 (a name of the system)
    return True


def _assets() -> bool:
    return asset_folder().is_dir()


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "data_folder": _data,
    "assets": _assets,
}
TOLD: Mapping[str, Callable[[], bool]] = {"worker": taking_tasks}
