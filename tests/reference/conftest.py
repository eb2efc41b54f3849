"""The reference records, loaded through the services, exported as they were known for the report, and computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb
import pytest
from django.db import transaction

from ewm.capture.exporter.export import snapshot_export
from ewm.capture.hints import Hint, Scope, find_hints
from ewm.capture.hints.cross_cluster import outside_partners
from ewm.capture.records.loading import records_load
from ewm.capture.taxonomies.services import programme_load
from ewm.config import load_config
from ewm.indicators.methodology import Methodology, load_methodology
from ewm.indicators.published_form import Published, load_published
from ewm.indicators.results import tidy
from ewm.indicators.run import compute
from ewm.programme import Programme, load_programme
from ewm.snapshot.reader import open_snapshot
from ewm.web.hints import hint_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

CUT_OFF = date(2020, 12, 31)
KNOWN = datetime(2021, 2, 15, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@dataclass(frozen=True)
class Reference:
    """A connection with the snapshot's tables and the tidy results, as known for the report and as known now.

    ``hints`` is what the plausibility checks say of the last year, ``cross_cluster`` the projects with partners from
    other clusters.
    """

    for_report: duckdb.DuckDBPyConnection
    known_now: duckdb.DuckDBPyConnection
    hints: list[Hint]
    cross_cluster: set[str]


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme(load_config().programme)


@pytest.fixture(scope="session")
def methodology(programme: Programme) -> Methodology:
    taxonomies = {name: frozenset(term.term_id for term in programme.taxonomy(name)) for name in programme.taxonomies}
    return load_methodology(programme.path / "methodology", programme.reporting_years, taxonomies)


@pytest.fixture(scope="session")
def records(programme: Programme) -> Path:
    return programme.path / "reference" / "records"


@pytest.fixture(scope="session")
def published(programme: Programme) -> Published:
    return load_published(programme.path / "reference" / "published-2020.yaml")


@pytest.fixture(scope="session")
def reference(
    programme: Programme,
    methodology: Methodology,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,  # noqa: ARG001  (the database must be there: tests that use this are marked django_db)
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Reference]:
    """Load, export twice and compute; the database is left as it was found."""
    home = tmp_path_factory.mktemp("snapshots")
    connections = []
    with django_db_blocker.unblock(), transaction.atomic():
        programme_load(programme=programme)
        records_load(folder=programme.path / "reference" / "records")
        for as_of in (KNOWN, None):
            info = snapshot_export(
                folder=home,
                cut_off=CUT_OFF,
                as_of=as_of,
                programme=programme,
                methodology_hash=methodology.content_hash,
            )
            connection = duckdb.connect()
            open_snapshot(home / info.name).register(connection)
            tidy(connection, methodology, compute(connection, methodology))
            connections.append(connection)
        scope = Scope(year=programme.reporting_years[-1])
        hints = find_hints(scope=scope, programme=programme, sources=hint_sources(methodology, programme))
        cross_cluster = {project.code for project in outside_partners(Scope())}
        transaction.set_rollback(True)
    for_report, known_now = connections
    yield Reference(for_report, known_now, hints, cross_cluster)
    for connection in connections:
        connection.close()
