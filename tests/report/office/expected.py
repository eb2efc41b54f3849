"""What a document says, in its order, taken from the document itself and not from what the writers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.document import (
    Bullets,
    EvidenceBlock,
    FigureBlock,
    Footnote,
    Heading,
    KeyNumber,
    MarginNote,
    Paragraph,
    PlainTable,
    Story,
    TableBlock,
    Tiles,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Block, Document, Evidence, Grid, Inlines


def texts(document: Document) -> Iterator[str]:
    """Yield the texts of the chapters in reading order; a text with a footnote comes in pieces."""
    for chapter in document.chapters:
        yield chapter.number
        yield chapter.title
        for block in chapter.blocks:
            yield from _block(block, document)


def _block(block: Block, document: Document) -> Iterator[str]:
    if isinstance(block, FigureBlock | TableBlock):
        yield from _captioned(block)
    elif isinstance(block, PlainTable):
        yield block.title
        yield from _grid(block.grid)
    elif isinstance(block, Story):
        yield from _story(block, document)
    elif isinstance(block, EvidenceBlock):
        yield from _evidence(document.evidence[block.evidence])
    else:
        yield from _text_block(block)


def _text_block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Heading):
        yield from _heading_number(block)
        yield from _inlines(block.content)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _inlines(item)
    elif isinstance(block, KeyNumber):
        yield from (block.number.text, block.unit, *_inlines(block.meaning))
    elif isinstance(block, Tiles):
        for number in block.numbers:
            yield from _text_block(number)
    elif isinstance(block, MarginNote):
        yield from (block.title, *_inlines(block.text))


def _heading_number(block: Block) -> Iterator[str]:
    if isinstance(block, Heading) and block.number:
        yield block.number


def _captioned(block: FigureBlock | TableBlock) -> Iterator[str]:
    yield from (*_inlines(block.headline), block.label, block.caption)
    if isinstance(block, FigureBlock):
        yield block.alt
    else:
        yield from _grid(block.grid)
    for note in block.notes:
        yield from _inlines(note.content)
    yield from (block.rules, block.source)


def _grid(grid: Grid) -> Iterator[str]:
    for cells in (*grid.head, *(row.cells for row in grid.rows)):
        for cell in cells:
            yield from _inlines(cell.content)


def _story(story: Story, document: Document) -> Iterator[str]:
    yield story.title
    if story.picture:
        yield from (story.picture.alt, story.picture.caption)
    for number in story.numbers:
        yield from _block(number, document)
    for block in story.blocks:
        yield from _block(block, document)
    for taxonomy, terms in story.tags:
        yield from (taxonomy, *terms)
    yield from _inlines(story.linked)


def _evidence(evidence: Evidence) -> Iterator[str]:
    yield from (evidence.value, evidence.meaning, evidence.indicator, evidence.title, evidence.source)
    for line in evidence.lines:
        yield from (line.label, line.text, line.sql, line.count, line.amount, line.removed)
    yield evidence.validity
    for line in evidence.lines:
        if line.records:
            yield from (line.label, *line.records)


def _inlines(inlines: Inlines) -> Iterator[str]:
    gathered: list[str] = []
    for inline in inlines:
        if isinstance(inline, Footnote):
            yield "".join(gathered)
            yield plain(inline.children)
            gathered = []
        else:
            gathered.append(plain((inline,)))
    yield "".join(gathered)
