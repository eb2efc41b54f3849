"""Shared set-up: no test touches the data folder or the database of a developer."""

from __future__ import annotations

import os
import shutil
import tempfile

# Before Django reads its settings: the suite's own, empty data folder.
os.environ["EWM_DATA"] = tempfile.mkdtemp(prefix="ewm-test-")


def pytest_unconfigure() -> None:
    """Remove the suite's data folder."""
    shutil.rmtree(os.environ["EWM_DATA"])
