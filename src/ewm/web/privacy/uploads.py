"""Uploaded files at the erasure of an account: its own go, and every other one in which its name or address is found.

A file cannot be changed without breaking it, so it is removed as a whole; what was imported from it stays.
"""

from __future__ import annotations

import html
import zipfile
from typing import IO, TYPE_CHECKING

from ewm.capture.imports.files import folder_of, forget
from ewm.capture.imports.models import Import

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ewm.capture.accounts.models import Account
    from ewm.web.privacy.columns import Needle

PLACE = "imports/"
_BLOCK, _OVERLAP = 1 << 20, 4096
_ENCODINGS = ("utf-8", "utf-16-le", "cp1252")


def uploads_of(account: Account, searched: list[Needle]) -> list[int]:
    """Return the imports whose files must go, by id."""
    found = Import.objects.order_by("id").values_list("id", "account")
    return [
        number
        for number, owner in found
        if folder_of(number).is_dir() and (owner == account.pk or _names(folder_of(number), searched))
    ]


def uploads_remove(numbers: list[int]) -> None:
    """Remove their files."""
    for number in numbers:
        forget(number)


def _names(folder: Path, searched: list[Needle]) -> bool:
    texts = (text for path in sorted(folder.rglob("*")) if path.is_file() for text in _texts(path))
    return any(needle.matches(text) for text in texts for needle in searched)


def _texts(path: Path) -> Iterator[str]:
    """Yield a file as text, of a packed one every part."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for part in package.infolist():
                with package.open(part) as stream:
                    yield from _pieces(stream)
    else:
        with path.open("rb") as stream:
            yield from _pieces(stream)


def _pieces(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while block := stream.read(_BLOCK):
        for encoding in _ENCODINGS:
            yield html.unescape((rest + block).decode(encoding, "ignore"))
        rest = block[-_OVERLAP:]
