"""Workers as processes: killed in the middle, asked to end, left alone by their site."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.web.backup.desk import environment
from tests.web.test_serve import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[3]
WORKER = [sys.executable, "-m", "ewm.web.worker"]
PATIENCE = 60
STATE = """
import django; django.setup()
import json
from django_tasks_db.models import DBTaskResult
from ewm.capture.actors.models import Actor
print(json.dumps({"tasks": list(DBTaskResult.objects.values_list("status", flat=True)),
                  "actors": sorted(Actor.objects.filter(code__startswith="W-").values_list("code", flat=True)),
                  "created": Actor.history.filter(code__startswith="W-", history_type="+").count()}))
"""


def own(data: Path, **more: str) -> dict[str, str]:
    return {**environment(data, **more), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def python(data: Path, *words: str) -> str:
    ran = subprocess.run([sys.executable, *words], env=own(data), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small programme."""
    data = tmp_path_factory.mktemp("worker") / "data"
    data.mkdir()
    python(data, "-m", "tests.web.at_once.prepare")
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


ENQUEUE = """
import django; django.setup()
import json, sys
from tests.web.background import errands
for given in json.loads(sys.argv[2]):
    getattr(errands, sys.argv[1]).enqueue(*given)
"""


def enqueue(data: Path, errand: str, *given: Sequence[Any]) -> None:
    python(data, "-c", ENQUEUE, errand, json.dumps(given))


def state(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(python(data, "-c", STATE))
    return found


def marks(data: Path) -> list[str]:
    path = data / "marks"
    return path.read_text().splitlines() if path.exists() else []


def said(data: Path, mark: str) -> bool:
    return mark in marks(data)


def wait_for(what: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start processes that end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*words: str, **more: str) -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen(words or WORKER, env=own(data, **more), stderr=subprocess.DEVNULL))
        return running[-1]

    yield begin
    for each in running:
        each.kill()
        each.wait()


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.soak)])
def test_a_transaction_of_a_killed_worker_is_done_once_in_the_end(
    kills: int, data: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    chance = random.Random(5)  # noqa: S311
    enqueue(data, "write_slowly", *((f"N{at}", 0.4) for at in range(kills)))
    for at in range(kills):
        worker = start()
        wait_for(partial(said, data, f"N{at} begun"))
        time.sleep(chance.uniform(0, 0.35))
        worker.kill()
        worker.wait()
    start()
    wait_for(partial(said, data, f"N{kills - 1} done"))
    assert [each for each in marks(data) if "done" in each] == [f"N{at} done" for at in range(kills)]
    assert len([each for each in marks(data) if "begun" in each]) == 2 * kills
    found = wait_for(lambda: (now := state(data))["tasks"] == ["SUCCESSFUL"] * kills and now)
    assert len(found["actors"]) == found["created"] == kills


def test_a_worker_that_is_asked_to_end_does_so_at_once_and_the_next_one_goes_on(
    data: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    enqueue(data, "take_long", ("x", 1.5))
    worker = start()
    wait_for(partial(marks, data))
    begun = time.monotonic()
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert time.monotonic() - begun < 2
    assert state(data)["tasks"] == ["READY"]
    start()
    wait_for(lambda: "x done" in marks(data))
    assert marks(data) == ["x begun", "x begun", "x done"]


def told(at: str) -> bool:
    try:
        with urlopen(f"http://{at}/gesund/bereit/", timeout=5) as answer:
            return bool(json.load(answer)["worker"])
    except OSError:
        return False


def living(data: Path) -> list[int]:
    """Numbers of the processes that work in this data folder."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            command = (each / "cmdline").read_bytes().split(b"\0")
            if b"ewm.web.worker" in command and f"EWM_DATA={data}".encode() in (each / "environ").read_bytes():
                found.append(int(each.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked up in /proc")
def test_a_site_has_its_worker_with_it(data: Path, start: Callable[..., subprocess.Popen[bytes]]) -> None:
    at = f"127.0.0.1:{free_port()}"
    site = start(sys.executable, "-m", "ewm.web.serve", EWM_ADDRESS=at)
    wait_for(lambda: told(at))
    (first,) = living(data)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: [each for each in living(data) if each != first])
    enqueue(data, "mark_it", ("x",))
    wait_for(lambda: marks(data))
    site.terminate()
    assert site.wait(PATIENCE) == 0
    assert living(data) == []
    # Killed with everything that it started but the worker: that one notices.
    site = start(sys.executable, "-m", "ewm.web.serve", EWM_ADDRESS=at)
    wait_for(lambda: told(at))
    site.kill()
    wait_for(lambda: not living(data))
