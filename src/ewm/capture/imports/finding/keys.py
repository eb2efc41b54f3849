"""What identifies a record within its source: its number there, else what it says."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded

if TYPE_CHECKING:
    from collections.abc import Iterable


def key_of(*parts: object) -> str:
    """Return a key made of what a record says; case, blanks and signs do not count."""
    text = "|".join(folded(str(part)) for part in parts if part is not None)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def told_apart(keys: Iterable[str]) -> list[str]:
    """Return the keys; one that comes again is followed by #2, #3, …"""
    seen: Counter[str] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return found
