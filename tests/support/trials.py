"""How often a trial is repeated: a few times in ``make test``, EWM_KILLS times where that is set, often in a soak."""

from __future__ import annotations

import os
from typing import Any

import pytest


def times(few: int, soak: int = 200) -> list[Any]:
    """Return the numbers to parametrize a trial with."""
    asked = os.environ.get("EWM_KILLS")
    return [int(asked) if asked else few, pytest.param(soak, marks=pytest.mark.soak)]
