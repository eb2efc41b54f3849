"""Reads a foreign table: first its container is looked at from outside, then a child process with limits opens it."""

from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.limits import IN_BACKGROUND, LIMITS, PREVIEW_CELLS, Limits
from ewm.capture.imports.reading.looking import Looked, look_at
from ewm.capture.imports.reading.parent import Table, read_table, read_to, table_kept
from ewm.capture.imports.reading.rows import Row, StoredRows

__all__ = [
    "IN_BACKGROUND",
    "LIMITS",
    "PREVIEW_CELLS",
    "Limits",
    "Looked",
    "Row",
    "StoredRows",
    "Table",
    "UnreadableFileError",
    "look_at",
    "read_table",
    "read_to",
    "table_kept",
]
