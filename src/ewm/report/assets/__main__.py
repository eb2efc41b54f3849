"""``python -m ewm.report.assets``: builds the assets of the house style, once."""

from __future__ import annotations

import sys
from pathlib import Path

from ewm.config import load_config
from ewm.errors import EwmError
from ewm.report.assets import ASSETS
from ewm.report.assets.build import build

ROOT = Path(__file__).resolve().parents[4]


def main() -> int:
    """Build what is missing or outdated; the exit code is that of the error, if any."""
    try:
        built = build(root=ROOT, target=ASSETS, programme=load_config().programme)
    except EwmError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if built:
        sys.stdout.write(f"Schriften und Kreisgrenzen sind gebaut: {ASSETS}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
