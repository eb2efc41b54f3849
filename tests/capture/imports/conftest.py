"""Imports are tried on the shipped programme: its layouts name its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ewm.capture.served import programme as served
from ewm.capture.taxonomies.services import programme_load

if TYPE_CHECKING:
    from ewm.programme import Programme


@pytest.fixture
def innobb(db: None) -> Programme:  # noqa: ARG001
    """The shipped programme, loaded."""
    programme_load(programme=served())
    return served()
