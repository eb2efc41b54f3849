"""The numbers of a snapshot beside those of the one before, each with the sentence that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.report.numbers import MINUS
from ewm.web.numbers.computing import Cell, Result, methodology_for, results_of
from ewm.web.numbers.showing import formatter, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.indicators.methodology import Methodology
    from ewm.snapshot.manifest import SnapshotInfo


@dataclass(frozen=True, slots=True)
class Number:
    """One total: what it is, its sentence, its value now and before, and by how much it moved (empty: not)."""

    cell: Cell
    title: str
    population: str
    sentence: str
    now: str
    before: str
    change: str


def numbers(info: SnapshotInfo, earlier: SnapshotInfo | None, cluster: str, year: int) -> list[Number]:
    """Return the totals of a cluster and year; raises as ``results_of``."""
    found = results_of(info.name)
    past = results_of(earlier.name) if earlier is not None else {}
    methodology = methodology_for(info.reporting_years)
    cells = sorted(cell for cell in found if (cell.cluster, cell.year) == (cluster, year))
    return [number for cell in cells for number in _number(methodology, cell, found[cell], past)]


def _number(methodology: Methodology, cell: Cell, result: Result, past: Mapping[Cell, Result]) -> Iterator[Number]:
    sheet = methodology.indicator(cell.indicator)
    sentence = next(
        (
            each.text
            for each, fragment in sheet.fragments("value")
            if fragment.name == cell.value and cell.year in each.years
        ),
        "",
    )
    if not sentence:
        return  # no sentence gives this value in this year
    old = past.get(cell)
    yield Number(
        cell,
        sheet.title,
        methodology.population(cell.population).title if len(sheet.of) > 1 else "",
        sentence,
        spelled(result.value, result.whole, result.unit),
        spelled(old.value, old.whole, old.unit) if old else "",
        _change(result, old),
    )


def _change(now: Result, old: Result | None) -> str:
    """Return the difference with its sign, of shares and means only that they moved; empty where nothing did."""
    if old is None or (now.value, now.whole) == (old.value, old.whole):
        return ""
    if now.whole is not None or now.value is None or old.value is None:
        return "≠"
    difference = now.value - old.value
    sign = "+" if difference > 0 else MINUS
    size = abs(difference)
    return sign + (formatter().money(size) if now.unit == "cents" else formatter().integer(size))
