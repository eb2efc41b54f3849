"""A database that is damaged or out of reach is said in words that lead on, at the command line and at the start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError

from ewm.web.faults import said_plainly

EWM = Path(sys.executable).with_name("ewm")


def ended(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("EWM_", "DJANGO_"))}
    own = {**kept, "EWM_DATA": str(data), **more}
    return subprocess.run([EWM, *words], env=own, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(("content", "told"), [(b"no database" * 500, "ist keine Datenbank"), (None, "nicht öffnen")])
@pytest.mark.parametrize("command", ["serve", "check"])
def test_a_file_that_is_no_database_is_told_with_the_way_out(
    content: bytes | None, told: str, command: str, tmp_path: Path
) -> None:
    file = tmp_path / "ewm.sqlite3"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    run = ended(tmp_path, command, EWM_ADDRESS=f"127.0.0.1:{port}")
    assert (run.returncode, run.stderr.count("Traceback")) == (1, 0), run.stderr
    assert told in run.stderr
    assert str(file) in run.stderr


def test_a_server_that_does_not_answer_is_told_with_its_address(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    run = ended(tmp_path, "check", EWM_DATABASE_URL=f"postgresql://ewm:geheim@127.0.0.1:{port}/monitoring")
    assert (run.returncode, run.stderr.count("Traceback")) == (1, 0), run.stderr
    assert f"monitoring auf 127.0.0.1:{port} ist nicht zu erreichen" in run.stderr
    assert "geheim" not in run.stderr


def test_a_fault_of_the_software_stays_one() -> None:
    with pytest.raises(IntegrityError), said_plainly():
        raise IntegrityError("two rows with one code")
