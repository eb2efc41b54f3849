"""Small files, small functions: what is larger stands in sizes.toml with its reason."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.architecture.tree import modules, name, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_LINES = 400
FUNCTION_LINES = 40
ARGUED = tomllib.loads((Path(__file__).parent / "sizes.toml").read_text(encoding="utf-8"))
CODE = ("src", "benchmarks")  # a test tells one story: its functions may be longer


def large_files() -> set[str]:
    return {
        name(path)
        for path in modules(*CODE, "tests")
        if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
    }


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, int]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, (node.end_lineno or node.lineno) - node.lineno + 1
            yield from functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")


def large_functions() -> set[str]:
    return {
        f"{name(path)}::{function}"
        for path in modules(*CODE)
        for function, lines in functions(syntax(path))
        if lines > FUNCTION_LINES
    }


def test_large_files_are_argued_for() -> None:
    assert large_files() == set(ARGUED["files"])


def test_large_functions_are_argued_for() -> None:
    assert large_functions() == set(ARGUED["functions"])


def test_every_argument_is_a_sentence() -> None:
    for reasons in ARGUED.values():
        assert all(len(reason.split()) >= 5 for reason in reasons.values())


def test_lines_of_a_function_are_counted_from_def_to_end() -> None:
    tree = ast.parse("class A:\n    def b(self):\n        def c():\n            pass\n        return c\n")
    assert dict(functions(tree)) == {"A.b": 4, "A.b.c": 2}
