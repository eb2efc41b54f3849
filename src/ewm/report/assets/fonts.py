"""Fonts from npm: one static TTF per weight (latin and latin-ext together), woff2 for the web, widths for charts."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from pathlib import Path

SUBSETS = ("latin", "latin-ext")
_HINTS = ("fpgm", "prep", "cvt ", "gasp")  # screens of 1995; the subsets' hints contradict each other when merged
_FIRST_RELEASE = 3_407_875_200  # 28 December 2011 in seconds since 1904; any fixed day would do
_STYLES = {300: "Light", 400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_SWAP = (
    "@font-face {{ font-family: '{family}'; font-style: normal; font-weight: {weight}; font-display: swap; "
    "src: url('{file}') format('woff2'); unicode-range: {range}; }}\n"
)


@dataclass(frozen=True, slots=True)
class Family:
    """One font family: its name, the npm package, the weights that the house style uses."""

    name: str
    package: str
    weights: tuple[int, ...]

    def source(self, packages: Path, subset: str, weight: int) -> Path:
        """woff2 file of one subset and weight."""
        stem = self.package.rpartition("/")[2]
        return packages / self.package / "files" / f"{stem}-{subset}-{weight}-normal.woff2"


FAMILIES = (
    Family("Fira Sans", "@fontsource/fira-sans", (300, 400, 500, 600, 700)),
    Family("Fira Mono", "@fontsource/fira-mono", (400,)),
)


def build_fonts(packages: Path, target: Path) -> None:
    """Write ``fonts/*.ttf``, ``web/*.woff2`` with ``fonts.css``, and ``metrics.json`` (advance widths in 1/1000 em)."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    for folder in ("fonts", "web"):
        (target / folder).mkdir()
    metrics: dict[str, dict[str, dict[str, int]]] = {}
    css = ""
    for family in FAMILIES:
        ranges = json.loads((packages / family.package / "unicode.json").read_text(encoding="utf-8"))
        for weight in family.weights:
            font = _merged(family, weight, packages, target)
            metrics.setdefault(family.name, {})[str(weight)] = _advances(font)
            css += _web(family, weight, packages, target / "web", ranges)
    (target / "web" / "fonts.css").write_text(css, encoding="utf-8")
    (target / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False), encoding="utf-8")


def copyright_notice(packages: Path, family: Family) -> str:
    """Return the copyright line that the font file itself carries (name ID 0)."""
    font = TTFont(family.source(packages, SUBSETS[0], family.weights[0]))
    return str(font["name"].getDebugName(0))


def _merged(family: Family, weight: int, packages: Path, target: Path) -> TTFont:
    parts = []
    for subset in SUBSETS:
        font = TTFont(family.source(packages, subset, weight), recalcTimestamp=False)
        font.flavor = None
        for table in _HINTS:
            if table in font:
                del font[table]
        parts.append(target / f"{subset}.ttf")
        font.save(parts[-1])
    merged = Merger().merge([str(part) for part in parts])
    _name(merged, family.name, _STYLES[weight])
    merged["head"].created = merged["head"].modified = _FIRST_RELEASE  # the same packages give the same bytes
    merged.recalcTimestamp = False
    merged.save(target / "fonts" / f"{family.name.replace(' ', '')}-{_STYLES[weight]}.ttf")
    for part in parts:
        part.unlink()
    return merged


def _name(font: TTFont, family: str, style: str) -> None:
    """Give the typographic family too (IDs 16, 17): office programs then see one family in five weights."""
    font["name"].setName(family, 16, 3, 1, 0x409)
    font["name"].setName(style, 17, 3, 1, 0x409)


def _advances(font: TTFont) -> dict[str, int]:
    per_em = font["head"].unitsPerEm
    widths: dict[str, Any] = font["hmtx"].metrics
    return {chr(code): round(widths[glyph][0] * 1000 / per_em) for code, glyph in sorted(font.getBestCmap().items())}


def _web(family: Family, weight: int, packages: Path, web: Path, ranges: dict[str, str]) -> str:
    rules = ""
    for subset in SUBSETS:
        source = family.source(packages, subset, weight)
        shutil.copyfile(source, web / source.name)
        rules += _SWAP.format(family=family.name, weight=weight, file=source.name, range=ranges[subset])
    return rules
