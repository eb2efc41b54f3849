"""Inlines as HTML: text, links to explanations, references, footnotes and drawn signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ewm.errors import ContentError
from ewm.report.document import Emphasis, Footnote, Link, Number, Reference, Sign, Strong, Text, plain
from ewm.report.html.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from ewm.report.document import Evidence, Inline, Inlines

_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number is printed: the anchor and how a link calls it."""

    id: str
    title: str


@dataclass(slots=True)
class Writer:
    """Writes the inlines of the report's page in order: it numbers footnotes and notes where each number is printed.

    ``files`` maps a key of the evidence to its page, ``anchors`` are the ids that references may lead to.
    """

    evidence: Mapping[str, Evidence]
    files: Mapping[str, str]
    anchors: Set[str]
    place: Place = field(default_factory=lambda: Place("", ""))
    footnotes: list[Inlines] = field(default_factory=list)
    places: dict[str, dict[str, str]] = field(default_factory=dict)

    def at(self, identifier: str, title: str) -> str:
        """Remember where the following numbers stand; prints nothing."""
        self.place = Place(identifier, title)
        return ""

    def write(self, inlines: Inlines) -> Markup:
        """Return inlines as HTML; raises ContentError for a reference or address that leads nowhere."""
        return Markup("").join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:
        if isinstance(inline, Number):
            return self._number(inline)
        if isinstance(inline, Reference):
            return self._reference(inline)
        if isinstance(inline, Footnote):
            return self._footnote(inline)
        if isinstance(inline, Link):
            return self._link(inline)
        return self._plain(inline)

    def _plain(self, inline: Text | Strong | Emphasis | Sign) -> Markup:
        if isinstance(inline, Text):
            return escape(inline.text)
        if isinstance(inline, Sign):
            return Markup('<svg class="sign" viewBox="0 0 12 12" role="img" aria-label="{}">{}</svg>').format(
                inline.text, SIGNS[inline.kind]
            )
        tag = Markup("<strong>{}</strong>") if isinstance(inline, Strong) else Markup("<em>{}</em>")
        return tag.format(self.write(inline.children))

    def _number(self, number: Number) -> Markup:
        evidence = self.evidence.get(number.evidence)
        if evidence is None:
            return Markup('<span class="stated" data-evidence="{}">{}</span>').format(number.evidence, number.text)
        if self.place.id:
            self.places.setdefault(number.evidence, {}).setdefault(self.place.id, self.place.title)
        return Markup('<a class="number" href="{}" title="{}"{}>{}</a>').format(
            self.files[number.evidence], evidence.meaning, raw(evidence), number.text
        )

    def _reference(self, reference: Reference) -> Markup:
        if reference.target not in self.anchors:
            raise ContentError(f"Der Verweis „{reference.text}“ führt ins Leere: Es gibt kein „{reference.target}“.")
        return Markup('<a href="#{}">{}</a>').format(reference.target, reference.text)

    def _footnote(self, footnote: Footnote) -> Markup:
        self.footnotes.append(footnote.children)
        return Markup(
            '<sup><a class="noteref" href="#note-{0}" id="noteref-{0}" role="doc-noteref">{0}</a></sup>'
        ).format(len(self.footnotes))

    def _link(self, link: Link) -> Markup:
        if not link.href.startswith(_SCHEMES):
            raise ContentError(
                f"Der Verweis „{plain(link.children)}“ führt zu „{link.href}“. Möglich sind https, http und mailto."
            )
        children = self.write(link.children)
        if "<a " in children:
            raise ContentError(
                f"Im Verweis auf {link.href} steht etwas, das selbst ein Verweis ist (errechnete Zahl, Fußnote, "
                "Abbildung). Bitte den Verweis daneben setzen."
            )
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(link.href, children)


def raw(evidence: Evidence) -> Markup:
    """Return the raw value and whole (integers: units or cents) as attributes, where they are known."""
    found = Markup("")
    for name, number in (("value", evidence.raw_value), ("whole", evidence.raw_whole)):
        if number is not None:
            found += Markup(' data-{}="{}"').format(name, number)
    return found
