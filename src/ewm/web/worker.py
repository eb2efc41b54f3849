"""``python -m ewm.web.worker``: takes the tasks of the site, in a process of its own, until it is asked to end.

``--with-parent``: it ends, too, when the process that started it is gone, however that went.
"""

from __future__ import annotations

import os
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING

from ewm.errors import EwmError

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAUSE = 1.0


def main(arguments: Sequence[str] = ()) -> int:
    """Wait for the tables of this version, then work; returns the exit code."""
    from ewm.capture.background.ending import end_when_asked  # noqa: PLC0415 (no settings yet)

    end_when_asked()
    if "--with-parent" in arguments:
        Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ewm.web.site")
    try:
        return _work()
    except EwmError as error:
        sys.stderr.write(f"Fehler: {error}\n")
        return error.exit_code


def _work() -> int:
    import django  # noqa: PLC0415 (settings are read here)

    django.setup()
    from ewm.capture.background.ending import ASKED  # noqa: PLC0415
    from ewm.capture.background.worker import work  # noqa: PLC0415
    from ewm.capture.drafts.finished import forget_old_forms  # noqa: PLC0415
    from ewm.capture.imports.lost import hand_on_all  # noqa: PLC0415

    while not ASKED.is_set() and not _tables_are_there():
        ASKED.wait(_PAUSE)
    if not ASKED.is_set():
        work([hand_on_all, forget_old_forms])
    return 0


def _tables_are_there() -> bool:
    """Tell whether the database is as this version wants it; the site brings it there when it starts."""
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return False


def _end_with(parent: int) -> None:
    from ewm.capture.background.ending import ASKED  # noqa: PLC0415

    while os.getppid() == parent:
        time.sleep(_PAUSE)
    ASKED.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
