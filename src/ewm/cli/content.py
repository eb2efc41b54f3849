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


def methodology() -> Methodology:
    """Load the methodology of the programme; raises ContentError listing every problem."""
    from ewm.web.content import methodology_of

    return methodology_of(programme())


def methodology_folder() -> Path:
    """Return the folder of the programme's methodology: sheets, cases, world, seals."""
    from ewm.config import load_config

    return load_config().programme / "methodology"
