"""The browser and the site; without Playwright, Chromium or axe-core these tests are skipped, with the reason."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser.tools import MODULES
from tests.support.once import once
from tests.web.browser.site import chromium, furnish, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.web.browser.site import Site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one per worker."""
    driver = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra browser)")
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("chromium is not installed")
    # Playwright leaves its event loop running in this thread: Django would refuse its database to every later test of
    # the worker, though none of them is asynchronous.
    with pytest.MonkeyPatch.context() as patch, driver.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = chromium(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of accessibility, as a script."""
    path = MODULES / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core missing: npm ci --ignore-scripts --prefix tests/browser")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def filled(loaded_records: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with the reference records and accounts; every worker of a run copies the same one."""

    def make(folder: Path) -> None:
        shutil.copytree(loaded_records, folder)
        furnish(folder)

    return once(tmp_path_factory, worker_id, "site", make)


@pytest.fixture(scope="session")
def site(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that tests only read."""
    folder = tmp_path_factory.mktemp("read") / "var"
    shutil.copytree(filled, folder)
    with served(folder) as running:
        yield running


@pytest.fixture
def own_site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A site in which a test may write."""
    folder = tmp_path / "var"
    shutil.copytree(filled, folder)
    with served(folder) as running:
        yield running
