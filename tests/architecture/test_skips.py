"""Where every test is required, a skipped one fails, alone and as a module."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ALONE = "import pytest\n\ndef test_a():\n    pass\n\n@pytest.mark.skip(reason='no database')\ndef test_b():\n    pass\n"
MODULE = "import pytest\n\npytest.importorskip('no_such_module_anywhere')\n\ndef test_a():\n    pass\n"


@pytest.mark.parametrize(
    ("text", "required", "outcome"),
    [
        (ALONE, "0", "1 passed, 1 skipped"),
        (ALONE, "1", "1 passed, 1 error"),
        (MODULE, "0", "1 skipped"),
        (MODULE, "1", "1 error"),
    ],
)
def test_a_skip_fails_where_all_are_required(tmp_path: Path, text: str, required: str, outcome: str) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "test_it.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider"]
    environment = {**os.environ, "EWM_REQUIRE_ALL": required}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert outcome in run.stdout
