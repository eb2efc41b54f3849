"""What is wrong with a file, for people: where, why, and the way out."""

from __future__ import annotations

from ewm.errors import EwmError


class UnreadableFileError(EwmError):
    """The file was not read; nothing was changed."""

    exit_code = 4
