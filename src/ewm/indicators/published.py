"""Compares the results of a run with the figures that a report has printed.

A cell without a row is zero, since results leave out what nothing belongs to; a name that the methodology or the
taxonomies do not know is an error of the list, so that a misspelt key cannot pass for a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.indicators.published_form import ANY, Figure, Published, Query
from ewm.indicators.sheet import level_name
from ewm.indicators.world import likely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet

Place = tuple[str, str | None, str, str, int]
"""Indicator, population (``None``: its only one), level, value name and reporting year."""

Keys = tuple[str | None, str | None]
Cells = dict[Place, dict[Keys, Fraction | None]]
"""Numbers by place and keys; ``None`` where the results do not know one (an empty value, a zero whole)."""


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one figure: computed number (in the figure's unit, ``None`` = not known) and whether it fits."""

    figure: Figure
    computed: Fraction | None
    compared: Fraction | None
    passed: bool

    @property
    def printed(self) -> str:
        """What the report printed: a number with its unit, or a word."""
        figure = self.figure
        if figure.value is None:
            return f"„{figure.word}“"
        return f"{_german(figure.value, figure.decimals if figure.check == 'rounded' else None)}{self._unit}"

    @property
    def found(self) -> str:
        """What was computed, and what it was compared with, in the same unit."""
        found = "nicht bekannt" if self.computed is None else f"{_german(self.computed)}{self._unit}"
        return found if self.compared is None else f"{found} gegenüber {_german(self.compared)}"

    @property
    def message(self) -> str:
        """Say in German what was printed and what was computed."""
        figure = self.figure
        place = f"{figure.id} (Kap. {figure.chapter}, {figure.text})"
        return f"{place}: gedruckt {self.printed}, errechnet {self.found}"

    @property
    def _unit(self) -> str:
        return f" {self.figure.unit.partition(' (')[0]}" if self.figure.unit else ""


def check_published(
    published: Published, connection: duckdb.DuckDBPyConnection, methodology: Methodology
) -> list[Check]:
    """Check every figure against the table ``results`` of a connection, in the list's order.

    Raises ContentError listing each query that names what methodology or taxonomies do not know.
    """
    if problems := list(_problems(published, methodology)):
        raise ContentError("\n".join(problems))
    cells = _cells(connection, published.cluster, {sheet.id: sheet.of[0] for sheet in methodology.indicators})
    return [_check(figure, published, cells) for figure in published.figures]


def _cells(connection: duckdb.DuckDBPyConnection, cluster: str, first: Mapping[str, str]) -> Cells:
    """Return the cluster's numbers; an indicator's first population is also found without its name."""
    rows = connection.execute(
        "SELECT indicator_id, population, level, value_name, reporting_year, k1, k2, value, whole FROM results "
        "WHERE cluster_id = ?",
        [cluster],
    ).fetchall()
    cells: Cells = {}
    for *place, k1, k2, value, whole in rows:
        number = None if value is None or whole == 0 else Fraction(value, 1 if whole is None else whole)
        indicator, population, *rest = place
        cells.setdefault((indicator, population, *rest), {})[k1, k2] = number
        if population == first.get(indicator):
            cells.setdefault((indicator, None, *rest), {})[k1, k2] = number
    return cells


def _check(figure: Figure, published: Published, cells: Cells) -> Check:
    computed = _number(figure.query, cells)
    compared = _number(figure.against, cells) if figure.against else None
    if computed is None or (figure.against is not None and compared is None):
        return Check(figure, computed, compared, passed=False)
    if figure.unit is not None:
        computed /= published.units[figure.unit]
    return Check(figure, computed, compared, _fits(figure, published, computed, compared))


def _fits(figure: Figure, published: Published, computed: Fraction, compared: Fraction | None) -> bool:
    if figure.check == "exact":
        return computed == figure.value
    if figure.check == "rounded":
        return rounded_half_up(computed, figure.decimals) == figure.value
    word = figure.word or ""
    if compared is None:
        return published.ranges[word].hold(computed, Fraction(1))
    return published.changes[word].hold(computed - compared, compared)


def rounded_half_up(number: Fraction, decimals: int) -> Fraction:
    """Return a number rounded to so many decimals, a half away from zero."""
    scale = 10**decimals
    size = (abs(number) * scale * 2 + 1) // 2
    return Fraction(size if number >= 0 else -size, scale)


