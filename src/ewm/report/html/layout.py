"""How blocks stand on the page: bands of margin and text, with figures, tables and stories across both columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.document import (
    Bullets,
    Captioned,
    EvidenceBlock,
    Heading,
    KeyNumber,
    MarginNote,
    Paragraph,
    PlainTable,
    Story,
    Tiles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.report.document import Block, Chapter, Document

PAGE_IDS = ("main", "contents", "footnotes", "imprint")
"""Ids that the page needs for itself."""

Wide = Captioned | PlainTable | EvidenceBlock | Story | Tiles


@dataclass(slots=True)
class Band:
    """A stretch of the page: an opening heading, what stands in the margin, and the text beside it."""

    heading: Heading | None = None
    margin: list[KeyNumber | MarginNote] = field(default_factory=list)
    text: list[Paragraph | Bullets | Heading] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.heading or self.margin or self.text)


def stretches(blocks: Iterable[Block]) -> Iterator[Band | Wide]:
    """Yield a chapter's blocks as bands and wide blocks.

    A section's heading opens a band; so does a margin note after text, to stand beside what follows it.
    """
    band = Band()
    for block in blocks:
        opens = (isinstance(block, Heading) and block.level == 2) or (
            isinstance(block, KeyNumber | MarginNote) and band.text
        )
        if band and (opens or isinstance(block, Wide)):
            yield band
            band = Band()
        if isinstance(block, Wide):
            yield block
        elif isinstance(block, KeyNumber | MarginNote):
            band.margin.append(block)
        elif isinstance(block, Heading) and block.level == 2:
            band.heading = block
        else:
            band.text.append(block)
    if band:
        yield band


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks in order, those of stories included."""
    for block in blocks:
        yield block
        if isinstance(block, Story):
            yield from walk(block.blocks)


def sections(chapter: Chapter) -> list[Heading | Story]:
    """Return what the contents list below a chapter: its outlined headings and its stories."""
    return [
        block for block in chapter.blocks if isinstance(block, Story) or (isinstance(block, Heading) and block.outlined)
    ]


def captioned(document: Document) -> list[Captioned]:
    """Return all figures and tables in order."""
    return [block for chapter in document.chapters for block in walk(chapter.blocks) if isinstance(block, Captioned)]


def anchors(document: Document) -> frozenset[str]:
    """Return the ids that links may lead to; raises ContentError naming an id that stands twice."""
    found: dict[str, str] = dict.fromkeys(PAGE_IDS, "die Seite selbst")
    for chapter in document.chapters:
        blocks = [block for block in walk(chapter.blocks) if isinstance(block, Heading | Captioned | Story)]
        for identifier, owner in [(chapter.id, chapter.title), *((block.id, chapter.title) for block in blocks)]:
            if identifier in found:
                raise ContentError(
                    f"Die Kennung „{identifier}“ steht zweimal: in „{found[identifier]}“ und in „{owner}“. "
                    "Bitte eine von beiden ändern, in Texten mit {#kennung} hinter der Überschrift."
                )
            found[identifier] = owner
    return frozenset(found)
