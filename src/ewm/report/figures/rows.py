"""Makers: categories with sub-categories in two panels, and one mark per participation."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ewm.report.charts.envelope_rows import EnvelopeGroup, EnvelopeRow, EnvelopeRows
from ewm.report.charts.rows import SeriesHead
from ewm.report.charts.unit_rows import UnitLine, UnitLines, UnitRows
from ewm.report.figures.parts import Made, Maker

if TYPE_CHECKING:
    from ewm.report.bound import Bound, BoundList


def envelopes(maker: Maker) -> Made:
    """Sub-categories with the union of each category, projects beside activities.

    Spec: projects, project_parts, activities, activity_parts, all_projects, all_activities.
    """
    heads = tuple(
        SeriesHead(maker.word(kind), series, f"n = {maker.bound(every).text()}")  # type: ignore[arg-type]
        for kind, series, every in (
            ("projects", "project", "all_projects"),
            ("activities", "activity", "all_activities"),
        )
    )
    panels = (maker.each("projects"), maker.each("activities"))
    parts = (maker.each("project_parts"), maker.each("activity_parts"))
    groups = tuple(_group(maker, number, one, panels, parts) for number, one in enumerate(panels[0], start=1))
    return Made("envelope_rows", EnvelopeRows(heads, groups), {})


def _group(
    maker: Maker, number: int, one: Bound, panels: tuple[BoundList, ...], parts: tuple[BoundList, ...]
) -> EnvelopeGroup:
    below = [part for part in parts[0] if part.fact.query.k1 == one.term]
    rows = tuple(EnvelopeRow(maker.label(part), tuple(panel[part.term].value for panel in parts)) for part in below)
    unions = tuple(panel[one.term].value for panel in panels)
    return EnvelopeGroup(str(number), maker.label(one), unions, rows)


def participations(maker: Maker) -> Made:
    """One mark per participation, partners grouped by kind; spec: projects, activities, groups (kinds in order)."""
    panels = (maker.each("projects"), maker.each("activities"))
    heads = tuple(
        SeriesHead(maker.word(kind), series, f"{sum(one.value for one in panel)} {maker.word('participations')}")  # type: ignore[arg-type]
        for kind, series, panel in zip(("projects", "activities"), ("project", "activity"), panels, strict=True)
    )
    clusters = {one.cluster_id: one for one in maker.setting.order.programme.clusters}
    order = list(maker.spec["groups"])
    partners = sorted(panels[0], key=lambda one: (order.index(clusters[one.term].kind), -one.value))
    groups = tuple(
        UnitLines(
            maker.word(kind),
            tuple(UnitLine(maker.label(one), tuple(panel[one.term].value for panel in panels)) for one in ones),
        )
        for kind, ones in groupby(partners, key=lambda one: clusters[one.term].kind)
    )
    return Made("unit_rows", UnitRows(heads, groups), {})
