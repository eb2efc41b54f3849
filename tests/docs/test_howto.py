"""The how-to pages, done: every file written, every command run as the page says."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.docs.pages import Reader, environment

TOOLS = Path(sys.executable).parent


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Somebody in the folder of a clone."""
    shutil.copytree(ROOT / "programmes", tmp_path / "programmes")
    return Reader(tmp_path, environment(os.environ, TOOLS))


def test_a_new_methodology_year(reader: Reader) -> None:
    reader.follow(ROOT / "docs" / "how-to" / "neues-methodikjahr.md")
    assert "T-01 S2" in reader.output
