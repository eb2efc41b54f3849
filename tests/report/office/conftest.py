"""The sample report as DOCX and ODT, written once per session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewm.report.assets import asset_folder
from ewm.report.brand import Brand, load_brand
from ewm.report.office import write_docx, write_odt
from tests.report.sample import sample_document

if TYPE_CHECKING:
    from ewm.report.document import Document

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


@pytest.fixture(scope="session")
def docx(document: Document, assets: Path, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docx") / "bericht.docx"
    write_docx(document, target, assets=assets, brand=brand)
    return target


@pytest.fixture(scope="session")
def odt(document: Document, assets: Path, brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("odt") / "bericht.odt"
    write_odt(document, target, assets=assets, brand=brand)
    return target
