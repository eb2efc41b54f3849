"""Imports are tried on the shipped programme: its layouts name its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from ewm.capture.served import programme as served
from ewm.capture.taxonomies.services import programme_load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from ewm.programme import Programme


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Programme]:  # noqa: ARG001
    """The shipped programme, loaded once for the tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        programme_load(programme=served())
        yield served()
        transaction.set_rollback(True)


@pytest.fixture
def innobb(_loaded: Programme, db: None) -> Programme:  # noqa: ARG001
    """The shipped programme, in the database."""
    return _loaded
