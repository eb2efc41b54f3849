"""``python -m ewm.web.assets``: builds what the pages need, once."""

from __future__ import annotations

import sys
from pathlib import Path

from ewm.errors import EwmError
from ewm.report.assets import ASSETS
from ewm.web.assets import SITE
from ewm.web.assets.build import build

ROOT = Path(__file__).resolve().parents[4]


def main() -> int:
    """Build what is missing or outdated; the exit code is that of the error, if any."""
    try:
        built = build(root=ROOT, target=ASSETS.resolve() / SITE)
    except EwmError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if built:
        sys.stdout.write(f"Gestaltung und Symbole sind gebaut: {ASSETS / SITE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
