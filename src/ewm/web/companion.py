"""The worker that goes with a site on one machine: started with it, started again where it dies, ended with it.

``EWM_WORKER=0``: it is a service of its own (packaging/ewm-worker.service). Where several processes answer, the one
that holds a lock has the worker; when that one ends, another takes over.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from typing import IO, Any

import structlog

from ewm.config import data_folder

_LOG = structlog.get_logger("ewm.background")
_LOOK = 0.5
_AGAIN_AFTER = 2.0
"""Seconds before a worker that died is started again."""
_PATIENCE = 10.0
"""Seconds that it gets to end."""


def wanted() -> bool:
    """Tell whether the site has its worker with it."""
    return os.environ.get("EWM_WORKER", "1") != "0"


class Companion:
    """Looks after the worker in a thread of one of the processes that answer."""

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin looking after it."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker and wait until it has ended."""
        self._over.set()
        self._thread.join(_PATIENCE + _LOOK + 1)

    def _run(self) -> None:
        with (data_folder() / ".companion").open("w") as lock:
            while not self._over.wait(_LOOK):
                if _taken(lock):
                    self._look_after_it()

    def _look_after_it(self) -> None:
        command = [sys.executable, "-m", "ewm.web.worker", "--with-parent"]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as worker:  # noqa: S603 (our own module)
            while not self._over.wait(_LOOK):
                if worker.poll() is not None:
                    _LOG.warning("worker died", code=worker.returncode)
                    self._over.wait(_AGAIN_AFTER)
                    return
            worker.terminate()
            with suppress(subprocess.TimeoutExpired):
                worker.wait(_PATIENCE)
            worker.kill()


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def hooks() -> dict[str, Any]:
    """Return what gunicorn calls in each process that answers: when it begins and when it ends."""
    companion = Companion()

    def begin(_worker: Any) -> None:
        companion.start()

    def end(_server: Any, _worker: Any) -> None:
        companion.stop()

    return {"post_worker_init": begin, "worker_exit": end} if wanted() else {}
