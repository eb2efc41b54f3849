"""Data packages as others see them: read and checked by Frictionless, the reference for the format."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def described(path: Path) -> dict[str, Any]:
    """What a package says of itself."""
    with zipfile.ZipFile(path) as packed:
        found: dict[str, Any] = json.loads(packed.read("datapackage.json"))
    return found


def problems(path: Path) -> list[str]:
    """Everything that Frictionless finds wrong: description, types, constraints, keys, sizes and hashes."""
    from frictionless import Package  # noqa: PLC0415  (takes a second)

    report = Package(str(path)).validate()
    assert report.stats["tasks"] == len(described(path)["resources"])
    return [f"{each}" for each in report.flatten(["title", "rowNumber", "fieldName", "message"])]
