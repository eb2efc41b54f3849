"""Two folders change names in one step, so that whoever looks sees the one or the other and never none.

Linux and macOS can do that; Python has no name for it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SWAP = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same number."""

_HERE = -100
"""AT_FDCWD: the paths are not relative to an open folder."""


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders of one file system; raises OSError where the system or the file system cannot."""
    if code := _exchanged(os.fsencode(one), os.fsencode(other)):
        raise OSError(code, os.strerror(code), str(one), None, str(other))


def _exchanged(one: bytes, other: bytes) -> int:
    """Return the number of the error, 0 for none."""
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, _SWAP)
        else:
            failed = library.renameat2(_HERE, one, _HERE, other, _SWAP)
    except AttributeError:  # a C library without the call
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0
