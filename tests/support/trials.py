"""How often a trial is repeated: a few times in ``make test``, EWM_KILLS times in ``make kills``, often in a soak."""

from __future__ import annotations

import os
from typing import Any

import pytest


def times(few: int, soak: int = 200) -> list[Any]:
    """Return the numbers to parametrize a trial with; one with ``few=0`` is left to ``make kills`` and the soak."""
    asked = int(os.environ.get("EWM_KILLS", few))
    return [*([asked] if asked else []), pytest.param(soak, marks=pytest.mark.soak)]
