"""Makers: bars with shares, blocks of bars, small multiples over years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.charts.bar_blocks import BarBlock, BarBlocks, BlockBar
from ewm.report.charts.bars import Bar, Bars
from ewm.report.charts.columns import Year
from ewm.report.charts.form import Item
from ewm.report.charts.small_multiples import Multiple, SmallMultiples
from ewm.report.figures.parts import Made, Maker

if TYPE_CHECKING:
    from ewm.report.bound import Bound, BoundList


def shares(maker: Maker) -> Made:
    """One bar per term with its share of all; spec: items, all, kind."""
    every, form = maker.bound("all"), maker.setting.language.formatter
    bars = tuple(
        Bar(maker.label(one), one.value, share=form.percent(one.value, every.value))
        for one in maker.each("items").ranked
    )
    return Made("bars", Bars(bars, kind=maker.spec.get("kind", "project")), {})


def multiples(maker: Maker) -> Made:
    """One panel per term with a column per year and the reporting year's share; spec: items, all."""
    every, form = maker.bound("all"), maker.setting.language.formatter
    items = maker.each("items")
    whole = f"{maker.word('of')} {form.integer(every.value)} {maker.word('projects')}"
    panels = tuple(
        Multiple(
            maker.label(one),
            tuple(Year(str(year.fact.query.year), year.value, current=maker.current(year)) for year in one.years),
            f"{form.percent(one.value, every.value)} {whole}",
        )
        for one in items
    )
    return Made("small_multiples", SmallMultiples(panels), {"panels": items.items})


def blocks(maker: Maker) -> Made:
    """Three blocks on one scale: a share of all, a structure with an outlined part, a split; last year's shares beside.

    Spec: part, part_before (shares), structure, structure_before, inner (part of one bar), split, split_before.
    """
    part, before = maker.bound("part"), maker.bound("part_before")
    structure, split = maker.each("structure"), maker.each("split")
    inner = maker.bound("inner")
    heads = (str(maker.setting.facts.year), str(maker.setting.facts.year - 1))
    found = (
        BarBlock(maker.word("rdi_block"), _share_bars(maker, part, before)),
        BarBlock(maker.word("structure_block"), _split(maker, structure, maker.each("structure_before"), inner)),
        BarBlock(maker.word("funder_block"), _split(maker, split, maker.each("split_before"), None)),
    )
    return Made("bar_blocks", BarBlocks(found, share_heads=heads), {})


def _share_bars(maker: Maker, part: Bound, before: Bound) -> tuple[BlockBar, ...]:
    form = maker.setting.language.formatter
    rest, rest_before = part.whole - part.value, before.whole - before.value
    return (
        BlockBar(
            maker.word("rdi"), part.value, shares=_pair(maker, (part.value, part.whole), (before.value, before.whole))
        ),
        BlockBar(
            maker.word("other"),
            rest,
            text=form.in_table(rest),
            shares=_pair(maker, (rest, part.whole), (rest_before, before.whole)),
        ),
    )


def _pair(maker: Maker, now: tuple[int, int], before: tuple[int, int]) -> tuple[str, str]:
    form = maker.setting.language.formatter
    return form.percent(*now), form.percent(*before)


def _split(maker: Maker, now: BoundList, before: BoundList, inner: Bound | None) -> tuple[BlockBar, ...]:
    whole, whole_before = sum(one.value for one in now), sum(one.value for one in before)
    bars = []
    for one in now:
        outlined = None
        if inner is not None and inner.value and inner.fact.query.k1 == one.term:
            count = maker.setting.language.formatter.integer(inner.value)
            outlined = Item(f"{count} {maker.word('inner')}", inner.value)
        shares_ = _pair(maker, (one.value, whole), (before[one.term].value, whole_before))
        bars.append(BlockBar(maker.label(one), one.value, shares=shares_, outlined=outlined))
    return tuple(bars)
