"""What is made once per run: the first worker that needs it makes it, the others wait for it. Nobody writes to it."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.config import load_config
from tests.support.empty_database import environment, seed

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

RECORDS = load_config().programme / "reference" / "records"
EWM = Path(sys.executable).with_name("ewm")


def once(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that ``make`` filled, the same for all workers of a run."""
    base = factory.getbasetemp()
    home = (base if worker == "master" else base.parent) / name
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            make(home / "var")
            (home / "done").touch()
    return home / "var"


def load_programme(folder: Path) -> None:
    """Make a data folder with the delivered programme."""
    _ewm(seed(folder), "programme", "load")


def load_records(folder: Path) -> None:
    """Load the reference records into a data folder that has their programme."""
    _ewm(folder, "records", "load", str(RECORDS))


def _ewm(folder: Path, *words: str) -> None:
    own = {name: value for name, value in environment(folder).items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([EWM, *words], env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
