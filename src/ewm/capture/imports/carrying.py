"""Who carries on with an import: a lock on its folder, of which the kernel lets go however the process ends.

So a step that is only slow is never taken for one whose process was killed, and there is no beat that could be late.
Where a file system knows no locks, files are imported as ever, and nothing that was lost is handed on.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ewm.capture.imports import files

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def carried(imported: int) -> Iterator[None]:
    """Carry on with an import until the block, or the process, ends; several may, one within the other.

    Where its folder is gone there is nothing to carry on with: whoever opens its file says so.
    """
    with _folder(imported) as held:
        if held is not None:
            with suppress(OSError):
                fcntl.flock(held, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(imported: int) -> Iterator[bool]:
    """Tell whether nobody carries on with an import; then nobody begins to before the block ends."""
    with _folder(imported) as held:
        try:
            if held is not None:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # somebody holds it, or nobody can
            yield False
        else:
            yield True


@contextmanager
def _folder(imported: int) -> Iterator[int | None]:
    held = None
    with suppress(FileNotFoundError):
        held = os.open(files.folder_of(imported), os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield held
    finally:
        if held is not None:
            os.close(held)
