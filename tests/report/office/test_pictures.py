"""Charts at 300 dots per inch, drawn once for both files; photographs in their proportions; the cover's dots."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ewm.report.document import FigureBlock, Picture
from ewm.report.office import write_docx, write_odt
from ewm.report.office.pictures import FULL_WIDTH, PHOTO_HEIGHT, Pictures, photograph
from ewm.report.office.raster import rasterized

if TYPE_CHECKING:
    from pathlib import Path

    from ewm.report.brand import Brand
    from ewm.report.document import Document


def pixels(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_chart_has_300_dots_per_inch(document: Document, assets: Path, brand: Brand) -> None:
    (figure,) = (b for c in document.chapters for b in c.blocks if isinstance(b, FigureBlock))
    drawing = Pictures(document, brand, assets).figure(figure)
    assert (drawing.width, drawing.height) == (476, 110)
    width, height = pixels(drawing.data)
    assert width == round(476 / 72 * 300)
    assert height == pytest.approx(110 / 72 * 300, abs=1)
    assert drawing.alt == figure.alt


def test_both_files_draw_once(document: Document, assets: Path, brand: Brand, tmp_path: Path) -> None:
    rasterized.cache_clear()
    write_docx(document, tmp_path / "a.docx", assets=assets, brand=brand)
    write_odt(document, tmp_path / "a.odt", assets=assets, brand=brand)
    assert rasterized.cache_info().misses == 1
    assert rasterized.cache_info().hits == 1


@pytest.mark.parametrize("dots", [(1, 0), (1, 1), (12, 3), (73, 27), (500, 499)])
def test_the_cover_draws_every_unit(
    document: Document, assets: Path, brand: Brand, dots: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def keep(drawings: tuple[object, ...], *_: object) -> tuple[bytes, ...]:
        drawn.extend(str(getattr(drawing, "svg", "")) for drawing in drawings)
        return (b"",) * len(drawings)

    monkeypatch.setattr("ewm.report.office.pictures.rasterized", keep)
    changed = replace(document, meta=replace(document.meta, dots=dots))
    assert Pictures(changed, brand, assets).cover() is not None
    cover = drawn[-1]
    assert cover.count("<circle") == dots[0]
    assert cover.count('fill="#FFFFFF"') == dots[1]


def test_a_report_without_units_has_no_dots(document: Document, assets: Path, brand: Brand) -> None:
    changed = replace(document, meta=replace(document.meta, dots=(0, 0)))
    assert Pictures(changed, brand, assets).cover() is None


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width: int, height: int) -> bytes:
    """A JPEG's segments up to its frame: one of an application, one of tables, then the size."""
    application = b"\xff\xe0" + struct.pack(">H", 16) + b"\0" * 14
    tables = b"\xff\xc4" + struct.pack(">H", 4) + b"\0\0"
    frame = b"\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + b"\0" * 10
    return b"\xff\xd8" + application + tables + frame


@pytest.mark.parametrize("made", [png, jpeg])
def test_a_photograph_keeps_its_proportions(made: object, tmp_path: Path) -> None:
    assert callable(made)
    for name, (width, height) in {"breit": (4000, 1000), "hoch": (1000, 4000)}.items():
        path = tmp_path / name
        path.write_bytes(made(width, height))
        drawing = photograph(Picture(str(path), "Halle", ""))
        assert drawing.width / drawing.height == pytest.approx(width / height)
        assert drawing.width == pytest.approx(FULL_WIDTH) or drawing.height == pytest.approx(PHOTO_HEIGHT)
        assert drawing.width <= FULL_WIDTH + 0.01
        assert drawing.height <= PHOTO_HEIGHT + 0.01
