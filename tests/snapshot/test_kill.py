"""kill -9 at any moment: no half snapshot is visible, what was acknowledged is there, the next run succeeds."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.snapshot.home import PARTIAL, snapshot_folders
from ewm.snapshot.verify import verify_chain
from tests.support.snapshots import build_snapshot
from tests.support.trials import times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.snapshot.endless_writer", str(home), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed_after(home: Path, seconds: float) -> list[str]:
    """Names that a writer acknowledged before it was killed, ``seconds`` after the first."""
    with start(home) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read()
    return (first + rest).split()


def leftovers(home: Path) -> list[Path]:
    return list(home.glob(f"{PARTIAL}*"))


def prove_whole(home: Path, acknowledged: Sequence[str]) -> None:
    names = [folder.name for folder in snapshot_folders(home)]
    assert set(acknowledged) <= set(names)
    assert len(names) <= len(acknowledged) + 1
    assert verify_chain(home) == []
    again = build_snapshot(home, {"projects": [{"project_id": 1}]})
    assert again.is_dir()
    assert leftovers(home) == []
    assert verify_chain(home) == []


def trial(home: Path, dice: random.Random) -> int:
    """One kill at a random moment; returns how many half-written folders it left."""
    acknowledged = killed_after(home, dice.uniform(0, 0.25))
    assert acknowledged
    left = len(leftovers(home))
    prove_whole(home, acknowledged)
    return left


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_kill_at_a_random_moment_leaves_nothing_half(tmp_path: Path, seed: int) -> None:
    trial(tmp_path, random.Random(seed))  # noqa: S311


@pytest.mark.parametrize(("side", "visible"), [("before", 1), ("after", 2)])
def test_a_kill_beside_the_rename_shows_all_or_nothing(tmp_path: Path, side: str, visible: int) -> None:
    with start(tmp_path, side) as process:
        output = process.communicate(timeout=60)[0]
    assert process.returncode == -9
    assert len(output.split()) == 1
    assert len(snapshot_folders(tmp_path)) == visible
    assert len(leftovers(tmp_path)) == 2 - visible
    prove_whole(tmp_path, output.split())


@pytest.mark.parametrize("kills", times(0))
def test_many_kills_leave_nothing_half(
    kills: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(kills)  # noqa: S311
    left = [trial(tmp_path / str(number), dice) for number in range(kills)]
    record_property("trial", f"kills {kills}, in the middle of writing {sum(left)}, half visible 0")
    # Most moments lie in the middle of writing: the trial has hit what it is about.
    assert sum(left) > kills / 2
