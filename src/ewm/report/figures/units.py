"""Maker: units by state, with a bracket over the carried out ones and a small series of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.bound import bound_text
from ewm.report.charts.columns import Year
from ewm.report.charts.unit_chart import UnitBracket, UnitChart, UnitGroup, UnitRow
from ewm.report.charts.year_columns import YearColumns
from ewm.report.figures.parts import Made, Maker

if TYPE_CHECKING:
    from ewm.report.bound import Bound


def units_by_state(maker: Maker) -> Made:
    """All units, those begun before and those begun in the year by state; spec: all, new, states, filled, series."""
    every, new = maker.bound("all"), maker.bound("new")
    filled = tuple(maker.spec["filled"])
    states = sorted(maker.each("states"), key=lambda one: filled.index(one.term) if one.term in filled else len(filled))
    rows = [_row(maker, one, filled) for one in states if one.value or one.term in filled]
    earlier = every.value - new.value
    series = maker.each("series")
    title = f"{maker.setting.language.formatter.integer(every.value)} {maker.word('title')}"
    groups = (
        UnitGroup(maker.word("earlier"), earlier),
        UnitGroup(maker.word("new"), new.value, rows=tuple(rows), bracket=_bracket(maker, new, rows)),
    )
    years = tuple(Year(str(one.fact.query.year), one.value, current=maker.current(one)) for one in series)
    chart = UnitChart(title, maker.word("unit_note"), groups, YearColumns(maker.word("series"), years))
    return Made("unit_chart", chart, {"earlier": bound_text(maker.setting.language.formatter.in_table(earlier))})


def _row(maker: Maker, one: Bound, filled: tuple[str, ...]) -> UnitRow:
    return UnitRow(maker.label(one), one.value, filled=one.term in filled)


def _bracket(maker: Maker, new: Bound, rows: list[UnitRow]) -> UnitBracket | None:
    done = [row for row in rows if row.filled]
    count = sum(row.size for row in done)
    if not count:
        return None
    form = maker.setting.language.formatter
    note = f"{form.percent(count, new.value)} {maker.word('of')} {form.integer(new.value)}"
    return UnitBracket(0, len(done) - 1, f"{form.integer(count)} {maker.word('realised')}", note)
