"""Workers as processes: killed in the middle, asked to end, left alone by their site."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.support.trials import times
from tests.web.background.desk import PATIENCE, living, python, wait_for
from tests.web.test_serve import free_port

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence

STATE = """
import django; django.setup()
import json
from django_tasks_db.models import DBTaskResult
from ewm.capture.actors.models import Actor
print(json.dumps({"tasks": list(DBTaskResult.objects.values_list("status", flat=True)),
                  "actors": sorted(Actor.objects.filter(code__startswith="W-").values_list("code", flat=True)),
                  "created": Actor.history.filter(code__startswith="W-", history_type="+").count()}))
"""


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


@pytest.mark.parametrize("kills", times(2, soak=20))
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
