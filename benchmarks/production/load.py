"""Fifty people at once for two minutes, then as fast as the site can; every request counts."""

from __future__ import annotations

import secrets
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks.measure import tell
from benchmarks.production.browser import Browser
from benchmarks.production.clicks import Click, Person, WrongError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.production.setup import Production

BAR_MS = 500.0


@dataclass
class Round:
    """What a round of load came to."""

    seconds: float
    clicks: list[Click] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def late_ms(self) -> float:
        """The 95th percentile of all requests, in milliseconds."""
        return late([click.seconds for click in self.clicks])

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.clicks) / self.seconds

    def by_name(self) -> dict[str, list[float]]:
        """Return the seconds of each kind of request."""
        found: dict[str, list[float]] = defaultdict(list)
        for click in self.clicks:
            found[click.name].append(click.seconds)
        return dict(sorted(found.items(), key=lambda pair: -late(pair[1])))


def late(seconds: Sequence[float]) -> float:
    """Return the 95th percentile in milliseconds; of a single value itself."""
    found = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else sum(seconds)
    return found * 1000


def middle(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return median(seconds) * 1000


def gathered(production: Production, users: int, projects: int, *, seed: int = 5) -> list[Person]:
    """Make records and accounts, and sign everybody in: that is not measured, hashing a password is slow on purpose."""
    password = secrets.token_urlsafe(18)
    tell(f"{projects} Projekte, {users} Konten ...")
    found = production.installation.module("people", str(projects), str(users), EWM_LOAD_PASSWORD=password)
    tell(f"{found['projects']} Projekte sind da; {users} Menschen melden sich an ...")
    people = [
        Person(each["email"], Browser(production.base, production.certificate), found["codes"].get(each["email"], []),
               Random(seed * 1000 + at))  # noqa: S311 (the same clicks every time, no secret)
        for at, each in enumerate(found["people"])
    ]  # fmt: skip
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda person: person.sign_in(password), people))
    return people


def played(people: Sequence[Person], seconds: float, think: tuple[float, float]) -> Round:
    """Let everybody click for so long, thinking so many seconds between two clicks."""
    found, lock = Round(seconds), threading.Lock()
    begun = time.perf_counter()
    end = begun + seconds

    def play(person: Person) -> None:
        _think(person, (0.0, think[1]), end)
        for deed in person.deeds():
            try:
                for name, answer in deed():
                    with lock:
                        found.clicks.append(Click(name, answer.seconds, time.perf_counter() - begun))
                    _think(person, think, end)
                    if time.perf_counter() >= end:
                        return
            except (WrongError, LookupError, OSError) as error:
                with lock:
                    found.faults.append(f"{person.email}: {error!r}")
                person.browser.close()
                _think(person, (1.0, 1.0), end)
            if time.perf_counter() >= end:
                return

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(play, people))
    return found


def _think(person: Person, between: tuple[float, float], end: float) -> None:
    time.sleep(max(0.0, min(person.random.uniform(*between), end - time.perf_counter())))


def lost(production: Production, people: Sequence[Person]) -> list[str]:
    """Return the projects whose last acknowledged edit is not in the database."""
    import psycopg  # noqa: PLC0415

    marks = {code: mark for person in people for code, mark in person.saved.items()}
    with psycopg.connect(production.installation.settings["EWM_DATABASE_URL"]) as database:
        rows = database.execute("SELECT code, description FROM projects_project WHERE code = ANY(%s)", [[*marks]])
        stored = dict(rows.fetchall())
    return sorted(code for code, mark in marks.items() if stored.get(code) != mark)
