"""The programme's content as the commands need it: terms and methodology, read where a command asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.programme import Programme


def programme() -> Programme:
    """Load the programme that the configuration names; raises ContentError listing every problem."""
    from ewm.config import load_config
    from ewm.programme import load_programme

    return load_programme(load_config().programme)


def methodology(content: Programme | None = None) -> Methodology:
    """Load the methodology of the programme; raises ContentError listing every problem."""
    from ewm.indicators.methodology import load_methodology

    chosen = content or programme()
    ids = {name: frozenset(term.term_id for term in chosen.taxonomy(name)) for name in chosen.taxonomies}
    return load_methodology(methodology_folder(), chosen.reporting_years, ids)


def methodology_folder() -> Path:
    """Return the folder of the programme's methodology: sheets, cases, world, seals."""
    from ewm.config import load_config

    return load_config().programme / "methodology"
