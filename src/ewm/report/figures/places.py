"""Maker: the region's districts with units of the year and, in brackets, a wider count that contains them."""

from __future__ import annotations

from ewm.report.bound import unmarked
from ewm.report.charts.district_map import District, DistrictMap, MapWords
from ewm.report.figures.parts import Made, Maker


def districts(maker: Maker) -> Made:
    """One label „n (m)“ per district; spec: count, wider (each over the districts), beside, town (kind that is one)."""
    counts, wider = maker.each("count"), maker.each("wider")
    outside = set(maker.spec["beside"])
    towns = set(maker.spec["towns"])
    found = tuple(
        District(one.term, unmarked(one.label), one.value, wider[one.term].value, town=one.term in towns)
        for one in counts
        if one.term not in outside
    )
    beside = {term: maker.setting.language.label(term) for term in maker.spec["beside"]}
    words = MapWords(
        **{
            key: maker.word(key)
            for key in ("title", "meaning", "classes", "none", "and_more", "outside", "town", "distance")
        }
    )
    chart = DistrictMap(found, beside, words, maker.word("count"), maker.word("wider"))
    return Made(
        "district_map", chart, {"new": tuple(one for one in counts if one.term not in outside), "running": wider}
    )
