"""The house style is read whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewm.errors import ContentError
from ewm.report.brand import load_brand

BRAND = Path(__file__).parents[2] / "programmes" / "innobb" / "brand"


def test_reads_the_delivered_style() -> None:
    brand = load_brand(BRAND)

    assert (brand.colours.red, brand.fonts.sans, brand.folder) == ("#B5121B", "Fira Sans", BRAND)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("method = ", "red = "), "colour.method"),
        (('night = "#0B3A5B"', 'night = "0B3A5B"'), "document.night"),
        (("[series.project]", "[series.projects]"), "series.project.fill, series.project.mid"),
        (('mono = "Fira Mono"', ""), "Schrift mono"),
        (("[page]", "[page"), "kein gültiges TOML"),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    style = (BRAND / "style.toml").read_text(encoding="utf-8")
    (tmp_path / "style.toml").write_text(style.replace(*change), encoding="utf-8")

    with pytest.raises(ContentError) as error:
        load_brand(tmp_path)

    assert named in str(error.value)
    assert "style.toml" in str(error.value)


def test_names_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"style\.toml fehlt"):
        load_brand(tmp_path)
