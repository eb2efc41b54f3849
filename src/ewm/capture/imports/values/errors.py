"""What is wrong with one cell."""

from __future__ import annotations

from ewm.capture.wording import Wording, worded


def too_long(text: str, longest: int) -> Wording:
    """Return that a text is longer than it may be."""
    return worded(
        "Der Text hat %(length)s Zeichen, höchstens %(most)s sind möglich. Bitte kürzen.",
        length=len(text),
        most=longest,
    )


class CellError(ValueError):
    """The cell cannot be read; ``message`` says what is wrong, why, and the way out."""

    def __init__(self, message: Wording) -> None:
        super().__init__(message)
        self.message = message
