"""Texts in cells of tables, as every room writes and reads them: see ``ewm.cells``."""

from ewm.cells import neutral, restored

__all__ = ["neutral", "restored"]
