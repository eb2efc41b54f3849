"""Imports in the database, step by step, on the shipped programme; ``test_postgresql.py`` runs them there, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.capture.imports.conftest import innobb

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.programme import Programme

__all__ = ["innobb"]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, innobb: Programme) -> None:  # noqa: ARG001
    """Files of imports lie in the test's own folder."""
    monkeypatch.setenv("EWM_DATA", str(tmp_path))
