"""Processes of an installation, as an administrator sees them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.backup.desk import environment

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 300


def own(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation of this checkout."""
    return {**environment(data, **more), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def python(data: Path, *words: str) -> str:
    """Run Python; returns what it says. It must succeed."""
    ran = subprocess.run([sys.executable, *words], env=own(data), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def wait_for(what: Callable[[], Any]) -> Any:
    """Wait until something is so; returns it."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found


def living(data: Path, module: bytes = b"ewm.web.worker", word: bytes = b"") -> list[int]:
    """Return the processes of a module that work in this data folder, or name a folder of it."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            command, told = (each / "cmdline").read_bytes(), (each / "environ").read_bytes()
        except OSError:
            continue
        here = word in command if word else f"EWM_DATA={data}".encode() in told
        if module in command.split(b"\0") and here:
            found.append(int(each.name))
    return found
