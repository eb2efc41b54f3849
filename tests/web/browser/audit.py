"""``make audit``: runs the rules of accessibility over every page and keeps the result, which the statement reads."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from ewm.web.legal.checked import Checked, Violation, write
from tests.browser.tools import MODULES
from tests.web.browser.site import chromium, prepare, served, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.web.browser.site import Site

AXE = MODULES / "axe-core"


def broken(page: Page, script: str) -> list[dict[str, Any]]:
    """Return the rules of axe-core that a page breaks."""
    page.evaluate(script)
    found: dict[str, Any] = page.evaluate("axe.run({preload: false, resultTypes: ['violations']})")
    return list(found["violations"])


def audit(browser: Browser, site: Site, script: str) -> tuple[int, list[Violation]]:
    """Look at every page in every role, width and colour scheme; returns how many pages, and what they break."""
    from tests.web.browser.test_pages import ROLES, RULES, SCHEMES, pages  # noqa: PLC0415 (needs Django's settings)

    seen: set[str] = set()
    violations: list[Violation] = []
    for scheme in SCHEMES:
        for role in ROLES:
            context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", locale="de-DE")
            page = watched(context).page
            if role:
                site.sign_in(page, role)
            for name, address in pages(role).items():
                seen.add(name)
                page.goto(f"{site.base}{address}")
                for width in RULES:
                    page.set_viewport_size({"width": width, "height": 900})
                    violations += [Violation(rule["id"], rule["help"], name) for rule in broken(page, script)]
            context.close()
    return len(seen), list(dict.fromkeys(violations))


def main() -> int:
    """Look at all pages and write the result; returns 1 where a page breaks a rule."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only this command needs it)

    os.environ["DJANGO_SETTINGS_MODULE"] = "ewm.web.site"
    django.setup()
    from tests.web.browser.test_pages import RULES, SCHEMES  # noqa: PLC0415 (needs Django's settings)

    script = (AXE / "axe.min.js").read_text(encoding="utf-8")
    version = json.loads((AXE / "package.json").read_text(encoding="utf-8"))["version"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        prepare(Path(folder) / "var")
        with served(Path(folder) / "var") as site:
            browser = chromium(playwright)
            count, violations = audit(browser, site, script)
            browser.close()
    today = datetime.now(UTC).date()
    write(Checked(today, f"axe-core {version}", count, RULES, SCHEMES, tuple(violations)))
    sys.stdout.write(f"{count} Seiten, {len(violations)} Verstöße\n")
    return int(bool(violations))


if __name__ == "__main__":
    sys.exit(main())
