"""Blanks that ODS writes as elements: tabs and breaks inside a line, which the library that reads tables leaves out.

calamine keeps the text of a paragraph and ``text:s``, and drops ``text:tab`` and ``text:line-break``: „A<tab>B“ would
come back as „AB“. Where a file has any, a copy of it is read in which the characters themselves stand there.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTENT = "content.xml"
_NEEDED = ("mimetype", "META-INF/manifest.xml")
_ELEMENT = re.compile(rb"<text:(tab|line-break)(?:\s[^<>]*)?(?:/>|></text:\1>)")
_CHARACTER = {b"tab": b"&#9;", b"line-break": b"&#10;"}
_BLOCK = 1 << 20


def copy_of(out: Path) -> Path:
    """Return where the copy lies while the rows are written to ``out``."""
    return out.with_name(f"{out.name}.copy")


def with_blanks(path: Path, copy: Path) -> Path:
    """Return the file itself where nothing is to be put back, else ``copy``, which is written."""
    with zipfile.ZipFile(path) as package:
        with package.open(CONTENT) as content:
            if not any(b"<text:tab" in piece or b"<text:line-break" in piece for piece in _pieces(content)):
                return path
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            for name in sorted(set(_NEEDED) & set(package.namelist())):
                made.writestr(name, package.read(name))
            with package.open(CONTENT) as content, made.open(CONTENT, "w") as written:
                for piece in _pieces(content):
                    written.write(_ELEMENT.sub(lambda found: _CHARACTER[found[1]], piece))
    return copy


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Yield the text in pieces that begin with a ``<`` each, so that none cuts an element in two."""
    rest = b""
    while block := content.read(_BLOCK):
        text = rest + block
        edge = max(text.rfind(b"<"), 0)
        # An element without text ends after its closing tag: both must stand in one piece.
        if text[edge : edge + 2] == b"</":
            edge = max(text.rfind(b"<", 0, edge), 0)
        yield text[:edge]
        rest = text[edge:]
    yield rest
