"""Colours, sizes and words' language of every chart, read from the programme's brand/style.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ewm.errors import ContentError
from ewm.report.numbers import FORMATTERS, Formatter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Kind = Literal["project", "activity"]
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Page:
    """Width in px = pt, and the font family."""

    width: float
    font: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes in px = pt."""

    label: float
    small: float
    title: float
    total: float


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours that mean the same in every chart; ``method`` is kept for changed counting, never for data."""

    ink: str
    grey: str
    line: str
    hair: str
    method: str
    paper: str


@dataclass(frozen=True, slots=True)
class Series:
    """Colours and mark of one series; ``on_fill`` is the text colour that can be read on ``fill``."""

    fill: str
    on_fill: str
    mid: str
    light: str
    envelope: str
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Style:
    """What a chart needs beside its data. ``map`` names the outlines, ``classes`` are the fills of the map."""

    page: Page
    size: Sizes
    colour: Colours
    series: Mapping[str, Series]
    classes: tuple[str, ...]
    formatter: Formatter
    map: str

    @property
    def width(self) -> float:
        """Width of the chart in px = pt."""
        return self.page.width

    def at_width(self, width: float) -> Style:
        """Return the same style for a chart of another width."""
        return replace(self, page=replace(self.page, width=width))

    def in_language(self, language: str) -> Style:
        """Return the same style with the numbers of another language."""
        return replace(self, formatter=FORMATTERS[language])


def load_style(programme: Path, language: str) -> Style:
    """Read ``brand/style.toml`` of one programme.

    Raises ContentError where the file, a section, a key or a colour is missing or wrong.
    """
    path = programme / "brand" / "style.toml"
    if not path.is_file():
        raise ContentError(f"{path} fehlt: Ohne Farben und Größen entsteht keine Abbildung.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path} ist kein gültiges TOML: {error}.") from error
    read = _Reader(str(path), table)
    return Style(
        page=read.section(Page, "page"),
        size=read.section(Sizes, "size"),
        colour=read.section(Colours, "colour"),
        series={kind: read.section(Series, "series", kind) for kind in ("project", "activity")},
        classes=read.classes(),
        formatter=FORMATTERS[language],
        map=programme.name,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    path: str
    table: Mapping[str, Any]

    def section(self, shape: type[_T], *names: str) -> _T:
        found: Any = self.table
        for name in names:
            found = found.get(name, {})
        where = f"[{'.'.join(names)}]"
        values: dict[str, Any] = {}
        for field in fields(shape):  # type: ignore[arg-type]  # every shape is a dataclass
            if field.name not in found:
                raise ContentError(f"{self.path}: Unter {where} fehlt „{field.name}“.")
            values[field.name] = self._checked(found[field.name], f"{where} {field.name}", str(field.type))
        return shape(**values)

    def classes(self) -> tuple[str, ...]:
        found = self.table.get("map", {}).get("classes", [])
        if len(found) < 2:
            raise ContentError(f"{self.path}: Unter [map] braucht „classes“ mindestens zwei Farben.")
        return tuple(self._checked(colour, "[map] classes", "str") for colour in found)

    def _checked(self, value: Any, where: str, kind: str) -> Any:
        if kind == "float":
            if isinstance(value, int | float) and value > 0:
                return float(value)
            raise ContentError(f"{self.path}: {where} ist {value!r}, gemeint ist eine Zahl über null.")
        if not where.endswith((" font", " mark")) and not _HEX.fullmatch(str(value)):
            raise ContentError(f"{self.path}: {where} ist {value!r}, gemeint ist eine Farbe wie „#0F4C75“.")
        return value
