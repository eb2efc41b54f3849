"""KERN's style sheet, compiled by sass from the parts that the pages use."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ewm.errors import MissingError
from ewm.report.assets.node import node

ENTRY = Path(__file__).resolve().parent / "kern.scss"


def compile_styles(packages: Path) -> str:
    """Return compressed CSS; raises MissingError with sass's own words where it refuses, or without Node."""
    done = subprocess.run(  # noqa: S603
        [
            node(),
            str(packages / "sass" / "sass.js"),
            "--style=compressed",
            "--no-source-map",
            "--no-charset",
            f"--load-path={packages / '@kern-ux' / 'native' / 'src' / 'scss'}",
            str(ENTRY),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MissingError(f"sass konnte {ENTRY} nicht übersetzen:\n{done.stderr.strip()}")
    return done.stdout
