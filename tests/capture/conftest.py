"""Capture's tests start with the small programme in the database, and with records where they ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.capture.activities.services import activities_create
from ewm.capture.actors.services import actors_create
from ewm.capture.projects.services import projects_create
from ewm.capture.taxonomies.catalogue import read_catalogue
from ewm.capture.taxonomies.services import programme_load
from tests.capture import entries
from tests.capture.programme import small_programme

if TYPE_CHECKING:
    from ewm.capture.taxonomies.catalogue import Catalogue
    from ewm.programme import Programme


@pytest.fixture
def programme(db: None) -> Programme:  # noqa: ARG001
    """The small programme, loaded."""
    made = small_programme()
    programme_load(programme=made)
    return made


@pytest.fixture
def catalogue(programme: Programme) -> Catalogue:  # noqa: ARG001
    """The small programme as the rules see it."""
    return read_catalogue()


@pytest.fixture
def actors(programme: Programme) -> None:  # noqa: ARG001
    """Two actors."""
    actors_create(entries=[entries.actor("A-1"), entries.actor("A-2")])


@pytest.fixture
def records(actors: None) -> None:  # noqa: ARG001
    """Two actors, a project and an activity."""
    projects_create(entries=[entries.project()])
    activities_create(entries=[entries.activity()])
