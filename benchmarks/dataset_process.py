"""All records in one file, in a process of its own: ``python -m benchmarks.dataset_process FORMAT``.

Finds the records that ``lists_process`` made. Prints as JSON what time and memory the file took, and
of pages and of changes that others asked for before and meanwhile how long each took.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import replace
from statistics import quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"
os.environ["EWM_HTTPS"] = "0"
os.environ["EWM_LOG"] = "WARNING"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.lists_process import EVALUATOR, MANAGER  # noqa: E402
from ewm.capture.accounts.models import Account  # noqa: E402
from ewm.capture.actors.entries import ACTOR  # noqa: E402
from ewm.capture.actors.models import Actor  # noqa: E402
from ewm.capture.actors.services import actor_update  # noqa: E402
from ewm.capture.entry_reading import read_many  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 20


def late(seconds: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return quantiles(seconds, n=20, method="inclusive")[-1] * 1000 if len(seconds) > 1 else 0.0


def timed(act: Callable[[], Any]) -> float:
    """Return how many seconds something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def signed_in(email: str) -> Client:
    """Return a client of an account."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(email=email))
    return client


def measured(form: str) -> dict[str, Any]:
    """Ask for pages and changes alone, then while the file is written."""
    manager, evaluator = signed_in(MANAGER), signed_in(EVALUATOR)
    address, over = reverse("projects:list"), Event()
    manager.get(address)

    def page() -> None:
        assert manager.get(address).status_code == 200  # noqa: S101

    alone = [timed(page) for _ in range(PAGES)]
    found: dict[str, float] = {}

    def write() -> None:
        begun = time.perf_counter()
        answer: Any = evaluator.get(f"{reverse('dataset_file')}?format={form}")
        found["bytes"] = sum(map(len, answer.streaming_content))
        found["seconds"] = time.perf_counter() - begun
        over.set()
        connection.close()

    thread = Thread(target=write)
    thread.start()
    meanwhile, changes = [], []
    while not over.is_set():
        meanwhile.append(timed(page))
        changes.append(timed(change))
    thread.join()
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {**found, "alone_ms": late(alone), "meanwhile_ms": late(meanwhile), "pages": len(meanwhile),
            "changes": len(changes), "change_ms": late(changes)}  # fmt: skip


def change() -> None:
    """Change an actor, as somebody does who goes on working."""
    first = Actor.objects.order_by("id").values_list("id", flat=True)[0]
    (stored,) = read_many(ACTOR, [first]).values()
    entry = replace(stored.entry, municipality=f"Ort {time.time_ns()}")
    actor_update(entry=entry, version=stored.version, reason="Messung")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    print(json.dumps(measured(sys.argv[1])))
