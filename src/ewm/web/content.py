"""The methodology of a programme, which a snapshot's manifest names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.indicators.methodology import load_methodology

if TYPE_CHECKING:
    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme


def methodology_of(programme: Programme) -> Methodology:
    """Load the methodology that lies in a programme's folder; raises ContentError listing every problem."""
    ids = {name: frozenset(term.term_id for term in programme.taxonomy(name)) for name in programme.taxonomies}
    return load_methodology(programme.path / "methodology", programme.reporting_years, ids)
