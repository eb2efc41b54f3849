"""What the rules of the house are read from: the files of the repository and the syntax of its modules."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files below these folders of the repository, migrations left out (Django writes them)."""
    roots = tuple(ROOT / folder for folder in folders)
    return tuple(
        path
        for path in files()
        if path.suffix == ".py" and "migrations" not in path.parts and any(path.is_relative_to(root) for root in roots)
    )


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    """The path as the repository knows it; as it is, outside."""
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).as_posix()


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Name and text of every file that is text."""
    found = []
    for path in files():
        try:
            found.append((name(path), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return tuple(found)
