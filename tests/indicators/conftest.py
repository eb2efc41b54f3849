"""The delivered methodology over a random region, computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from ewm.config import load_config
from ewm.indicators.methodology import Methodology, load_methodology
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from ewm.programme import Programme, load_programme
from tests.support.random_region import fill, random_region

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(load_config().programme)


@pytest.fixture(scope="session")
def delivered(programme: Programme) -> Methodology:
    taxonomies = {name: frozenset(term.term_id for term in programme.taxonomy(name)) for name in programme.taxonomies}
    return load_methodology(programme.path / "methodology", programme.reporting_years, taxonomies)


@pytest.fixture(scope="module")
def region(programme: Programme, delivered: Methodology) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the region's tables and the tidy results of all indicators."""
    with duckdb.connect() as connection:
        fill(connection, random_region(programme, count=200, seed=7))
        tidy(connection, delivered, compute(connection, delivered))
        yield connection
