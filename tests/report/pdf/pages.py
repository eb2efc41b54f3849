"""Reads a printed report as a person or a screen reader would: words with boxes, tags in order, bookmarks, links."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAGE = re.compile(r"<page [^>]*>(.*?)</page>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box, in pt from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Word) -> bool:
        """Whether the ink of both may touch: a fifth of each box above and below the letters is air."""
        air, others = 0.2 * (self.bottom - self.top), 0.2 * (other.bottom - other.top)
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom - air, other.bottom - others) - max(self.top + air, other.top + others)
        return across > 1 and down > 0.5


@dataclass(frozen=True)
class Tag:
    """A structure element: role, alternative text, attributes, depth, and the roles of what it holds."""

    role: str
    alt: str
    attributes: dict[str, str]
    depth: int
    children: tuple[str, ...]


def poppler(program: str, *options: str) -> bytes:
    """Run one of poppler's programs; skips the test where the machine has none."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed (poppler-utils)")
    return subprocess.run([program, *options], check=True, capture_output=True).stdout


def text_of(path: Path, *options: str) -> str:
    """Text of all pages by pdftotext."""
    return poppler("pdftotext", *options, str(path), "-").decode()


def words_of(path: Path) -> list[list[Word]]:
    """Words with boxes, page by page."""
    pages = _PAGE.findall(text_of(path, "-bbox"))
    return [[Word(unescape(text), *map(float, box)) for *box, text in _WORD.findall(page)] for page in pages]


def overlaps(path: Path) -> list[str]:
    """Pairs of words that lie on each other, with their page."""
    return [
        f"Seite {number}: {one.text} / {other.text}"
        for number, words in enumerate(words_of(path), 1)
        for one, other in combinations(words, 2)
        if one.overlaps(other)
    ]


def whites(path: Path, page: int, share: float) -> float:
    """Share of white pixels in the upper part of a page, drawn at 50 dpi."""
    options = ["-f", str(page), "-l", str(page), "-r", "50", "-gray", "-singlefile"]
    drawn = poppler("pdftoppm", *options, str(path))
    size, _, pixels = drawn.removeprefix(b"P5\n").partition(b"\n255\n")
    width, height = map(int, size.split())
    part = pixels[: width * int(height * share)]
    return sum(pixel > 230 for pixel in part) / len(part)


def tags_of(pdf: pikepdf.Pdf) -> list[Tag]:
    """The tag tree in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot.K, 0))


def _walk(node: Any, depth: int) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        children = node.get("/K", pikepdf.Array([]))
        held = children if isinstance(children, pikepdf.Array) else [children]
        roles = tuple(str(c.S)[1:] for c in held if isinstance(c, pikepdf.Dictionary) and "/S" in c)
        yield Tag(str(node.S)[1:], str(node.get("/Alt", "")), _attributes(node), depth, roles)
        yield from _walk(children, depth + 1)


def _attributes(node: pikepdf.Dictionary) -> dict[str, str]:
    found: dict[str, str] = {}
    attributes = node.get("/A", pikepdf.Array([]))
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(one, pikepdf.Dictionary):
            found |= {str(key)[1:]: str(value) for key, value in one.items()}
    return found


def bookmarks_of(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Bookmarks with their depth."""
    with pdf.open_outline() as outline:
        return list(_bookmarks(outline.root, 0))


def _bookmarks(items: Any, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from _bookmarks(item.children, depth + 1)


def links_of(pdf: pikepdf.Pdf) -> list[tuple[int, str | int]]:
    """Links as pairs of page number and target: an address, or the number of a page in the file."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found: list[tuple[int, str | int]] = []
    for number, page in enumerate(pdf.pages, 1):
        for note in cast("Any", page.get("/Annots", [])):
            action = note.get("/A", {})
            if "/URI" in action:
                found.append((number, str(action.URI)))
            else:
                target = note.Dest if "/Dest" in note else action.D
                found.append((number, numbers[_resolved(pdf, target)[0].objgen]))
    return found


def _resolved(pdf: pikepdf.Pdf, target: Any) -> Any:
    if isinstance(target, pikepdf.Array):
        return target
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    place = cast("Any", names[str(target)])
    return place if isinstance(place, pikepdf.Array) else place.D