def _number(query: Query, cells: Cells) -> Fraction | None:
    """Return the number that a query gives; ``None`` where a cell is not known or the division by zero."""
    number = _picked(query, cells)
    if query.per is None or number is None:
        return number
    per = query.per if isinstance(query.per, Fraction) else _number(query.per, cells)
    return number / per if per else None


def _picked(query: Query, cells: Cells) -> Fraction | None:
    place = (query.indicator, query.population, query.level, query.value, query.year)
    chosen = list(_chosen(query, cells.get(place, {})))
    known = [number for number in chosen if number is not None]
    if len(known) < len(chosen):
        return None
    if query.pick == "cells":
        return Fraction(sum(1 for number in known if number))
    if query.pick == "largest":
        return max(known, default=Fraction(0))
    return sum(known, Fraction(0))


def _chosen(query: Query, cells: Mapping[Keys, Fraction | None]) -> Iterator[Fraction | None]:
    for (k1, k2), number in cells.items():
        if _matches(query.k1, k1) and _matches(query.k2, k2):
            yield number


def _matches(wanted: tuple[str, ...], key: str | None) -> bool:
    if not wanted:
        return True
    return key is not None if wanted == ANY else key in wanted


def _queries(figure: Figure) -> Iterator[Query]:
    waiting: list[Query | Fraction | None] = [figure.query, figure.against]
    while waiting:
        query = waiting.pop(0)
        if isinstance(query, Query):
            yield query
            waiting.append(query.per)


def _problems(published: Published, methodology: Methodology) -> Iterator[str]:
    known = methodology.taxonomies.get("cluster")
    if known is not None and published.cluster not in known:
        yield f"{published.name}: Ein Cluster „{published.cluster}“ gibt es nicht.{likely(published.cluster, known)}"
    for figure in published.figures:
        for query in _queries(figure):
            yield from (f"{published.name}, Zahl {figure.id}: {text}" for text in _unknown(query, methodology))


def _unknown(query: Query, methodology: Methodology) -> Iterator[str]:
    """Yield what is wrong with the names in one query."""
    sheets = {sheet.id: sheet for sheet in methodology.indicators}
    sheet = sheets.get(query.indicator)
    if sheet is None:
        yield _says("Einen Indikator", query.indicator, sheets)
        return
    levels = [level_name(path) for path in sheet.levels]
    if query.population is None and len(sheet.of) > 1:
        yield f"{sheet.id} hat mehrere Grundgesamtheiten. Bitte eine nennen: {', '.join(sheet.of)}."
    elif query.population not in (None, *sheet.of):
        yield _says(f"Eine Grundgesamtheit in {sheet.id}", str(query.population), sheet.of)
    elif query.level not in levels:
        yield _says(f"Eine Stufe in {sheet.id}", query.level, levels)
    elif query.value not in sheet.value_names or not sheet.has_value_at(query.value, query.level):
        there = [name for name in sheet.value_names if sheet.has_value_at(name, query.level)]
        yield _says(f"Einen Wert in {sheet.id} auf der Stufe „{query.level}“", query.value, there)
    elif query.year not in methodology.years or query.year not in sheet.valid:
        yield f"{sheet.id} ist für {query.year} nicht erhoben."
    else:
        yield from _unknown_keys(query, sheet, methodology)


def _unknown_keys(query: Query, sheet: Sheet, methodology: Methodology) -> Iterator[str]:
    scope = methodology.scope(sheet, methodology.population(query.population or sheet.of[0]))
    for word, keys in zip(query.path, (query.k1, query.k2), strict=False):
        terms = methodology.taxonomies.get(scope.taxonomy_of(word) or "")
        if terms is not None and keys != ANY:
            yield from (_says(f"Einen Begriff für {word}", key, terms) for key in keys if key not in terms)


def _says(what: str, name: str, known: Iterable[str]) -> str:
    listed = sorted(known)
    return f"{what} „{name}“ gibt es nicht.{likely(name, listed)} Vorhanden: {', '.join(listed[:12])}."


def _german(number: Fraction, decimals: int | None = None) -> str:
    """Write a number with a decimal comma: with so many decimals, else with up to four."""
    places = decimals if decimals is not None else 4
    size = rounded_half_up(number, places)
    whole, part = divmod(abs(size), 1)
    digits = f"{int(part * 10**places):0{places}d}" if places else ""
    if decimals is None:
        digits = digits.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{'-' if size < 0 else ''}{grouped}{',' + digits if digits else ''}"
