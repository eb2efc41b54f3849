"""Runs the browser and the validator over pages; a test is skipped, with the reason, where one of them is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME = Path(__file__).parent
MODULES = HOME / "node_modules"
_POLICY = "Resource violates Content Security Policy"
INSTALL = "npm ci --ignore-scripts --prefix tests/browser"


@dataclass(frozen=True, slots=True)
class Visit:
    """One page in one width and colour scheme.

    How far it scrolls sideways (px), which rules of axe-core it breaks and how many it keeps (0: they did not run),
    what the console said, what was asked for.
    """

    page: str
    scheme: str
    width: int
    scrolls: int
    violations: list[str]
    passes: int
    messages: list[str]
    requests: list[str]

    @property
    def name(self) -> str:
        """The page, width and scheme in short."""
        return f"{Path(self.page).name} {self.width} px {self.scheme}"


def visit(
    pages: Sequence[Path],
    *,
    widths: Sequence[int] = (320, 360, 768, 960, 1280, 1920),
    rules: Sequence[int] = (360, 1280),
    schemes: Sequence[str] = ("light", "dark"),
) -> list[Visit]:
    """Open pages from disk (file://) in every width and scheme; ``rules`` are the widths in which axe-core runs.

    Skips the test without Node, Chromium or the packages.
    """
    job = {
        "browser": _program("chromium", "chromium-browser", "google-chrome"),
        "pages": [page.resolve().as_uri() for page in pages],
        "widths": widths,
        "rules": rules,
        "schemes": schemes,
    }
    script = _module("playwright-core", "axe-core").parent / "visit.mjs"
    done = subprocess.run(
        [_program("node"), str(script)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return [Visit(**found) for found in json.loads(done.stdout)]


def validate(pages: Sequence[Path], *, remarks: bool = True) -> list[str]:
    """Return every message of the validator; skips the test without Java or its package.

    Without ``remarks`` only errors count: it remarks that a table has the role of one, which it loses in some browsers
    where its rows are shown as cards.

    Left out is that a file beside the page breaks the page's content policy: the validator compares origins, which
    files do not have. The browser is the judge of that.
    """
    jar = _module("vnu-jar") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [_program("java"), "-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", str(jar), "--format", "json", *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', 0)}: {one['message']} · {one.get('extract', '').strip()}"
        for one in messages
        if not one["message"].startswith(_POLICY) and (remarks or one["type"] == "error")
    ]


def _program(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def _module(*names: str) -> Path:
    missing = [name for name in names if not (MODULES / name).is_dir()]
    if missing:
        pytest.skip(f"{', '.join(missing)} missing: {INSTALL}")
    return MODULES
