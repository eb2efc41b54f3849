"""The content of a programme beside its terms: methodology, what is asked of records, figures of the start page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ewm.capture.served import programme
from ewm.indicators.methodology import load_methodology
from ewm.programme import OverviewFigure, load_overview

if TYPE_CHECKING:
    from ewm.capture.hints import Source
    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme


def methodology_of(programme: Programme) -> Methodology:
    """Load the methodology that lies in a programme's folder; raises ContentError listing every problem."""
    ids = {name: frozenset(term.term_id for term in programme.taxonomy(name)) for name in programme.taxonomies}
    return load_methodology(programme.path / "methodology", programme.reporting_years, ids)


@cache
def served_methodology() -> Methodology:
    """Return the methodology of the programme that this process serves, read once."""
    return methodology_of(programme())


@cache
def served_sources() -> tuple[Source, ...]:
    """Return who asks for which check."""
    from ewm.web.hints import hint_sources  # noqa: PLC0415 (brings models: the command line reads methodology without)

    return hint_sources(served_methodology(), programme())


@cache
def asked_checks() -> frozenset[str]:
    """Return the names of the checks for which somebody asks."""
    return frozenset(source.name for source in served_sources())


@cache
def served_overview() -> tuple[OverviewFigure, ...]:
    """Return the figures of the start page."""
    return load_overview(programme())
