"""The make targets that the README promises, each with a line of help."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.architecture.tree import ROOT

TARGETS = {"help", "demo", "test", "check", "bench", "soak", "lock"}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # A make that runs the tests hands down its flags and its depth, which change what this one prints.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_help_names_every_target() -> None:
    listed = {line.split()[1] for line in make("help").stdout.splitlines()}
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY:"))
    assert listed == set(phony.split()[1:])
    assert listed >= TARGETS


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_missing_python_is_named_in_two_languages(tmp_path: object, python: str) -> None:
    run = make(f"PYTHON={python}", f"VENV={tmp_path}/venv", "demo")
    assert run.returncode != 0
    assert "python3-venv" in run.stderr
    assert "EWM braucht Python 3.11" in run.stderr
    assert "EWM needs Python 3.11" in run.stderr
