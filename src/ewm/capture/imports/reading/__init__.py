"""Reads a foreign table: first its container is looked at from outside, then a child process with limits opens it."""

from ewm.capture.imports.reading.errors import UnreadableFileError
from ewm.capture.imports.reading.limits import LIMITS, Limits
from ewm.capture.imports.reading.parent import Row, Table, read_table

__all__ = ["LIMITS", "Limits", "Row", "Table", "UnreadableFileError", "read_table"]
