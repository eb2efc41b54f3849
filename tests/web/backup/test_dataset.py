"""All records in one file, as the command and the page's own process write it from an installation."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

from tests.web.backup.desk import done, environment, ewm

if TYPE_CHECKING:
    from pathlib import Path


def child(data: Path, path: Path, **asked: Any) -> dict[str, Any]:
    """Run the process of the page."""
    words = [str(path), json.dumps({"notes": [], "language": "en", **asked})]
    command = [sys.executable, "-m", "ewm.web.dataset.child", *words]
    ended = subprocess.run(command, env=environment(data), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def test_the_command_writes_what_is_asked_for(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "all.zip"
    told = done(filled, "export", str(path), "--format", "datapackage", "--cluster", "metall", "--with-notes")
    assert (told["format"], told["bytes"]) == ("datapackage", path.stat().st_size)
    assert told["rows"]["projects"] == 150
    assert told["rows"]["interview_notes"] == 4
    with zipfile.ZipFile(path) as packed:
        assert {f"data/{name}.csv" for name in told["rows"]} < set(packed.namelist())
    refused = ewm(filled, "export", str(tmp_path / "x.zip"))
    assert (refused.returncode, "anzugeben mit --format" in refused.stderr) == (1, True)
    assert not (tmp_path / "x.zip").exists()


def test_the_process_of_the_page_gives_the_same_bytes_and_tells_what_does_not_fit(filled: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.ods", tmp_path / "there.ods"
    assert child(filled, here, form="ods", clusters=None, language="de")["moment"].startswith("2021-")
    done(filled, "export", str(there))
    assert here.read_bytes() == there.read_bytes()
    assert "There is no such cluster" in child(filled, here, form="ods", clusters=["nirgends"])["error"]
    child(filled, here, form="csv", clusters=["metall"])
    with zipfile.ZipFile(here) as packed:
        assert b";no;" in packed.read("projects.csv"), "in the language of whoever asks"
