"""From the document to the items of an office file: everything that decides about content and order stands here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.document import (
    Bullets,
    Captioned,
    Chapter,
    EvidenceBlock,
    FigureBlock,
    Heading,
    KeyNumber,
    MarginNote,
    Paragraph,
    PlainTable,
    Sign,
    Story,
    TableBlock,
    Tiles,
    plain,
)
from ewm.report.office.cover import cover, facts, imprint, running_foot, running_head
from ewm.report.office.evidence import explanation, fact, snapshot_box
from ewm.report.office.grids import grid_table
from ewm.report.office.inlines import LABEL
from ewm.report.office.items import (
    Contents,
    Entry,
    IndexEntry,
    Label,
    OfficeDocument,
    Para,
    Run,
    Span,
    Tab,
    texts,
)
from ewm.report.office.pictures import Pictures, photograph
from ewm.report.office.places import Places
from ewm.report.office.styles import STYLE_WORDS
from ewm.report.office.widths import Lettering, beside
from ewm.report.office.xml import legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Block, Document, Note
    from ewm.report.office.items import Item, Runs

WORDS = (
    "as_of", "contents", "cut_off", "cut_off_of_data", "editor", "export", "figures_and_tables", "funding", "hash",
    "imprint", "linked_records", "notices", "publisher", "remaining", "removed", "removed_records", "rule", "sentence",
    "snapshot", "source", "validity", *STYLE_WORDS,
)  # fmt: skip
"""Keys of ``Meta.words`` that the office files need."""

_NOTE_ORDER = {"reading": 0, "method": 1, "explanation": 2}


def office_document(document: Document, *, assets: Path, brand: Brand) -> OfficeDocument:
    """Return the report as items; raises ContentError, with the place, for whatever cannot be written."""
    words = document.meta.words
    missing = [key for key in WORDS if not words.get(key)]
    if missing:
        raise ContentError(
            f"Feste Wörter der Sprache „{document.meta.language}“ fehlen: {', '.join(missing)}. "
            "Bitte in den festen Wörtern der Berichtsform ergänzen."
        )
    return _Flow(document, Pictures(document, brand, assets)).made()


class _Flow:
    """Walks through one document; counts labels and ordered lists on the way."""

    def __init__(self, document: Document, pictures: Pictures) -> None:
        self.document = document
        self.pictures = pictures
        self.places = Places(document, pictures)
        self.words: Mapping[str, str] = document.meta.words
        self.runs = self.places.inliner.runs
        self.counted: dict[str, int] = {}
        self.lists = 0

    def made(self) -> OfficeDocument:
        meta = self.document.meta
        return OfficeDocument(
            facts=facts(meta),
            cover=tuple(cover(meta, self.places.inliner)),
            body=tuple(self._body()),
            header=running_head(meta),
            footer=running_foot(meta),
            style_names={key.removeprefix("style_"): self.words[key] for key in STYLE_WORDS},
        )

    def _body(self) -> Iterator[Item]:
        chapters = self.document.chapters
        yield Contents(self.words["contents"], tuple(self._entries()))
        captions = tuple(self._caption_entries())
        if captions:
            yield Contents(self.words["figures_and_tables"], captions, captions=True)
        for before, chapter in zip((None, *chapters), chapters, strict=False):
            yield from self._chapter(chapter, new_page=_begins_page(chapter, before))
        yield Para("heading_1", (Tab(), Span(self.words["imprint"])), (self.places.imprint,))
        yield from imprint(self.document.meta)

    # -- contents ------------------------------------------------------------------------------------------------------

    def _entries(self) -> Iterator[Entry]:
        targets = self.places.targets
        for chapter in self.document.chapters:
            yield Entry(1, chapter.number, chapter.title, targets[chapter.id])
            for block in chapter.blocks:
                if isinstance(block, Heading) and block.level == 2 and block.outlined:
                    yield Entry(2, block.number or "", plain(block.content), targets[block.id])
                elif isinstance(block, Story):
                    yield Entry(2, "", block.title, targets[block.id])
        yield Entry(1, "", self.words["imprint"], self.places.imprint)

    def _caption_entries(self) -> Iterator[Entry]:
        blocks = [block for chapter in self.document.chapters for block in chapter.blocks]
        for kind in (FigureBlock, TableBlock):
            for block in blocks:
                if isinstance(block, kind):
                    yield Entry(3, block.label, block.short, self.places.targets[block.id])

    # -- chapters ------------------------------------------------------------------------------------------------------

    def _chapter(self, chapter: Chapter, *, new_page: bool) -> Iterator[Item]:
        runs = (Span(chapter.number, "chapter_number"), Tab(), Span(chapter.title))
        yield Para("heading_1", runs, (self.places.targets[chapter.id],), new_page)
        where = " ".join(part for part in ("Kapitel", chapter.number, f"„{chapter.title}“") if part)
        for before, block in zip((None, *chapter.blocks), chapter.blocks, strict=False):
            if isinstance(block, PlainTable) and not isinstance(before, Heading):
                yield Para("table_title", (Span(block.title),))
            yield from self._named(block, where)
        if any(isinstance(block, EvidenceBlock) for block in chapter.blocks):
            yield from snapshot_box(self.document.meta)

    def _named(self, block: Block, where: str) -> Sequence[Item]:
        """Return a block's items; whatever is wrong with it is told with its chapter and name."""
        name = block.label if isinstance(block, Captioned) else block.title if isinstance(block, Story) else ""
        try:
            items = list(self._block(block))
            for text in texts(items):
                legal(text)
        except ContentError as error:
            raise ContentError(f"{where}{f', {name}' if name else ''}: {error}") from error
        return items

    def _block(self, block: Block) -> Iterator[Item]:
        if isinstance(block, Paragraph):
            yield Para("lead" if block.lead else "body", self.runs(block.content))
        elif isinstance(block, Heading):
            yield self._heading(block)
        elif isinstance(block, Bullets):
            yield from self._bullets(block)
        elif isinstance(block, KeyNumber):
            yield self._key_number(block)
        elif isinstance(block, Tiles):
            yield from map(self._key_number, block.numbers)
        elif isinstance(block, MarginNote):
            after = beside(Lettering(block.title, 9, 600))
            yield Para("margin_note", (Span(block.title, "label"), after, *self.runs(block.text)))
        else:
            yield from self._wide(block)

    def _wide(self, block: Block) -> Iterator[Item]:
        if isinstance(block, FigureBlock):
            yield from self._figure(block)
        elif isinstance(block, TableBlock):
            yield from self._head(block)
            foot = list(self._foot(block))
            table = grid_table(f"{block.label}: {block.caption}", block.grid, self.places.inliner)
            yield replace(table, tied=bool(foot))
            yield from foot
        elif isinstance(block, PlainTable):
            if not block.title.strip():
                raise ContentError("Eine Tabelle ohne Nummer hat keinen Titel. Bitte ergänzen.")
            yield grid_table(block.title, block.grid, self.places.inliner)
        elif isinstance(block, Story):
            yield from self._story(block)
        elif isinstance(block, EvidenceBlock):
            evidence = self.places.evidence(block.evidence)
            yield from explanation(evidence, (self.places.inliner.explained[block.evidence],), self.words)

    # -- text ----------------------------------------------------------------------------------------------------------

    def _heading(self, heading: Heading) -> Para:
        content, anchors = self.runs(heading.content), self.places.anchors(heading.id)
        if heading.level == 2 and (heading.number or heading.outlined):
            number = (Span(heading.number, "chapter_number"),) if heading.number else ()
            return Para("heading_2", (*number, Tab(), *content), anchors)
        return Para("section" if heading.level == 2 else "heading_3", content, anchors)

    def _bullets(self, bullets: Bullets) -> Iterator[Para]:
        if not bullets.items:
            raise ContentError("Eine Liste hat keinen Punkt. Bitte ergänzen oder entfernen.")
        self.lists += 1
        if bullets.ordered:
            yield from (Para("ordered", self.runs(item), list_id=self.lists) for item in bullets.items)
        elif all(item and isinstance(item[0], Sign) for item in bullets.items):
            for item in bullets.items:
                yield Para("legend", (*self.runs(item[:1]), Tab(), *self.runs(item[1:])))
        else:
            yield from (Para("bullet", self.runs(item), list_id=self.lists) for item in bullets.items)

    def _key_number(self, block: KeyNumber) -> Para:
        unit = f"\N{NO-BREAK SPACE}{block.unit}" if block.unit else ""
        after = beside(Lettering(block.number.text, 22), Lettering(unit, 13))
        number = (*self.runs((block.number,), "key_value"), *((Span(unit, "value"),) if unit else ()))
        return Para("key_number", (*number, after, *self.runs(block.meaning)))

    # -- figures and tables --------------------------------------------------------------------------------------------

    def _figure(self, figure: FigureBlock) -> Iterator[Item]:
        drawing = self.pictures.figure(figure)
        yield from self._head(figure)
        yield Para("figure", (drawing,))
        yield from self._foot(figure)

    def _head(self, block: FigureBlock | TableBlock) -> Iterator[Para]:
        yield Para("finding", (Tab(), *self.runs(block.headline)))
        label, anchors = self._label(block)
        entry = IndexEntry(f"{block.label}\t{block.short}")
        yield Para("caption", (entry, label, Tab(), Span(block.caption)), anchors)

    def _label(self, block: FigureBlock | TableBlock) -> tuple[Run, tuple[str, ...]]:
        match, anchor = LABEL.fullmatch(block.label), self.places.targets[block.id]
        if match is None:
            return Span(block.label, "label"), (anchor,)
        word, number = match["word"], int(match["number"])
        restart = number != self.counted.get(word, 0) + 1
        self.counted[word] = number
        return Label(word, match["space"], number, restart, anchor), ()

    def _foot(self, block: FigureBlock | TableBlock) -> Iterator[Para]:
        yield from map(self._note, sorted(block.notes, key=lambda note: _NOTE_ORDER[note.kind]))
        rule = f"{self.words['rule']} {block.rules}" if block.rules else ""
        rules = (Span(rule),) if rule else ()
        source = (Span(f"{self.words['source']}: {block.source}"),) if block.source else ()
        if rules or source:
            yield Para("source", (*rules, beside(Lettering(rule, 8)), *source))

    def _note(self, note: Note) -> Para:
        if note.kind == "method":
            return Para("method_note", self._method(self.runs(note.content)))
        return Para("note", self.runs(note.content))

    def _method(self, runs: Runs) -> Runs:
        """Return the runs with what is strong in the colour of method."""
        return tuple(
            Span(run.text, "method", run.href, run.anchor) if isinstance(run, Span) and run.style == "strong" else run
            for run in runs
        )

    # -- stories -------------------------------------------------------------------------------------------------------

    def _story(self, story: Story) -> Iterator[Item]:
        yield Para("heading_2", (Tab(), Span(story.title)), self.places.anchors(story.id))
        if story.picture:
            yield Para("figure", (photograph(story.picture),))
            yield Para("picture_caption", (Span(story.picture.caption),))
        yield from map(self._key_number, story.numbers)
        for block in story.blocks:
            yield from self._block(block)
        for taxonomy, terms in story.tags:
            yield fact(taxonomy, Span(" · ".join(terms)))
        if story.linked:
            label = self.words["linked_records"]
            yield Para("fact", (Span(label, "label"), beside(Lettering(label, 9, 600)), *self.runs(story.linked)))


def _begins_page(chapter: Chapter, before: Chapter | None) -> bool:
    """Whether a chapter starts a page: the first one, the one after a page without number, the first annex."""
    if before is None or not before.number:
        return True
    return chapter.number.isalpha() and not before.number.isalpha()
