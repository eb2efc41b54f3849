"""Writes go through services: nothing hides in save(), in signals or in statements that history does not see."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.tree import modules, name, syntax

if TYPE_CHECKING:
    from pathlib import Path

SILENT = {"update", "aupdate", "bulk_create", "abulk_create", "bulk_update", "abulk_update", "update_or_create"}
# Files that may issue such statements, each with its reason.
ARGUED = {"src/ewm/capture/writing.py": "the one place that writes rows: it compares versions and leaves history"}


def silent_writes(path: Path) -> list[str]:
    return [
        f"{name(path)}:{node.lineno}: .{node.func.attr}("
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SILENT
        if not is_hash(node)
    ]


def is_hash(node: ast.Call) -> bool:
    """``digest.update(...)`` feeds a hash and writes nothing."""
    assert isinstance(node.func, ast.Attribute)
    return isinstance(node.func.value, ast.Name) and node.func.value.id in {"digest", "hasher"}


def test_no_write_passes_history_by() -> None:
    found = {path: silent_writes(path) for path in modules("src/ewm/capture", "src/ewm/web")}
    assert {name(path) for path, writes in found.items() if writes} == set(ARGUED), found


def test_models_keep_djangos_save() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules("src/ewm")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "full_clean"}
    ]
    assert found == []


def test_no_signals() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules("src/ewm")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "django.dispatch"))
    ]
    assert found == []
