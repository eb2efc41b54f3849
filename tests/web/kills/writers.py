# ruff: noqa: PLC0415, T201 (models can be imported only after django.setup)
"""Four processes that write without a break until they are killed: ``python -m tests.web.kills.writers FOLDER``.

Each transaction makes an actor and a project with all that belongs to it. Its code is written to the writer's own file
in the folder once the commit has returned. ``go N`` on standard input forks the writers of round N and prints their
process ids; ``reap`` waits until all have ended and prints how each ended.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import django

WRITERS = 4
BROKEN = 3
"""Exit code of a writer whose database was taken away."""


def write(folder: Path, round_: int, number: int) -> None:
    """Write for ever, or until the database is gone."""
    from django.db import DatabaseError, OperationalError, transaction

    from ewm.capture.actors.services import actors_create
    from ewm.capture.projects.services import projects_create
    from tests.capture.entries import actor, project

    acknowledged = os.open(folder / f"{round_}-{number}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    at = 0
    try:
        while True:
            at += 1
            code = f"W-{round_}-{number}-{at}"
            try:
                with transaction.atomic():
                    actors_create(entries=[actor(code)])
                    projects_create(entries=[project(code)])
            except OperationalError as error:
                if "locked" not in str(error):
                    raise
                continue  # it was told that nothing was written: on a busy machine a turn may not come in 20 seconds
            os.write(acknowledged, f"{code}\n".encode())
    except DatabaseError as error:
        sys.stderr.write(f"{error}\n")
        os._exit(BROKEN)


def main(folder: Path) -> None:
    """Obey the trial."""
    from django.db import connections

    running: list[int] = []
    for line in sys.stdin:
        if line.startswith("go"):
            connections.close_all()  # a connection does not survive a fork
            for number in range(WRITERS):
                child = os.fork()
                if child == 0:
                    write(folder, int(line.split()[1]), number)
                running.append(child)
            print(json.dumps(running), flush=True)
        else:
            ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in running]
            running = []
            print(json.dumps(ends), flush=True)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
