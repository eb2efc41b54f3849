"""What is wrong with a file, for people: where, why, and the way out."""

from __future__ import annotations

from ewm.errors import EwmError


class UnreadableFileError(EwmError):
    """The file was not read; nothing was changed."""

    exit_code = 4


class TooManyCellsError(UnreadableFileError):
    """A sheet has more cells than were asked for; ``cells``: how many by then."""

    def __init__(self, message: str, cells: int) -> None:
        super().__init__(message)
        self.cells = cells
