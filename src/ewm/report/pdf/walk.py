"""Walks through a document: every block, every text with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.document import (
    Block,
    Captioned,
    Chapter,
    Document,
    Evidence,
    EvidenceBlock,
    FigureBlock,
    Heading,
    PlainTable,
    Story,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the document and where a person finds it."""

    node: object
    where: str


def blocks_of(document: Document) -> Iterator[Block]:
    """Every block in reading order; a story comes before the blocks inside it."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            yield block
            if isinstance(block, Story):
                yield from block.blocks


def printed_evidence(document: Document) -> list[str]:
    """Keys of the explanations that the annex prints, in order."""
    return [block.evidence for block in blocks_of(document) if isinstance(block, EvidenceBlock)]


def places(document: Document) -> Iterator[Place]:
    """Every dataclass below the chapters, with its chapter and the block's name."""
    for chapter in document.chapters:
        yield Place(chapter, _chapter_name(chapter))
        section = ""
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == 2:
                section = plain(block.content)
            where = ", ".join(part for part in (_chapter_name(chapter), section, _block_name(block)) if part)
            for node in _nodes(block):
                yield Place(node, where)


def evidence_place(evidence: Evidence) -> str:
    """How to call an explanation of the annex."""
    return f"Beleg {evidence.id}"


def _chapter_name(chapter: Chapter) -> str:
    return f"Kapitel {chapter.number} „{chapter.title}“"


def _block_name(block: Block) -> str:
    if isinstance(block, Captioned):
        return block.label
    if isinstance(block, Story | PlainTable):
        return f"„{block.title}“"
    return ""


def _nodes(value: object) -> Iterator[object]:
    if isinstance(value, tuple | list):
        for item in value:
            yield from _nodes(item)
    elif (names := getattr(type(value), "__dataclass_fields__", None)) is not None:
        yield value
        for name in names:
            if not (isinstance(value, FigureBlock) and name in {"spec", "data"}):
                yield from _nodes(getattr(value, name))
