"""Lists write a statement of their own: what it finds is asked once more of PostgreSQL, where a server is reachable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ADDRESS = os.environ.get("EWM_TEST_POSTGRES_URL")
OWN = f"{ADDRESS or ''}".rpartition("/")[0] + "/lists"
"""A database of its own (its name begins with ``test_``): tests of capture use the other one at the same time."""
HERE = Path(__file__).parent
AGAIN = ("test_filters.py", "test_views.py", "test_statements.py")


@pytest.mark.long
@pytest.mark.skipif(not ADDRESS, reason="EWM_TEST_POSTGRES_URL names no server")
def test_lists_on_postgresql() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_TEST_", "PYTEST_"))}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *(str(HERE / name) for name in AGAIN), "-n0"],
        env={**environment, "EWM_DATABASE_URL": OWN},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
