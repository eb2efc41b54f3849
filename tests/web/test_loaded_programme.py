"""Tests of the site begin with the programme written again; it is the one that loading writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from ewm.capture.taxonomies.models import Cluster, Term
from ewm.capture.taxonomies.services import programme_load
from ewm.web.focus import programme as served
from tests.support.programmes import load_served


def rows() -> list[list[dict[str, Any]]]:
    """Return every row of the programme and of its history, but for moments and numbers of the history."""
    found: list[list[dict[str, Any]]] = []
    models: tuple[Any, ...] = (Cluster, Term)
    for model in models:
        found.append(list(model._default_manager.order_by("pk").values()))
        found.append(list(model.history.order_by(model._meta.pk.name).values()))
    for row in (row for table in found for row in table):
        row.pop("history_date", None)
        row.pop("history_id", None)
    return found


@pytest.mark.django_db
def test_what_is_written_again_is_what_loading_writes() -> None:
    with transaction.atomic():
        programme_load(programme=served())
        expected = rows()
        transaction.set_rollback(True)
    assert all(expected)
    for _ in ("first", "again"):
        with transaction.atomic():
            load_served()
            assert rows() == expected
            transaction.set_rollback(True)
