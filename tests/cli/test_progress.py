"""Progress is for people: on a terminal it is seen, anywhere else it is silent."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.support.empty_database import seed

EWM = Path(sys.executable).parent / "ewm"


def test_progress_is_seen_on_a_terminal_and_leaves_the_answer_alone(tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    environment = {**os.environ, "EWM_DATA": str(seed(tmp_path)), "TERM": "xterm-256color", "COLUMNS": "120"}
    command = [str(EWM), "programme", "load", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=end, text=True) as run:
        os.close(end)
        seen = _read(terminal)
        assert run.stdout is not None
        answer = run.stdout.read()
    os.close(terminal)
    assert "Programm wird geladen" in seen
    assert "0:00:0" in seen
    assert answer.startswith("{")
    assert run.returncode == 0


def _read(terminal: int) -> str:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            part = b""
        if not part:
            return b"".join(parts).decode(errors="replace")
        parts.append(part)


def test_progress_is_silent_elsewhere(tmp_path: Path) -> None:
    environment = {**os.environ, "EWM_DATA": str(seed(tmp_path))}
    run = subprocess.run([EWM, "programme", "load"], env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("\n") == 1
