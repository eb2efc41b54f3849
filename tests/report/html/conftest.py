"""The sample report as a folder, written once per session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.report.brand import Brand, load_brand
from ewm.report.html import write_html
from tests.report.sample import sample_document

if TYPE_CHECKING:
    from ewm.report.document import Document

BRAND = Path(__file__).parents[3] / "programmes" / "innobb" / "brand"


@pytest.fixture(scope="session")
def brand() -> Brand:
    return load_brand(BRAND)


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return sample_document(tmp_path_factory.mktemp("picture"))


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An asset folder with one rule and no font: enough for whatever does not look at letters."""
    folder = tmp_path_factory.mktemp("assets")
    (folder / "web").mkdir()
    (folder / "web" / "fonts.css").write_text("@font-face { font-family: 'Fira Sans'; src: local('Fira Sans'); }\n")
    return folder


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, document: Document, brand: Brand, fonts: Path) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_html(document, folder, assets=fonts, brand=brand)
    return folder
