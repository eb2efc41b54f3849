"""What the report's fonts can show: every writer refuses a character before it prints a box in its place."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from ewm.errors import MissingError
from ewm.report.assets import METRICS

if TYPE_CHECKING:
    from pathlib import Path


@cache
def characters(fonts: Path, family: str) -> frozenset[str]:
    """Characters that every weight of a family has, from the widths that are built beside the folder of fonts.

    Raises MissingError where the family was not built.
    """
    path = fonts.parent / METRICS
    widths = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if family not in widths:
        raise MissingError(f"Die Schrift „{family}“ fehlt in {path}. Sie entsteht mit „make assets“.")
    return frozenset.intersection(*map(frozenset, widths[family].values()))
