"""Freeze the records in the background: the page answers at once, and tells how it went when it is asked again.

What becomes of a run stands in one small file of the data folder, so that every process of the site can tell it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from threading import Thread
from threading import enumerate as every_thread
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ewm.capture.exporter import snapshot_export
from ewm.config import load_config
from ewm.errors import EwmError
from ewm.web.content import served_methodology
from ewm.web.focus import programme
from ewm.web.numbers.computing import results_of

if TYPE_CHECKING:
    from pathlib import Path

RUNNING, DONE, FAILED = "ongoing", "done", "failed"
GIVEN_UP = timedelta(minutes=30)
WAITED = 5.0
"""Seconds that the page waits: small data are frozen by then, and nobody sees a page in between."""
_KEPT = 20
_THREAD = "freeze-"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt to freeze: cut-off (ISO), state, the snapshot's name or what went wrong, when it began (ISO)."""

    token: str
    cut_off: str
    state: str
    began: str
    snapshot: str = ""
    message: str = ""
    already_there: bool = False

    @property
    def is_running(self) -> bool:
        """Tell whether it goes on; one that has not ended for long was cut off with its process."""
        return self.state == RUNNING and timezone.now() - datetime.fromisoformat(self.began) < GIVEN_UP


def _home() -> Path:
    return load_config().data / "freezing"


def _write(run: Run) -> Run:
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f".{run.token}"
    draft.write_text(json.dumps(asdict(run)), encoding="utf-8")
    draft.rename(home / f"{run.token}.json")
    return run


def last_run() -> Run | None:
    """Return the attempt that began last; None where there was none."""
    files = sorted(_home().glob("*.json"))
    return Run(**json.loads(files[-1].read_text(encoding="utf-8"))) if files else None


def freeze(cut_off: date) -> Run:
    """Begin to freeze the records at a cut-off, unless somebody else is at it; returns that run, ended or not yet."""
    last = last_run()
    if last is not None and last.is_running:
        return last
    for old in sorted(_home().glob("*.json"))[: -_KEPT + 1]:
        old.unlink()
    now = timezone.now()
    run = _write(Run(f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:6]}", cut_off.isoformat(), RUNNING, now.isoformat()))
    if connection.in_atomic_block:  # what this transaction has written, no other thread would see
        return _freeze(run)
    thread = Thread(target=_in_thread, args=(run,), name=f"{_THREAD}{run.token}")
    thread.start()
    thread.join(WAITED)
    return last_run() or run


def running_threads() -> list[Thread]:
    """Return the threads of this process that freeze."""
    return [thread for thread in every_thread() if thread.name.startswith(_THREAD)]


def _in_thread(run: Run) -> None:
    try:
        _freeze(run)
    finally:
        connection.close()


def _freeze(run: Run) -> Run:
    """Write the snapshot and compute its numbers; whatever goes wrong stands in the run."""
    try:
        info = snapshot_export(
            folder=load_config().snapshots,
            cut_off=date.fromisoformat(run.cut_off),
            programme=programme(),
            methodology_hash=served_methodology().content_hash,
        )
        results_of(info.name)
    except EwmError as error:
        return _write(replace(run, state=FAILED, message=str(error)))
    except Exception:
        _LOG.exception("freezing failed: %s", run.token)
        message = _(
            "Der Fehler liegt bei uns, Kennung %(token)s. Festgehalten ist nichts. Versuchen Sie es noch einmal."
        )
        return _write(replace(run, state=FAILED, message=message % {"token": run.token}))
    return _write(replace(run, state=DONE, snapshot=info.name, already_there=info.already_there))
