"""What pages need beside the own style sheets: KERN's tokens, icons, htmx; built from packages at set-up.

The folder lies beside the report's assets and is never committed. It has its own manifest, because the report's
builder knows nothing of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from ewm.errors import MissingError
from ewm.report.assets import ASSETS
from ewm.report.assets import licences as report_licences

if TYPE_CHECKING:
    from pathlib import Path

SITE = "site"
MANIFEST = "manifest.json"
STYLES = "kern.css"
SPRITE = "icons.svg"
SCRIPT = "htmx.min.js"
LICENCES = "licences.json"
BUILD_COMMAND = "python -m ewm.web.assets"


def site_folder() -> Path:
    """Folder of ``kern.css``, ``icons.svg``, ``htmx.min.js`` and ``licences.json``; MissingError where not built."""
    folder = ASSETS / SITE
    if not (folder / MANIFEST).is_file():
        raise MissingError(
            f"Gestaltung und Symbole der Anwendung fehlen (erwartet in {folder}). "
            f"Sie entstehen einmalig mit „make assets“ oder „{BUILD_COMMAND}“."
        )
    return folder


def licences() -> list[dict[str, str]]:
    """Every package whose files reach a reader, those of the report first."""
    own = json.loads((site_folder() / LICENCES).read_text(encoding="utf-8"))
    return [*report_licences(), *cast("list[dict[str, str]]", own)]
