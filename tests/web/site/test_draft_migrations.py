"""The tables of drafts go back to how they were, filled as well."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEFORE, AFTER = "0002_finished_forms", "0003_drafts_of_what_all_clusters_share"


@pytest.fixture
def own_database(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """An empty database beside the one of the tests."""
    alias = "back"
    connections.databases[alias] = deepcopy(connections.databases["default"]) | {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "back.sqlite3"), "OPTIONS": {}
    }  # fmt: skip
    with django_db_blocker.unblock():
        yield alias
        connections[alias].close()
    del connections[alias]
    del connections.databases[alias]


def tables(alias: str, name: str) -> Any:
    executor = MigrationExecutor(connections[alias])
    return executor.migrate([("drafts", name)]).apps


def test_drafts_of_no_cluster_go_when_the_table_asks_for_one_again(own_database: str) -> None:
    apps = tables(own_database, AFTER)

    def made(app: str, model: str, **values: Any) -> Any:
        return apps.get_model(app, model).objects.using(own_database).create(**values)

    named = {"label_de": "C", "label_en": "C", "position": 1}
    term = made("taxonomies", "Term", term_id="t", taxonomy="cluster_kinds", series_id="t", **named)
    cluster = made("taxonomies", "Cluster", cluster_id="c", kind=term, **named)
    account = made("accounts", "Account", name="A", email="a@beispiel.invalid")
    for kind, of in (("actors", None), ("projects", cluster)):
        made("drafts", "Draft", account=account, kind=kind, key="k", cluster=of, data={}, saved_at=timezone.now())
    before = tables(own_database, BEFORE)
    kept = before.get_model("drafts", "Draft").objects.using(own_database)
    assert [(each.kind, each.cluster_id) for each in kept.all()] == [("projects", "c")]
