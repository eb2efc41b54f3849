"""What is wrong with one cell."""

from __future__ import annotations


class CellError(ValueError):
    """The cell cannot be read; its text (German) says what is wrong, why, and the way out."""
