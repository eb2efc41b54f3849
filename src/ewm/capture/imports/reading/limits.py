"""What a file may be, so that reading it ends in seconds within a known amount of memory."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    ``unpacked``: all parts of a zip together; ``ratio``: unpacked to packed; ``members``: parts of a zip; ``texts``:
    parts of one that holds tables of text; ``memory``: of the child process, everything mapped included; ``field``:
    characters of one cell.
    """

    size: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 200
    members: int = 2_000
    texts: int = 100
    cells: int = 2_000_000
    rows: int = 200_000
    columns: int = 500
    field: int = 100_000
    memory: int = 1024 * MEGABYTE
    seconds: float = 8


LIMITS = Limits()
"""For whoever waits for the answer."""
IN_BACKGROUND = Limits(seconds=180)
PREVIEW_CELLS = 200_000
"""Up to here a table is read while somebody waits; above, in the background."""
