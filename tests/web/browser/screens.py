"""``make screens``: retakes the pictures of the main pages in ``docs/bilder/web``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.capture.accounts.roles import Role
from tests.architecture.tree import ROOT
from tests.web.browser.site import CODES, chromium, prepare, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.browser.site import Site

TARGET = ROOT / "docs" / "bilder" / "web"
SCREENS = {
    "start": (Role.CLUSTER_MANAGER, "/"),
    "projekte": (Role.CLUSTER_MANAGER, "/projekte/"),
    "projekt": (Role.CLUSTER_MANAGER, "/projekte/MET-2020-P08/"),
    "projekt-anlegen": (Role.CLUSTER_MANAGER, "/projekte/neu/"),
    "aktivitaeten": (Role.CLUSTER_MANAGER, "/aktivitaeten/"),
    "akteur": (Role.CLUSTER_MANAGER, f"/akteure/{CODES['actor']}/"),
    "zusammenfuehren": (Role.CLUSTER_MANAGER, f"/akteure/{CODES['actor']}/zusammenfuehren/{CODES['other_actor']}/"),
    "verlauf": (Role.CLUSTER_MANAGER, f"/projekte/{CODES['project']}/verlauf/"),
    "import-spalten": (Role.CLUSTER_MANAGER, f"/importe/{CODES['import_mapping']}/spalten/"),
    "import-zeilen": (Role.CLUSTER_MANAGER, f"/importe/{CODES['import_reviewing']}/zeilen/"),
    "stichtag": (Role.EVALUATOR, "/stichtag/"),
    "konten": (Role.ADMINISTRATOR, "/konten/"),
}
"""Name of the picture: whose page it is, and its address."""


def take(browser: Browser, site: Site, target: Path) -> None:
    """Take every picture at 1280 × 900 pixels."""
    for role in dict.fromkeys(role for role, _ in SCREENS.values()):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", reduced_motion="reduce")
        page = context.new_page()
        site.sign_in(page, role)
        for name, (whose, address) in SCREENS.items():
            if whose == role:
                answer = page.goto(f"{site.base}{address}")
                assert answer is not None
                assert answer.status == 200, address
                page.evaluate("document.fonts.ready")
                page.screenshot(path=target / f"{name}.png")
        context.close()


def main() -> int:
    """Take all pictures anew."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only this command needs it)

    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder) / "var")
        with served(Path(folder) / "var") as site:
            browser = chromium(playwright)
            take(browser, site, TARGET)
            browser.close()
    sys.stdout.write(f"{len(SCREENS)} Bilder in {TARGET}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
