"""Imports are tried on the shipped programme: its layouts name its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.programmes import load_served

if TYPE_CHECKING:
    from ewm.programme import Programme


@pytest.fixture
def innobb(db: None) -> Programme:  # noqa: ARG001
    """The shipped programme, in the database."""
    return load_served()
