"""The tests of capture once more, on PostgreSQL, where a server is reachable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What touches no database need not run twice.
WITHOUT = [
    f"--ignore=tests/capture/{name}" for name in ("imports", "test_reading.py", "test_merging.py", "test_cells.py")
]
ADDRESS = os.environ.get("EWM_TEST_POSTGRES_URL")


@pytest.mark.skipif(not ADDRESS, reason="EWM_TEST_POSTGRES_URL names no server")
def test_capture_on_postgresql() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_TEST_", "PYTEST_"))}
    own = Path(__file__).relative_to(ROOT)
    together = own.with_name("two_connections.py")
    command = [sys.executable, "-m", "pytest", "tests/capture", str(together), "-n0", f"--deselect={own}", *WITHOUT]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "EWM_DATABASE_URL": str(ADDRESS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
