"""Results as one reads them, and the figures of the start page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ewm.report.numbers import EN_DASH, FORMATTERS, NBSP, Formatter, rounded
from ewm.web.content import served_overview
from ewm.web.numbers.computing import Cell, Result, Results, chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.programme import Language, OverviewFigure


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the start page: number and unit apart, columns of the years, a line of explanation."""

    label: str
    number: str
    unit: str
    columns: tuple[Mapping[str, Any], ...]
    columns_label: str
    note: str


def language() -> Language:
    """Return the language of the page, of those in which the programme speaks."""
    return "en" if (get_language() or "").startswith("en") else "de"


def formatter() -> Formatter:
    """Return the formatter of the page's language."""
    return FORMATTERS[language()]


def spelled(value: int | None, whole: int | None, unit: str) -> str:
    """Return a result as one reads it: ``27``, ``17,6 Mio. Euro``, ``96,3 %``; an en dash where nothing is known."""
    if value is None or whole == 0:
        return EN_DASH
    if whole is None:
        return formatter().money(value) if unit == "cents" else formatter().integer(value)
    if unit == "share":
        return formatter().percent(value, whole)
    mean = rounded(value, whole)
    return formatter().money(mean) if unit.startswith("cents") else formatter().fraction(value, whole)


def figures(results: Results, cluster: str, year: int) -> Iterator[Figure]:
    """Yield the figures that the programme names for the start page; one that was not computed is left out."""
    for asked in served_overview():
        cell = Cell(asked.indicator, asked.population, cluster, year, asked.value)
        result = results.get(cell)
        if result is not None:
            yield _figure(asked, cell, result, results)


def _figure(asked: OverviewFigure, cell: Cell, result: Result, results: Results) -> Figure:
    text = spelled(result.value, result.whole, result.unit)
    number, _space, unit = text.replace(NBSP, " ").partition(" ")
    years = chain(results, cell)
    label = asked.label.get(language())
    return Figure(
        label, number, unit, _columns(years), _columns_label(label, years, result.unit), _note(asked, cell, results)
    )


def _columns(years: list[tuple[int, int]]) -> tuple[Mapping[str, Any], ...]:
    highest = max((value for _, value in years), default=0)
    if len(years) < 2 or highest <= 0:
        return ()
    last = years[-1][0]
    return tuple({"height": 100 * value / highest, "current": year == last} for year, value in years)


def _columns_label(label: str, years: list[tuple[int, int]], unit: str) -> str:
    return f"{label}: " + ", ".join(f"{year} {spelled(value, None, unit)}" for year, value in years)


def _note(asked: OverviewFigure, cell: Cell, results: Results) -> str:
    note = asked.note
    if note is None:
        return _before(cell, results)
    other = replace(cell, value=note.value, level=note.level or "total", term=note.term)
    result = results.get(other)
    unit = "count" if result is None else result.unit
    # A note tells the part, not the share: of „estimated“ the amount.
    value = 0 if result is None or result.value is None else result.value
    known = results[cell].unit if unit == "share" else unit
    return note.label.get(language()).replace("{}", spelled(value, None, known))


def _before(cell: Cell, results: Results) -> str:
    years = chain(results, cell, 2)
    if len(years) == 2:
        before, value = years[0]
        return _("%(year)d: %(value)s") % {"year": before, "value": spelled(value, None, results[cell].unit)}
    if results[cell].state == "withhold":
        return _("kein Vorjahr, Zählregel neu")
    return ""
