"""Makers: wholes with their parts over years, shares of a whole, and years that are withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.bound import bound_text
from ewm.report.charts.columns import Year
from ewm.report.charts.form import Item
from ewm.report.charts.share_bars import ShareBar, ShareBars, ShareGroup
from ewm.report.charts.stacked_columns import ShareLine, StackColumn, StackedColumns, StackPanel
from ewm.report.charts.withheld_columns import Counted, WithheldColumns
from ewm.report.figures.parts import Made, Maker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ewm.report.bound import Bound


def volumes(maker: Maker) -> Made:
    """Two panels of amounts in millions, whole and regional part per year, with a row of shares.

    Spec: panels (each with word, whole, part), shares; all of them over the years.
    """
    panels = tuple(_panel(maker, entry) for entry in maker.spec["panels"])
    form = maker.setting.language.formatter
    shares = tuple(form.percent(one.value, one.whole, 0) for one in maker.each("shares"))
    line = ShareLine(maker.word("share"), shares, maker.word("share_note"))
    chart = StackedColumns(panels, maker.word("whole"), maker.word("part"), line)
    return Made("stacked_columns", chart, {})


def _panel(maker: Maker, entry: Mapping[str, Any]) -> StackPanel:
    wholes, parts = (list(maker.items({**entry[key], "each": "years"})) for key in ("whole", "part"))
    columns = tuple(_column(maker, whole, part) for whole, part in zip(wholes, parts, strict=True))
    return StackPanel(maker.word(entry["word"]), maker.word("unit"), columns)


def _column(maker: Maker, whole: Bound, part: Bound) -> StackColumn:
    millions = maker.setting.language.formatter.millions
    label = str(whole.fact.query.year)
    year = Year(label, whole.value, text=millions(whole.value), current=maker.current(whole))
    return StackColumn(year, Item(maker.word("part"), part.value, text=millions(part.value)))


def origins(maker: Maker) -> Made:
    """Bars to a hundred per cent by the terms of a taxonomy, one group per series, broken where a rule changed.

    Spec: of (taxonomy), level, groups (each with word, kind, query and years as offsets).
    """
    terms = maker.setting.order(maker.spec["of"])
    segments = tuple(maker.setting.language.label(term) for term in terms)
    groups, names = [], []
    for entry in maker.spec["groups"]:
        bars = []
        for offset in entry["years"]:
            query = {**entry["query"], "year": offset}
            parts = maker.items({**query, "level": maker.spec["level"], "each": maker.spec["of"]})
            every = maker.setting.bound(query)
            bars.append(
                _bar(maker, every, tuple(part.value for part in parts), broken=_broken(maker, every, entry, offset))
            )
            names.append(
                {"name": maker.word(entry["word"]), "year_text": every.year_text, "all": every, "parts": parts}
            )
        groups.append(ShareGroup(maker.word(entry["word"]), entry["kind"], tuple(bars)))
    return Made(
        "share_bars", ShareBars(segments, maker.word("actors"), tuple(groups), maker.word("share")), {"bars": names}
    )


def _bar(maker: Maker, every: Bound, counts: tuple[int, ...], *, broken: bool) -> ShareBar:
    share = maker.setting.language.formatter.percent(counts[0], every.value)
    return ShareBar(str(every.fact.query.year), counts, share, current=maker.current(every), break_above=broken)


def _broken(maker: Maker, every: Bound, entry: Mapping[str, Any], offset: int) -> bool:
    """Return whether a rule changed against the bar above."""
    place = entry["years"].index(offset)
    if place == 0:
        return False
    year = maker.setting.facts.year + entry["years"][place - 1]
    state, _ = maker.setting.facts.state(every.fact.query, year, every.fact.query.year)
    return state != "comparable"


def withheld(maker: Maker) -> Made:
    """The reporting year's column beside hatched years that may not be compared; spec: value."""
    now = maker.bound("value")
    recorded = maker.setting.facts.years[now.fact.query.indicator]
    earlier = [year for year in recorded if year != now.fact.query.year]
    _, sentence = maker.setting.facts.state(now.fact.query, now.fact.query.year - 1, now.fact.query.year)
    eras = (
        Counted(tuple(Year(str(year), None) for year in earlier)),
        Counted((Year(str(now.fact.query.year), now.value, current=True),)),
    )
    chart = WithheldColumns(
        tuple(era for era in eras if era.years),
        maker.word("withheld"),
        f"{maker.word('changed')} {sentence}",
        maker.word("reason"),
        kind=maker.spec.get("kind", "project"),
    )
    return Made("withheld_columns", chart, {"sentence": bound_text(sentence)})
