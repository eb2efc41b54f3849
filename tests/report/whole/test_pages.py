"""Every page of the delivered web edition is valid HTML and accessible, by day and by night, narrow and wide.

``make test`` opens the first page and the largest explanation of each kind; ``make soak`` opens all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.tools import validate, visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.browser.tools import Visit

AT_ONCE = 25
"""Pages that one browser opens: in a minute or two, whatever else the machine does."""


@pytest.fixture(scope="module")
def first(report: Path) -> Path:
    return report / "html" / "index.html"


@pytest.fixture(scope="module")
def explanations(first: Path) -> list[Path]:
    return sorted((first.parent / "evidence").glob("*.html"))


def kind(page: Path) -> frozenset[str]:
    """What a page is made of: its elements and classes."""
    text = page.read_text(encoding="utf-8")
    return frozenset(re.findall(r"<[a-z]\w*", text) + re.findall(r'class="[^"]+"', text))


def largest_of_each_kind(pages: Iterable[Path]) -> list[Path]:
    return sorted({kind(page): page for page in sorted(pages, key=lambda page: page.stat().st_size)}.values())


def findings(visits: Iterable[Visit]) -> dict[str, list[str]]:
    """What a reader would stumble over, by page: a broken rule, a page that scrolls sideways, a message, a request."""
    found = {}
    for one in visits:
        elsewhere = [address for address in one.requests if not address.startswith("file:")]
        sideways = [f"scrolls {one.scrolls} px"] if one.scrolls else []
        found[one.name] = [*one.violations, *sideways, *one.messages, *elsewhere]
    return {name: texts for name, texts in found.items() if texts}


def test_every_page_is_valid_html(first: Path, explanations: list[Path]) -> None:
    assert len(explanations) > 250
    assert validate([first, *explanations]) == []


@pytest.mark.long
def test_the_first_page_and_each_kind_of_explanation_are_accessible(first: Path, explanations: list[Path]) -> None:
    chosen = largest_of_each_kind(explanations)
    assert len(chosen) >= 3
    visits = visit([first, *chosen], widths=(320, 1280), rules=(1280,))
    assert findings(visits) == {}
    assert min(found.passes for found in visits if found.width == 1280) > 20, "the rules did run"


@pytest.mark.soak
def test_every_page_is_accessible(first: Path, explanations: list[Path]) -> None:
    opened = 0
    pages = [first, *explanations]
    for start in range(0, len(pages), AT_ONCE):
        visits = visit(pages[start : start + AT_ONCE], widths=(320, 360, 1280), rules=(360, 1280))
        assert findings(visits) == {}
        opened += len({found.page for found in visits if found.passes > 20})
    assert opened == 1 + len(explanations)
