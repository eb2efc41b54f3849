"""The places of a file to which its contents, references and numbers lead, found before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.document import Captioned, EvidenceBlock, Heading, Story
from ewm.report.office.inlines import LABEL, Inliner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.report.document import Block, Document, Evidence
    from ewm.report.office.pictures import Pictures


class Places:
    """Names of bookmarks by the ids of the document, begun as office programs begin those that they hide.

    Raises ContentError for an id that is given twice and for an explanation that is not there.
    """

    def __init__(self, document: Document, pictures: Pictures) -> None:
        self.document = document
        self.targets: dict[str, str] = {}
        explained: dict[str, str] = {}
        labels: dict[str, str] = {}
        for chapter in document.chapters:
            self._add(chapter.id, "_Toc")
            for block in _blocks(chapter.blocks):
                if isinstance(block, Heading | Story):
                    self._add(block.id, "_Toc")
                elif isinstance(block, Captioned):
                    self._add(block.id, "_Ref")
                    if LABEL.fullmatch(block.label):
                        labels[block.id] = block.label
                elif isinstance(block, EvidenceBlock):
                    self.evidence(block.evidence)
                    explained[block.evidence] = f"_Evd{len(explained) + 1:09}"
        self.imprint = f"_Toc{len(self.targets) + 1:09}"
        self.inliner = Inliner(self.targets, labels, explained, pictures)

    def anchors(self, target: str) -> tuple[str, ...]:
        """Return the place of an id, none for an element without id."""
        return (self.targets[target],) if target else ()

    def evidence(self, key: str) -> Evidence:
        """Return an explanation."""
        found = self.document.evidence.get(key)
        if found is None:
            raise ContentError(
                f"Für „{key}“ gibt es keinen Beleg. Bitte den Eintrag im Anhang entfernen oder berichtigen."
            )
        return found

    def _add(self, target: str, prefix: str) -> None:
        if not target:
            return
        if target in self.targets:
            raise ContentError(f"Die Kennung „{target}“ gibt es zweimal. Bitte eine davon ändern.")
        self.targets[target] = f"{prefix}{len(self.targets) + 1:09}"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Story):
            yield from _blocks(block.blocks)
