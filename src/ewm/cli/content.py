"""The programme's content as the commands need it: terms and methodology, read where a command asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.indicators.cases import Case
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.world import World
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


def cases(methodology: Methodology) -> tuple[World, tuple[Case, ...]]:
    """Load the small world and all cases of the programme; raises ContentError listing every problem."""
    from ewm.indicators.cases import load_cases
    from ewm.indicators.world import load_world

    folder = methodology_folder()
    world = load_world(folder / "world.yaml", methodology.taxonomies)
    return world, load_cases(folder, methodology, world)


def methodology_folder() -> Path:
    """Return the folder of the programme's methodology: sheets, cases, world, seals."""
    from ewm.config import load_config

    return load_config().programme / "methodology"
