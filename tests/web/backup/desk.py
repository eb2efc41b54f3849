"""Backups as an administrator makes them: commands in data folders of their own, and writers that go on meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EWM = Path(sys.executable).with_name("ewm")
WRITER = """
import sys, time
import django
django.setup()
from ewm.capture.actors.entries import ActorEntry
from ewm.capture.actors.services import actor_update, actors_create
number = 0
while True:
    number += 1
    code = f"W-{sys.argv[1]}-{number}"
    entry = ActorEntry(code=code, name=f"Werk {number}", actor_type="company", country="DE", example=True)
    actors_create(entries=[entry])
    print(code, flush=True)
"""


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation on SQLite, unless ``more`` says otherwise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EWM_")}
    return {**kept, "EWM_DATA": str(data), "EWM_HTTPS": "0", "DJANGO_SETTINGS_MODULE": "ewm.web.site", **more}


def ewm(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    own = environment(data, **more)
    return subprocess.run([EWM, *words], env=own, capture_output=True, text=True, check=False)


def done(data: Path, *words: str, **more: str) -> dict[str, Any]:
    """Run a command that must succeed; returns its JSON."""
    ran = ewm(data, *words, "--json", **more)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@contextmanager
def writers(data: Path, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Let processes write records without a break; each prints the code of what was acknowledged."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(each)], env=environment(data), stdout=subprocess.PIPE, text=True
        )
        for each in range(number)
    ]
    try:
        for each in running:
            assert each.stdout is not None
            assert each.stdout.readline()
        yield running
        assert all(each.poll() is None for each in running), "a writer gave up"
    finally:
        for each in running:
            each.kill()
            each.communicate()


def killed_after(seconds: float, data: Path, *words: str, **more: str) -> int | None:
    """Start a command and kill it; returns its exit code where it was faster, else None."""
    running = subprocess.Popen(
        [EWM, *words], env=environment(data, **more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    code = running.poll()
    running.kill()
    running.wait()
    return code
