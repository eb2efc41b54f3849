"""Which sentences of the methodology name plausibility checks of capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.hints import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.methodology import Methodology

MARK = "Hinweis"


def hint_sources(methodology: Methodology) -> tuple[Source, ...]:
    """Return the sentences that name a check, in the order of sheets; of two versions of a sentence only the later."""
    found = {(source.sheet, source.sentence, source.name): source for source in _named(methodology)}
    return tuple(found.values())


def _named(methodology: Methodology) -> Iterator[Source]:
    for sheet in methodology.sheets.values():
        tables = frozenset(methodology.source(name).name for name in sheet.of)
        for sentence in sheet.sentences:
            for mark in sentence.marks:
                if mark.kind == MARK and mark.name:
                    yield Source(mark.name, sheet.id, sentence.number, sentence.text, tables)
