"""The numbers of the records as they are: computed anew after a change, now and then while many people write at once.

Computing takes a good part of a second of a whole core. Somebody who changes a record and looks sees the change at
once. Where the last computations followed each other fast, numbers may be some seconds old, and the page says so:
otherwise fifty people who write would have the machine do nothing but compute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

from ewm.capture.exporter.now import size_of_records, state_of_records
from ewm.web.content import served_methodology
from ewm.web.numbers.computing import compute_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.web.numbers.computing import Results

LIVE_UP_TO = 6_000
"""So many records are computed anew after a change; with more, pages show the last snapshot."""
AT_ONCE, WITHIN = 3, timedelta(seconds=30)
"""So many computations within that time are made without waiting; then numbers may get as old as ``OLDEST``."""
OLDEST = timedelta(seconds=10)
_KEPT = 24 * 60 * 60  # seconds; the state tells whether they are still right
_LONGEST = 60  # seconds after which a computation that never ended is given up


@dataclass(frozen=True, slots=True)
class Now:
    """Numbers, when they were computed, and whether a record has changed since."""

    results: Results
    at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    state: str
    results: Results
    moments: tuple[datetime, ...]  # of the last computations, the latest last

    def will_do(self, now: datetime) -> bool:
        """Tell whether numbers that are no longer current are young enough to be shown."""
        often = len(self.moments) == AT_ONCE and now - self.moments[0] < WITHIN
        return often and now - self.moments[-1] < OLDEST


def numbers_now(year: int, sheets: Iterable[str]) -> Now | None:
    """Return indicators on the records as they are, up to the end of a year.

    None where there are too many records for that, or where the year has no methodology.
    """
    methodology = served_methodology()
    if year not in methodology.years or size_of_records() > LIVE_UP_TO:
        return None
    wanted = sorted(set(sheets))
    key = f"numbers:{methodology.content_hash[:16]}:{year}:{'.'.join(wanted)}"
    state, kept, now = state_of_records(), cache.get(key), timezone.now()
    if isinstance(kept, _Kept) and (kept.state == state or kept.will_do(now) or not _begin(key)):
        return Now(kept.results, kept.moments[-1], kept.state == state)
    try:
        results = compute_now(year, [methodology.indicator(each) for each in wanted])
        moments = (*(kept.moments if isinstance(kept, _Kept) else ()), now)[-AT_ONCE:]
        cache.set(key, _Kept(state, results, moments), _KEPT)
    finally:
        cache.delete(_mark(key))
    return Now(results, now, is_current=True)


def _begin(key: str) -> bool:
    """Mark that this request computes; False where another one does so already."""
    return cache.add(_mark(key), 1, _LONGEST)


def _mark(key: str) -> str:
    return f"{key}:computing"
