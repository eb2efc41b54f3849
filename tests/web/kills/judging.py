"""What must hold after a kill, asked of the database itself: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.architecture.tree import ROOT
from tests.web.at_once.test_lost_updates import environment
from tests.web.kills.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from random import Random

    Ask = Callable[[str], list[tuple[Any, ...]]]

WHOLE = "P-1"
"""A project that was written before the trial: every other one must have what it has."""


@dataclass
class Found:
    """What the rounds of a trial came to."""

    acknowledged: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    partial: set[str] = field(default_factory=set)
    unacknowledged: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def look(self, ask: Ask, acknowledged: Iterable[str]) -> None:
        """Compare what was acknowledged up to now with what is there."""
        self.acknowledged |= set(acknowledged)
        stored = {code for (code,) in ask("select code from projects_project where code like 'W-%'")}
        self.lost |= self.acknowledged - stored
        self.unacknowledged.append(len(stored - self.acknowledged - self._seen))
        self._seen |= stored
        self.partial |= partial(ask)

    _seen: set[str] = field(default_factory=set)

    def assert_nothing_is_lost(self, kills: int) -> None:
        """Fail where a round lost something, left something half, or committed more than each writer's last."""
        assert self.lost == set()
        assert self.partial == set()
        assert len(self.unacknowledged) == kills
        assert max(self.unacknowledged) <= WRITERS
        assert len(self.acknowledged) >= kills * WRITERS


CHILDREN = (
    "projectstatusevent", "projectfunding", "projectsupportingcluster", "projectparticipation", "projectassignment",
)  # fmt: skip


def partial(ask: Ask) -> set[str]:
    """Return the projects that have not exactly what a whole one has, and actors or projects without the other."""
    ids: dict[int, str] = dict(ask(f"select id, code from projects_project where code = '{WHOLE}' or code like 'W-%'"))  # noqa: S608
    (whole,) = (pk for pk, code in ids.items() if code == WHOLE)
    tables = [(f"projects_{kind}{name}", "project_id") for name in CHILDREN for kind in ("", "historical")]
    odd: set[str] = set()
    for table, column in (*tables, ("projects_historicalproject", "id")):
        counts: Counter[int] = Counter(dict(ask(f"select {column}, count(*) from {table} group by {column}")))  # noqa: S608
        assert counts[whole], table
        odd |= {code for pk, code in ids.items() if counts[pk] != counts[whole]}
    actors = {code for (code,) in ask("select code from actors_actor where code like 'W-%'")}
    return odd | (actors ^ (set(ids.values()) - {WHOLE}))


class Crew:
    """The process that forks the writers; ``begin`` starts a round, ``ended`` tells how its writers ended."""

    def __init__(self, folder: Path, data: Path, url: str | None = None, settings: str = "ewm.web.settings") -> None:
        self.folder = folder
        folder.mkdir()
        self._running: list[int] = []
        self._log = (folder.parent / "writers.log").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.kills.writers", str(folder)],
            env=environment(data, url) | {"DJANGO_SETTINGS_MODULE": settings}, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip

    def begin(self, number: int, dice: Random, least: float = 0.2, most: float = 0.8) -> list[int]:
        """Fork the writers, wait until each has written, and a random time more; returns their process ids."""
        self._running = json.loads(self._said(f"go {number}"))
        end = time.monotonic() + 180
        while len(self.acknowledged_of(number)) < WRITERS:
            assert time.monotonic() < end, "the writers do not write"
            time.sleep(0.01)
        time.sleep(dice.uniform(least, most))
        return self._running

    def ended(self) -> list[int]:
        """Wait for the writers of the round; returns their exit codes, -9 for a killed one."""
        ends: list[int] = json.loads(self._said("reap"))
        self._running = []
        return ends

    def acknowledged_of(self, number: int) -> set[int]:
        """Return which writers of a round have had something acknowledged."""
        return {
            at for at in range(WRITERS) if (file := self.folder / f"{number}-{at}").exists() and file.stat().st_size
        }

    def acknowledged(self) -> Iterator[str]:
        """Yield the codes of everything that was acknowledged in any round."""
        for file in self.folder.iterdir():
            yield from file.read_text().split()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        kill(self._running)
        self._process.communicate()
        self._log.close()

    def _said(self, word: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def kill(pids: Iterable[int]) -> None:
    """Kill -9, all at once."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
