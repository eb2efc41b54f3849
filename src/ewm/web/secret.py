"""Django's secret key: from the environment, else random, made once and readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

_FILE = "secret-key"


class SecretKey:
    """The key as text, looked up at the first use: reading the settings writes no file."""

    def __init__(self, data: Path) -> None:
        self._file = data.resolve() / _FILE

    def __str__(self) -> str:
        return os.environ.get("EWM_SECRET_KEY") or secret_key(self._file)


def secret_key(file: Path) -> str:
    """Return the key kept in ``file``; makes the file (mode 600) with a random key of 64 bytes where it is missing.

    Two processes that start at once end with the same key. Raises OSError where the folder cannot be written.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mkstemp gives mode 600
        draft = Path(name)
        try:
            with os.fdopen(handle, "w") as stream:
                stream.write(secrets.token_urlsafe(64))
                stream.flush()
                os.fsync(stream.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, file)  # unlike a rename, a link never replaces the key of a faster process
        finally:
            draft.unlink()
    return file.read_text()
