"""Finds characters that the fonts of the house style do not have, before anything is printed."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from ewm.errors import ContentError
from ewm.report.characters import characters
from ewm.report.document import FigureBlock
from ewm.report.pdf.walk import evidence_place, places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document

_TEXT_IN_SVG = re.compile(r">([^<]+)<")
_INVISIBLE = frozenset("\n\t\N{SOFT HYPHEN}")
_PRINTED_FIELDS = (
    "text", "title", "number", "unit", "label", "caption", "short", "rules", "source",
)  # fmt: skip


class _Printed(NamedTuple):
    text: str
    where: str
    mono: bool = False


def check_glyphs(document: Document, brand: Brand, fonts: Path, printed: Collection[str]) -> None:
    """Raise ContentError naming each character without a glyph, its place and its neighbourhood.

    ``printed`` are the explanations that the annex shows. Raises MissingError where a font family is not there.
    """
    sans, mono = characters(fonts, brand.fonts.sans), characters(fonts, brand.fonts.mono)
    found: dict[str, str] = {}
    for text, where, is_mono in _printed(document, printed):
        missing = set(text) - (mono if is_mono else sans) - _INVISIBLE
        for character in sorted(missing):
            found.setdefault(character, f"{where}: {_name(character)} in „{_around(text, character)}“")
    if found:
        raise ContentError(
            f"Die Schriften haben {len(found)} Zeichen nicht. Bitte ersetzen oder ausschreiben:\n"
            + "\n".join(found.values())
        )


def _printed(document: Document, printed: Collection[str]) -> Iterator[_Printed]:
    meta = document.meta
    head = [meta.title, meta.subtitle, meta.cluster, meta.report, *meta.words.values()]
    imprint = [*meta.imprint.publisher, *meta.imprint.editor, *meta.imprint.funding, *meta.imprint.notices]
    yield from (_Printed(text, "Titelei und Impressum") for text in (*head, *imprint))
    yield from (_Printed(getattr(inline, "text", ""), "Titelseite") for inline in meta.dots_text)
    for place in places(document):
        yield from (_Printed(text, place.where) for text in _texts(place.node))
    for key in printed:
        evidence = document.evidence[key]
        where = evidence_place(evidence)
        yield from (
            _Printed(text, where)
            for text in (evidence.value, evidence.meaning, evidence.title, evidence.source, evidence.validity)
        )
        for line in evidence.lines:
            yield _Printed(line.sql, where, mono=True)
            texts = (line.label, line.text, line.count, line.removed, line.amount, *line.records)
            yield from (_Printed(text, where) for text in texts)


def _texts(node: object) -> Iterator[str]:
    for name in _PRINTED_FIELDS:
        value = getattr(node, name, None)
        if isinstance(value, str):
            yield value
    for _taxonomy, terms in getattr(node, "tags", ()):
        yield _taxonomy
        yield from terms
    if isinstance(node, FigureBlock):
        yield from (unescape(text) for text in _TEXT_IN_SVG.findall(node.svg))


def _name(character: str) -> str:
    return f"„{character}“ (U+{ord(character):04X} {unicodedata.name(character, 'ohne Namen')})"


def _around(text: str, character: str, width: int = 24) -> str:
    at = text.index(character)
    return text[max(0, at - width) : at + width + 1].replace("\n", " ")
