"""Who asks for the plausibility checks of capture: sentences of the methodology, and the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.hints import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme

MARK = "Hinweis"


def hint_sources(methodology: Methodology, programme: Programme) -> tuple[Source, ...]:
    """Return the sentences that name a check, in the order of sheets, then what the programme asks for.

    Of two versions of a sentence only the later is named.
    """
    found = {(source.sheet, source.sentence, source.name): source for source in _named(methodology)}
    asked = [Source.of_programme(name, reason) for name, reason in programme.hints.checks.items()]
    return (*found.values(), *asked)


def _named(methodology: Methodology) -> Iterator[Source]:
    for sheet in methodology.sheets.values():
        tables = frozenset(methodology.source(name).name for name in sheet.of)
        for sentence in sheet.sentences:
            for mark in sentence.marks:
                if mark.kind == MARK and mark.name:
                    yield Source(mark.name, sheet.id, sentence.number, sentence.text, tables)
