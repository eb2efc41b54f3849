"""Zip files whose bytes tell of their content alone: no time, no owner."""

from __future__ import annotations

import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the format


def member(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """Return the head of a member that is the same whenever it is packed."""
    info = zipfile.ZipInfo(name, _FIRST_DAY)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # whatever the machine
    return info
