"""What each form promises: counts as marks, one scale, open and solid, breaks in red, nothing withheld is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ewm.config import load_config
from ewm.errors import ContentError
from ewm.report.charts import FORMS, load_style
from ewm.report.charts.bar_blocks import BarBlock, BarBlocks, BlockBar
from ewm.report.charts.bars import Bars
from ewm.report.charts.columns import Year
from ewm.report.charts.district_map import class_starts
from ewm.report.charts.envelope_rows import EnvelopeGroup, EnvelopeRow, EnvelopeRows
from ewm.report.charts.form import Item
from ewm.report.charts.share_bars import ShareBars
from ewm.report.charts.small_multiples import SmallMultiples
from ewm.report.charts.stacked_columns import StackedColumns
from ewm.report.charts.unit_chart import UnitChart, UnitGroup, UnitRow
from ewm.report.charts.unit_rows import UnitLine, UnitLines, UnitRows
from ewm.report.charts.withheld_columns import Counted
from ewm.report.charts.year_columns import YearColumns
from tests.report.charts.ink import rows_of
from tests.report.charts.samples import HEADS, SAMPLES, years

STYLE = load_style(load_config().programme, "de")
PROJECT, COLOUR = STYLE.series["project"], STYLE.colour


def spec_of(name: str, data: Any) -> dict[str, Any]:
    return FORMS[name].draw(data, STYLE).spec("")


def texts(spec: dict[str, Any]) -> list[str]:
    return [row["text"] for row in rows_of(spec, "text")]


@pytest.mark.parametrize("name", FORMS)
def test_every_described_value_is_printed(name: str) -> None:
    printed = texts(spec_of(name, SAMPLES[name]))
    joined = " ".join(printed)
    for datum in FORMS[name].describe(SAMPLES[name], STYLE.formatter):
        assert datum.text in joined, datum


@pytest.mark.parametrize("name", FORMS)
def test_describe_gives_raw_values_beside_the_printed_ones(name: str) -> None:
    described = FORMS[name].describe(SAMPLES[name], STYLE.formatter)
    assert any(datum.value for datum in described)
    assert all(datum.row and datum.text for datum in described)


@pytest.mark.parametrize(("earlier", "dots"), [(150 - 7, True), (151 - 7, False)])
def test_units_are_dots_up_to_150_and_bars_above(earlier: int, *, dots: bool) -> None:
    data = replace(SAMPLES["unit_chart"], groups=(UnitGroup("vorher", earlier), SAMPLES["unit_chart"].groups[1]))
    spec = spec_of("unit_chart", data)
    assert len(list(rows_of(spec, "symbol"))) == (150 if dots else 0)
    assert ("Ein Punkt steht für ein Projekt." in texts(spec)) is dots


def test_marks_not_yet_carried_out_are_open() -> None:
    symbols = list(rows_of(spec_of("unit_chart", SAMPLES["unit_chart"]), "symbol"))
    fills = [row["fill"] for row in symbols]
    assert (fills.count(PROJECT.mid), fills.count(PROJECT.fill), fills.count(COLOUR.paper)) == (13, 5, 2)
    assert all(row["stroke"] == PROJECT.fill for row in symbols if row["fill"] == COLOUR.paper)


def test_series_differ_by_shape_and_not_by_colour_alone() -> None:
    shapes = {(row["shape"], row["fill"]) for row in rows_of(spec_of("unit_rows", SAMPLES["unit_rows"]), "symbol")}
    assert shapes == {("circle", PROJECT.fill), ("diamond", STYLE.series["activity"].fill)}


@pytest.mark.parametrize(("most", "marks"), [(9, True), (400, False)])
def test_long_rows_of_marks_become_bars(most: int, *, marks: bool) -> None:
    data = UnitRows(HEADS, (UnitLines("Im Land", (UnitLine("Nachbar", (most, 1)),)),))
    assert bool(list(rows_of(spec_of("unit_rows", data), "symbol"))) is marks


def test_bars_of_all_blocks_share_one_scale_from_zero() -> None:
    rects = [
        row for row in rows_of(spec_of("bar_blocks", SAMPLES["bar_blocks"]), "rect") if row["fill"] == PROJECT.fill
    ]
    by_tip = {row["tooltip"]: row["width"] for row in rects}
    assert by_tip["Land: 7"] == pytest.approx(by_tip["Verbund: 4"] * 7 / 4, abs=0.02)
    assert len({row["x"] for row in rects}) == 1
    assert "EU: –" not in by_tip


def test_outlined_part_moves_beside_the_bar_when_its_label_is_wider() -> None:
    def place(part: int) -> tuple[float, float]:
        bars = (BlockBar("eins", 100, outlined=Item("ein Teil", part)),)
        spec = spec_of("bar_blocks", BarBlocks((BarBlock("Block", bars),)))
        row = next(row for row in rows_of(spec, "text") if row["text"] == "ein Teil")
        bar = next(row for row in rows_of(spec, "rect") if row["fill"] == PROJECT.fill)
        return row["x"], bar["x"] + bar["width"]

    inside, end = place(60)
    assert inside < end
    beside, end = place(2)
    assert beside > end


def test_envelope_is_as_long_as_the_union_and_the_bracket_right_of_every_label() -> None:
    spec = spec_of("envelope_rows", SAMPLES["envelope_rows"])
    rects = {row["tooltip"]: row["width"] for row in rows_of(spec, "rect")}
    assert rects["Erstes, Projekte: 7"] == pytest.approx(rects["links, Projekte: 5"] * 7 / 5, abs=0.02)
    assert rects["Erstes, Sonstige Aktivitäten: 9"] == pytest.approx(rects["links, Projekte: 5"] * 9 / 5, abs=0.02)


@pytest.mark.parametrize(("union", "fine"), [(4, False), (5, True), (8, True), (9, False)])
def test_union_lies_between_its_largest_row_and_their_sum(union: int, *, fine: bool) -> None:
    group = EnvelopeGroup("1", "Erstes", (union,), (EnvelopeRow("a", (5,)), EnvelopeRow("b", (3,))))
    data = EnvelopeRows(HEADS[:1], (group,))
    if fine:
        spec_of("envelope_rows", data)
        return
    with pytest.raises(ContentError, match=f"„Erstes“ zählt {union}"):
        spec_of("envelope_rows", data)


def test_whole_is_outlined_and_part_solid() -> None:
    rects = list(rows_of(spec_of("stacked_columns", SAMPLES["stacked_columns"]), "rect"))
    wholes = [row for row in rects if row["fill"] == COLOUR.paper]
    parts = [row for row in rects if row["fill"] != COLOUR.paper]
    assert len(wholes) == len(parts) == 6
    assert all(row["stroke"] == PROJECT.fill for row in wholes)
    assert {row["fill"] for row in parts} == {PROJECT.fill, PROJECT.mid}
    assert parts[1]["height"] == pytest.approx(150 / 210 * 103, abs=0.02)


def test_outlier_is_bracketed_at_its_amount() -> None:
    paths = [row["path"] for row in rows_of(spec_of("stacked_columns", SAMPLES["stacked_columns"]), "path")]
    bracket = next(path for path in paths if path.count("L") == 3)
    ys = [float(point.split(",")[1]) for point in bracket[1:].split("L")]
    assert ys[2] - ys[1] == pytest.approx(120 / 210 * 103, abs=0.02)


def test_share_bars_fill_the_width_and_count_what_they_show() -> None:
    spec = spec_of("share_bars", SAMPLES["share_bars"])
    rects = [row for row in rows_of(spec, "rect") if row.get("tooltip", "").endswith(("2029: 7", "2029: 2", "2029: 1"))]
    assert len(rects) == 3
    right = rects[-1]["x"] + rects[-1]["width"]
    assert right == pytest.approx(STYLE.width, abs=0.5)
    assert {"10", "99", "70,0 %", "–"} <= set(texts(spec))


def test_counting_break_is_a_red_dashed_line() -> None:
    dashed = [row for row in rows_of(spec_of("share_bars", SAMPLES["share_bars"]), "path") if "strokeDash" in row]
    assert [row["stroke"] for row in dashed] == [COLOUR.method]


@pytest.mark.parametrize(("segments", "fine"), [(1, False), (2, True), (4, True), (5, False)])
def test_share_bars_have_two_to_four_segments(segments: int, *, fine: bool) -> None:
    bar = replace(SAMPLES["share_bars"].groups[0].bars[0], counts=(1,) * segments)
    group = replace(SAMPLES["share_bars"].groups[0], bars=(bar,))
    data = ShareBars(("a", "b", "c", "d", "e")[:segments], "n", (group,))
    if fine:
        spec_of("share_bars", data)
        return
    with pytest.raises(ContentError, match="zwei bis 4"):
        spec_of("share_bars", data)


def test_small_multiples_share_one_scale_over_all_rows() -> None:
    data = SmallMultiples(SAMPLES["small_multiples"].panels * 3)
    spec = spec_of("small_multiples", data)
    heights = {row["tooltip"]: row["height"] for row in rows_of(spec, "rect")}
    assert heights["2030: 6"] == pytest.approx(heights["2028: 3"] * 2, abs=0.02)
    assert len({round(row["y"] + row["height"], 1) for row in rows_of(spec, "rect")}) == 2


def test_a_withheld_year_has_no_value_only_hatching_and_the_reason() -> None:
    data = SAMPLES["withheld_columns"]
    spec = spec_of("withheld_columns", data)
    assert [row["tooltip"] for row in rows_of(spec, "rect") if "tooltip" in row] == ["2031: 8"]
    assert [row["stroke"] for row in rows_of(spec, "path") if "strokeDash" in row] == [COLOUR.method]
    described = FORMS["withheld_columns"].describe(data, STYLE.formatter)
    assert [datum.text for datum in described] == ["nicht vergleichbar"] * 2 + ["8"]
    one = replace(data, eras=(Counted(years(3)),))
    assert not [row for row in rows_of(spec_of("withheld_columns", one), "path") if "strokeDash" in row]


@pytest.mark.parametrize(
    ("largest", "starts"),
    [(0, [1]), (1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (6, [1, 2, 3]), (7, [1, 4, 7]), (30, [1, 11, 21]), (31, [1, 21])],
)
def test_classes_of_the_map(largest: int, starts: list[int]) -> None:
    assert class_starts([0, largest], 4) == starts


def test_map_refuses_an_unknown_a_missing_and_an_impossible_district() -> None:
    data = SAMPLES["district_map"]
    with pytest.raises(ContentError, match="Ohne Wert: 12051"):
        spec_of("district_map", replace(data, districts=data.districts[1:]))
    strange = replace(data.districts[0], ags="99999")
    with pytest.raises(ContentError, match="ohne Umriss: 99999"):
        spec_of("district_map", replace(data, districts=(*data.districts, strange)))
    impossible = replace(data.districts[0], count=3, wider=2)
    with pytest.raises(ContentError, match="3 ist mehr als 2"):
        spec_of("district_map", replace(data, districts=(impossible, *data.districts[1:])))
    equal = replace(data.districts[0], count=3, wider=3)
    spec_of("district_map", replace(data, districts=(equal, *data.districts[1:])))


def test_the_reporting_year_is_dark_and_strong_all_others_are_not() -> None:
    spec = spec_of("year_columns", SAMPLES["year_columns"])
    assert [row["fill"] for row in rows_of(spec, "rect")] == [PROJECT.mid, PROJECT.fill]
    weights = {row["text"]: row["fontWeight"] for row in rows_of(spec, "text") if row["text"].startswith("20")}
    assert weights == {"2027": 400, "2028": 400, "2029": 400, "2030": 600}
    assert [row["text"] for row in rows_of(spec, "text")][1:5] == ["5", "·", "–", "7"]


EMPTY = {
    "unit_chart": UnitChart("", "", ()),
    "year_columns": YearColumns("", ()),
    "stacked_columns": StackedColumns((), "", ""),
    "bar_blocks": BarBlocks(()),
    "envelope_rows": EnvelopeRows(HEADS, ()),
    "unit_rows": UnitRows(HEADS, ()),
    "small_multiples": SmallMultiples(()),
    "bars": Bars(()),
    "share_bars": ShareBars(("a", "b"), "", ()),
    "district_map": replace(SAMPLES["district_map"], districts=()),
    "withheld_columns": replace(SAMPLES["withheld_columns"], eras=()),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_chart_without_any_row_is_refused(name: str) -> None:
    with pytest.raises(ContentError, match="hat keine Daten"):
        spec_of(name, EMPTY[name])


def test_numbers_follow_the_language() -> None:
    data = YearColumns("", (Year("2030", 1234, current=True),))
    for language, shown in (("de", "1.234"), ("en", "1,234")):
        spec = FORMS["year_columns"].draw(data, STYLE.in_language(language)).spec("")
        assert texts(spec)[0] == shown


def test_a_wider_page_stretches_the_scale() -> None:
    wide = FORMS["bars"].draw(SAMPLES["bars"], STYLE.at_width(700)).spec("")
    assert wide["width"] == 700
    assert max(row["x"] for row in rows_of(wide, "text")) == 700


def test_row_kinds_exist_for_groups_without_bracket() -> None:
    data = UnitChart("", "", (UnitGroup("neu", 2, rows=(UnitRow("läuft", 2),)),))
    assert not [row for row in rows_of(spec_of("unit_chart", data), "path") if row["path"].count("L") == 3]
