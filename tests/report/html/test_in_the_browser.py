"""The sample as Chromium opens it from a folder: accessible, within its width, asking for nothing from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.report.assets import asset_folder
from ewm.report.document import KeyNumber, Number, Text, Tiles
from ewm.report.html import write_html
from tests.browser.tools import Visit, validate, visit

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, document: Document, brand: Brand) -> list[Path]:
    """The whole sample with a page of key figures, in the fonts of the house style."""
    folder = tmp_path_factory.mktemp("look")
    tiles = Tiles((KeyNumber(Number("17,6", "P-04:volume"), (Text("Volumen"),), "Mio. Euro"),) * 7)
    first = replace(document.chapters[0], blocks=(tiles, *document.chapters[0].blocks))
    whole = replace(document, chapters=(first, *document.chapters[1:]))
    write_html(whole, folder, assets=asset_folder(), brand=brand)
    return [folder / "index.html", *sorted((folder / "evidence").glob("*.html"))]


@pytest.fixture(scope="module")
def visits(pages: list[Path]) -> list[Visit]:
    return visit([page for page in pages if page.stem != "p-02-running-ca75c7"])


def test_no_rule_of_accessibility_is_broken_by_day_or_by_night(visits: list[Visit]) -> None:
    assert {found.name: found.violations for found in visits if found.violations} == {}
    assert {found.width for found in visits if found.passes > 20} == {360, 1280}, "the rules did run"


def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    assert {found.name: found.scrolls for found in visits if found.scrolls} == {}


def test_the_content_policy_has_nothing_to_say_and_nothing_comes_from_elsewhere(visits: list[Visit]) -> None:
    assert {found.name: found.messages for found in visits if found.messages} == {}
    assert {address.partition(":")[0] for found in visits for address in found.requests} == {"file"}
    assert any(address.endswith(".woff2") for found in visits for address in found.requests), "the house's own fonts"


def test_a_page_that_breaks_every_rule_is_found_out(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    policy = "default-src 'none'"
    page.write_text(
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="{policy}"><title>x</title>'
        '</head><body><img src="a.png"><pre style="color:red">' + "w" * 300 + "</pre></body></html>"
    )

    (found,) = visit([page], widths=(320,), rules=(320,), schemes=("light",))

    assert found.scrolls > 0
    assert any(rule.startswith("image-alt") for rule in found.violations)
    assert any("Content Security Policy" in message for message in found.messages)


def test_the_pages_are_valid_html(pages: list[Path]) -> None:
    assert validate(pages) == []


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><html lang=de><title>x</title><body><p><div></p><b id=a></b><b id=a></b>")

    assert any("Duplicate ID" in message for message in validate([page]))
