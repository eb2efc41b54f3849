"""From the document's inlines to runs: one character style each, links to places in the file or outside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.report.document import Emphasis, Footnote, Link, Number, Reference, Sign, Strong, Text
from ewm.report.office.items import LabelReference, NoteMark, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.report.document import Inline, Inlines
    from ewm.report.office.items import Run, Runs
    from ewm.report.office.pictures import Pictures

LABEL = re.compile(r"(?P<word>.+?)(?P<space>[ \N{NO-BREAK SPACE}])(?P<number>\d+)")
"""A label that an office program can count: „Abbildung 4“, but not „Abbildung B1“."""


@dataclass(frozen=True, slots=True)
class Inliner:
    """Turns inlines into runs. The mappings lead from ids of the document to places (bookmarks) of the file.

    ``labels`` has the label of every figure and table that the office program counts.
    """

    targets: Mapping[str, str]
    labels: Mapping[str, str]
    explained: Mapping[str, str]
    pictures: Pictures

    def runs(self, inlines: Inlines, style: str = "") -> Runs:
        """Return the runs of inlines; raises ContentError for a reference that leads nowhere and for nested notes."""
        return tuple(run for inline in inlines for run in self._runs(inline, style))

    def _runs(self, inline: Inline, style: str) -> Iterator[Run]:
        if isinstance(inline, Text):
            yield Span(inline.text, style)
        elif isinstance(inline, Number):
            yield Span(inline.text, style or "number", anchor=self.explained.get(inline.evidence, ""))
        elif isinstance(inline, Strong):
            yield from self.runs(inline.children, style if style == "method" else "strong")
        elif isinstance(inline, Emphasis):
            yield from self.runs(inline.children, style or "emphasis")
        elif isinstance(inline, Link):
            yield from self._link(inline)
        elif isinstance(inline, Reference):
            yield self._reference(inline, style)
        elif isinstance(inline, Footnote):
            yield NoteMark(self._note(inline))
        elif isinstance(inline, Sign):
            yield self.pictures.sign(inline)

    def _link(self, link: Link) -> Iterator[Run]:
        for run in self.runs(link.children):
            yield Span(run.text, "link", href=link.href) if isinstance(run, Span) else run

    def _reference(self, reference: Reference, style: str) -> Run:
        anchor = self.targets.get(reference.target)
        if anchor is None:
            raise ContentError(
                f"Der Verweis „{reference.text}“ zeigt auf „{reference.target}“, das es im Bericht nicht gibt. "
                "Bitte die Kennung eines Kapitels, einer Abbildung oder Tabelle einsetzen."
            )
        if same_label(self.labels.get(reference.target, ""), reference.text):
            return LabelReference(reference.text, anchor)
        return Span(reference.text, style, anchor=anchor)

    def _note(self, note: Footnote) -> Runs:
        runs = self.runs(note.children)
        if any(isinstance(run, NoteMark) for run in runs):
            raise ContentError(
                "In einer Fußnote steht eine Fußnote. Bitte die innere in den Text der äußeren aufnehmen."
            )
        return runs


def same_label(one: str, other: str) -> bool:
    """Whether two labels read alike, whatever kind of space they have."""
    return bool(one) and one.split() == other.split()
