"""The sample report as PDF, written once per session, and what the tests read from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.report.assets import asset_folder
from ewm.report.brand import Brand, load_brand
from ewm.report.pdf import write_pdf
from tests.report.sample import sample_document

if TYPE_CHECKING:
    from ewm.report.document import Document
    from ewm.report.pdf import Layout

BRAND = Path(__file__).parents[3] / "programmes" / "innobb" / "brand"


@pytest.fixture(scope="session")
def assets() -> Path:
    return asset_folder()


@pytest.fixture(scope="session")
def brand() -> Brand:
    return load_brand(BRAND)


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return sample_document(tmp_path_factory.mktemp("picture"))


class Printer:
    """Prints documents to one file."""

    def __init__(self, target: Path, assets: Path, brand: Brand) -> None:
        self.target = target
        self.assets = assets
        self.brand = brand

    def __call__(self, document: Document, *, brand: Brand | None = None, layout: Layout | None = None) -> Path:
        """Print a document and return the file."""
        write_pdf(document, self.target, assets=self.assets, brand=brand or self.brand, layout=layout)
        return self.target


@pytest.fixture
def printer(tmp_path: Path, assets: Path, brand: Brand) -> Printer:
    return Printer(tmp_path / "report.pdf", assets, brand)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory, document: Document, assets: Path, brand: Brand) -> Path:
    target = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(document, target, assets=assets, brand=brand)
    return target
