"""The same document gives the same bytes, whenever and wherever it is written."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from ewm.report.office import write_docx, write_odt
from ewm.report.office.archive import Part, write_archive
from ewm.report.office.raster import rasterized

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document


@pytest.mark.parametrize(("form", "write"), [("docx", write_docx), ("odt", write_odt)])
def test_written_twice_it_is_the_same(
    form: str, write: Callable[..., None], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    document, assets, brand = (request.getfixturevalue(name) for name in ("document", "assets", "brand"))
    rasterized.cache_clear()  # the pictures are drawn anew
    write(document, tmp_path / "anders.bin", assets=assets, brand=brand)
    assert (tmp_path / "anders.bin").read_bytes() == request.getfixturevalue(form).read_bytes()


def test_another_process_in_another_time_zone_writes_the_same(docx: Path, odt: Path, tmp_path: Path) -> None:
    script = f"""
        from pathlib import Path
        from ewm.report.assets import asset_folder
        from ewm.report.brand import load_brand
        from ewm.report.office import write_docx, write_odt
        from tests.report.office.conftest import BRAND
        from tests.report.sample import sample_document
        folder = Path({str(tmp_path)!r})
        document = sample_document(folder)
        for name, write in (("a.docx", write_docx), ("a.odt", write_odt)):
            write(document, folder / name, assets=asset_folder(), brand=load_brand(BRAND))
    """
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], env=environment, check=True)
    assert (tmp_path / "a.docx").read_bytes() == docx.read_bytes()
    assert (tmp_path / "a.odt").read_bytes() == odt.read_bytes()


def test_every_part_is_dated_by_the_publication(docx: Path, odt: Path) -> None:
    for path in (docx, odt):
        with ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(2021, 7, 20, 0, 0, 0)}


def test_another_day_gives_other_bytes(
    document: Document, odt: Path, assets: Path, brand: Brand, tmp_path: Path
) -> None:
    later = replace(document, meta=replace(document.meta, published_on=date(2021, 7, 21)))
    write_odt(later, tmp_path / "a.odt", assets=assets, brand=brand)
    assert (tmp_path / "a.odt").read_bytes() != odt.read_bytes()


def test_days_before_archives_could_date_are_dated_by_their_first_year(tmp_path: Path) -> None:
    for year, written in ((1979, 1980), (1980, 1980), (1981, 1981)):
        write_archive(tmp_path / "a.zip", [Part("a.txt", b"a")], date(year, 3, 2))
        with ZipFile(tmp_path / "a.zip") as archive:
            assert archive.infolist()[0].date_time[0] == written
