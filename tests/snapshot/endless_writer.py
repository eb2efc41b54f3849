"""A process that writes one snapshot after another until it is killed: ``endless_writer HOME [before|after]``.

Each snapshot's name is printed once ``write_snapshot`` has returned it. With ``before`` or ``after`` the process
kills itself just before or just after the second snapshot becomes visible.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.support.snapshots import complete_rows, write_rows

WIDE = 400


def kill_at_the_second_rename(side: str) -> None:
    """Die at the second rename, or at whatever file is opened next."""
    renames = itertools.count(1)
    seen = 0

    def watch(event: str, _: tuple[Any, ...]) -> None:
        nonlocal seen
        if event == "os.rename":
            seen = next(renames)
        if seen == 2 and event == {"before": "os.rename", "after": "open"}[side]:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def main(home: Path, side: str = "") -> None:
    """Write for ever."""
    projects = [{"project_id": n, "title": f"Vorhaben {n}"} for n in range(1, WIDE)]
    rows = complete_rows({"projects": projects}, years=(2020,))
    if side:
        kill_at_the_second_rename(side)
    for number in itertools.count(1):
        rows["projects"][0]["project_volume"] = number
        print(write_rows(home, rows).name, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
