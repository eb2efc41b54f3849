"""A folder that takes another's place: whoever looks sees the former or the new one, and a kill changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ewm.snapshot import home as rooms
from ewm.snapshot.exchange import exchange
from ewm.snapshot.home import draft, locked, replace

CODE = """
import os, signal, sys
from pathlib import Path
from ewm.snapshot import home as rooms

def cannot(one, other):
    raise OSError("not here")

def die(event, arguments):
    if event == "os.rename":
        seen.append(arguments)
        if len(seen) == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

seen = []
rooms.exchange = cannot
home = Path(sys.argv[1])
with rooms.locked(home), rooms.draft(home) as folder:
    (folder / "text").write_text("new")
    sys.addaudithook(die)
    rooms.replace(folder, home / "report")
"""


def write(home: Path, text: str) -> None:
    with locked(home), draft(home) as folder:
        (folder / "text").write_text(text)
        replace(folder, home / "report")


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir() if path.is_dir())


@pytest.fixture(params=["in one step", "in several"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of a file system: exchanging folders, and not."""

    def cannot(_one: Path, _other: Path) -> None:
        raise OSError

    if request.param == "in several":
        monkeypatch.setattr(rooms, "exchange", cannot)


@pytest.mark.usefixtures("way")
def test_the_new_takes_the_place_and_the_former_is_gone(tmp_path: Path) -> None:
    for text in ("first", "second", "third"):
        write(tmp_path, text)
        assert (tmp_path / "report" / "text").read_text() == text
        assert names(tmp_path) == ["report"]


def test_two_folders_change_names(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "text").write_text(name)
    exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "text").read_text() == "other"
    assert (tmp_path / "other" / "text").read_text() == "one"


def test_a_folder_that_is_not_there_is_not_exchanged(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "other")
    assert names(tmp_path) == ["one"]


@pytest.mark.parametrize(("rename", "kept"), [(1, "former"), (2, "former"), (3, "new")])
def test_without_exchange_a_kill_costs_nothing(tmp_path: Path, rename: int, kept: str) -> None:
    """Killed before the first, second or third rename: the next run finds the former report or the new one."""
    write(tmp_path, "former")
    environment = {**os.environ, "PYTHONPATH": str(Path(rooms.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", CODE, str(tmp_path), str(rename)], env=environment, check=False)
    assert done.returncode == -9
    with locked(tmp_path):
        assert (tmp_path / "report" / "text").read_text() == kept
    with locked(tmp_path):
        assert names(tmp_path) == ["report"]
