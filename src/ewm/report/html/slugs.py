"""File names for the explanations of numbers: stable, readable, safe in addresses and on every file system."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 80
"""Characters of the readable part; with the folder it stays far below the limits of Windows and of ZIP readers."""


def slug(identifier: str) -> str:
    """Return the slug of an id: its words in lower case and six hex digits of its SHA-256, which keep it apart."""
    words = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[:_LONGEST].strip("-")
    digest = hashlib.sha256(identifier.encode()).hexdigest()[:6]
    return f"{words}-{digest}" if words else digest


def slugs(identifiers: Iterable[str]) -> dict[str, str]:
    """Return the slug of every id; raises ContentError should two ids ever share one."""
    found: dict[str, str] = {}
    owners: dict[str, str] = {}
    for identifier in identifiers:
        name = slug(identifier)
        other = owners.setdefault(name, identifier)
        if other != identifier:
            raise ContentError(
                f"Die Belege „{other}“ und „{identifier}“ bekämen dieselbe Adresse ({name}). "
                "Bitte einen von beiden umbenennen."
            )
        found[identifier] = name
    return found
