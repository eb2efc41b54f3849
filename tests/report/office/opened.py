"""Opens office files in LibreOffice, as tagged PDF: its pages, their pictures and how it understood their structure."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.report.pdf.pages import poppler, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DOTS = 30
"""Resolution of the pictures of pages, in dots per inch."""

EDGE = 11.0
"""Nothing is printed nearer to the edge of the paper, mm."""

HEAD, FOOT = 24.0, 24.0
"""What stands nearer to the upper and lower edge of the paper is the page's head and foot, mm."""

_TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


class Opened(NamedTuple):
    """A file as LibreOffice prints it."""

    pdf: Path
    pages: list[str]


class Picture(NamedTuple):
    """A page in grey, row by row."""

    rows: list[bytes]

    @property
    def inked(self) -> list[int]:
        """The rows that something is printed on."""
        return [place for place, row in enumerate(self.rows) if min(row) < 200]

    @property
    def body(self) -> list[int]:
        """The inked rows between the page's head and its foot."""
        return [place for place in self.inked if dots(HEAD) <= place < len(self.rows) - dots(FOOT)]

    @property
    def ink(self) -> int:
        """How much is printed on the page: pixels that are not white."""
        return sum(pixel < 230 for row in self.rows for pixel in row)


def dots(millimetres: float) -> int:
    """Return a length in pixels of the pictures."""
    return round(millimetres / 25.4 * DOTS)


def open_files(files: Mapping[str, Path], folder: Path) -> dict[str, Opened]:
    """Open files of these formats at once; skips the test without LibreOffice or poppler."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed (libreoffice-writer)")
    copies = {form: folder / f"{form}.{form}" for form in files}
    for form, path in files.items():
        shutil.copy(path, copies[form])
    found = {}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        _TAGGED,
        "--outdir",
        str(folder),
        *map(str, copies.values()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for form in files:
        pdf = folder / f"{form}.pdf"
        found[form] = Opened(pdf, text_of(pdf, "-layout").split("\f")[:-1])
    return found


def pictures(pdf: Path) -> Iterator[Picture]:
    """Yield the pages as pictures."""
    made = poppler("pdftoppm", "-r", str(DOTS), "-gray", str(pdf))
    while made:
        match = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", made)
        assert match
        width, height = int(match[1]), int(match[2])
        grey = made[match.end() : match.end() + width * height]
        yield Picture([grey[start : start + width] for start in range(0, width * height, width)])
        made = made[match.end() + width * height :]


def misprints(pdf: Path) -> list[str]:
    """Return which pages have nothing between head and foot, or print into their edge."""
    return [f"page {number} {what}" for number, page in enumerate(pictures(pdf), 1) for what in _misprints(page)]


def _misprints(page: Picture) -> Iterator[str]:
    edge, inked = dots(EDGE), page.inked
    if not page.body:
        yield "is empty"
        return
    if inked[0] < edge:
        yield "prints above its margin"
    if inked[-1] >= len(page.rows) - edge + 1:
        yield "prints below its margin"
    if any(min(row[:edge]) <= 200 or min(row[-edge:]) <= 200 for row in page.rows):
        yield "prints beside its margins"
