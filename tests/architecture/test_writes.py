"""Writes go through services: nothing hides in save(), in signals or in statements that history does not see."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.architecture.tree import modules, name, syntax

if TYPE_CHECKING:
    from pathlib import Path

SILENT = {"bulk_create", "abulk_create", "bulk_update", "abulk_update", "update_or_create", "bulk_history_create"}
UPDATE = {"update", "aupdate"}
# Files that may issue such statements, each with its reason.
ARGUED = {
    "src/ewm/capture/writing.py": "the one place that writes rows: it compares versions and leaves history",
    "src/ewm/capture/imports/storing.py": "what an import keeps of a file are no records: it has no history",
    "src/ewm/capture/background/queue.py": "tasks are no records: one update claims a task, whoever else wants it",
}


# Files that hear or send signals, each with its reason.
SIGNALS = {
    "src/ewm/capture/background/queue.py": "tells what listens to the queue's library that a task ended",
    "src/ewm/capture/background/worker.py": "tells what listens to the queue's library that a task began or ended",
    "src/ewm/capture/imports/tasks.py": "brings the import of a failed task to where people can go on; no record",
}


def silent_writes(path: Path) -> list[str]:
    return [
        f"{name(path)}:{node.lineno}: .{node.func.attr}("
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in SILENT or (node.func.attr in UPDATE and not node.args)
    ]


def test_no_write_passes_history_by() -> None:
    found = {path: silent_writes(path) for path in modules("src/ewm/capture", "src/ewm/web")}
    assert {name(path) for path, writes in found.items() if writes} == set(ARGUED), found


def test_an_update_of_rows_is_told_from_other_updates(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("rows.update(version=2)\nfound.update({})\nservice.update(entry, version=2)\n", encoding="utf-8")
    assert [found.rpartition(":")[0] for found in silent_writes(module)] == [f"{module}:1"]


def test_models_keep_djangos_save() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules("src/ewm")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "full_clean"}
    ]
    assert found == []


def test_no_signals_but_those_that_are_argued() -> None:
    found = {
        name(path)
        for path in modules("src/ewm")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "django.dispatch"))
    }
    assert found == set(SIGNALS)
