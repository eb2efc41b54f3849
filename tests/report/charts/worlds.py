"""Data for every form, drawn at random: nothing, one, some, hundreds; short, long and unbreakable labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ewm.report.charts.bar_blocks import BarBlock, BarBlocks, BlockBar
from ewm.report.charts.bars import Bar, Bars
from ewm.report.charts.columns import Year
from ewm.report.charts.district_map import District, DistrictMap, MapWords
from ewm.report.charts.envelope_rows import EnvelopeGroup, EnvelopeRow, EnvelopeRows
from ewm.report.charts.form import Item
from ewm.report.charts.rows import SeriesHead
from ewm.report.charts.share_bars import ShareBar, ShareBars, ShareGroup
from ewm.report.charts.small_multiples import Multiple, SmallMultiples
from ewm.report.charts.stacked_columns import Outlier, ShareLine, StackColumn, StackedColumns, StackPanel
from ewm.report.charts.unit_chart import UnitBracket, UnitChart, UnitGroup, UnitRow
from ewm.report.charts.unit_rows import UnitLine, UnitLines, UnitRows
from ewm.report.charts.withheld_columns import Counted, WithheldColumns
from ewm.report.charts.year_columns import YearColumns
from ewm.report.numbers import FORMATTERS

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from ewm.report.charts.style import Kind

LABELS = (
    "EU",
    "Land",
    "erste Klasse",
    "Verbund mit Wissenschaft",
    "Verkehr, Mobilität und Logistik",
    "nicht-technische oder organisatorische Neuerung *",
    "Hochschulen, Forschungseinrichtungen und außeruniversitäre Institute der Hauptstadtregion",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "Łódź/Świętokrzyskie",
)
KINDS: tuple[Kind, ...] = ("project", "activity")
labels: SearchStrategy[str] = st.sampled_from(LABELS)
counts: SearchStrategy[int] = st.one_of(st.integers(0, 3), st.integers(0, 40), st.integers(0, 9_999))
small: SearchStrategy[int] = st.integers(0, 30)


def _year(draw: DrawFn, number: int, value: int | None, last: int, text: str | None = None) -> Year:
    del draw
    return Year(str(2030 - last + number), value, text, current=number == last)


@st.composite
def years(draw: DrawFn, most: int = 6) -> tuple[Year, ...]:
    values = draw(st.lists(st.one_of(counts, st.none()), min_size=1, max_size=most))
    return tuple(_year(draw, place, value, len(values) - 1) for place, value in enumerate(values))


@st.composite
def year_columns(draw: DrawFn, most: int = 6) -> YearColumns:
    return YearColumns(draw(labels), draw(years(most)), draw(st.sampled_from(KINDS)))


@st.composite
def small_multiples(draw: DrawFn) -> SmallMultiples:
    number, panels = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    shown = []
    for _ in range(panels):
        values = draw(st.lists(counts, min_size=number, max_size=number))
        columns = tuple(_year(draw, place, value, number - 1) for place, value in enumerate(values))
        shown.append(Multiple(draw(labels), columns, draw(st.sampled_from(("", "14,8 % der 27 Projekte")))))
    return SmallMultiples(tuple(shown))


@st.composite
def bars(draw: DrawFn) -> Bars:
    rows = draw(st.lists(st.tuples(labels, counts), min_size=1, max_size=8))
    return Bars(tuple(Bar(label, count, share="99,9\N{NO-BREAK SPACE}%") for label, count in rows), "activity")


@st.composite
def bar_blocks(draw: DrawFn) -> BarBlocks:
    heads = draw(st.sampled_from(((), ("Anteil 2030",), ("Anteil 2030", "2029"), ("Anteil 2030", "2029", "2028"))))
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        rows = draw(st.lists(st.tuples(labels, counts, st.booleans()), min_size=1, max_size=5))
        blocks.append(BarBlock(draw(labels), tuple(_block_bar(draw, row, len(heads)) for row in rows)))
    return BarBlocks(tuple(blocks), heads)


def _block_bar(draw: DrawFn, row: tuple[str, int, bool], shares: int) -> BlockBar:
    label, count, outlined = row
    part = draw(st.integers(0, count)) if outlined else None
    shown = ("100,0\N{NO-BREAK SPACE}%",) * shares
    return BlockBar(label, count, shares=shown, outlined=None if part is None else Item(f"{part} BIG", part))


@st.composite
def unit_chart(draw: DrawFn) -> UnitChart:
    groups = [UnitGroup(draw(labels), draw(counts)) for _ in range(draw(st.integers(0, 2)))]
    rows = draw(st.lists(st.tuples(labels, st.one_of(small, counts), st.booleans()), min_size=1, max_size=5))
    states = tuple(UnitRow(label, count, filled=filled) for label, count, filled in rows)
    first = draw(st.integers(0, len(states) - 1))
    last = draw(st.integers(first, len(states) - 1))
    note = draw(st.sampled_from(("", "55,6\N{NO-BREAK SPACE}% von 27")))
    bracket = draw(st.sampled_from((None, UnitBracket(first, last, "1.234 umgesetzt", note))))
    groups.append(UnitGroup(draw(labels), sum(row.size for row in states), rows=states, bracket=bracket))
    side = draw(st.one_of(st.none(), year_columns(5)))
    return UnitChart(draw(labels), draw(labels), tuple(groups), side)


@st.composite
def unit_rows(draw: DrawFn) -> UnitRows:
    heads = _heads(draw)
    most = draw(st.sampled_from((3, 9, 20, 400)))
    values = st.tuples(*([st.one_of(st.none(), st.integers(0, most))] * len(heads)))
    groups = []
    for _ in range(draw(st.integers(1, 4))):
        lines = draw(st.lists(st.tuples(labels, values), min_size=1, max_size=4))
        groups.append(UnitLines(draw(labels), tuple(UnitLine(*line) for line in lines)))
    return UnitRows(heads, tuple(groups))


def _heads(draw: DrawFn) -> tuple[SeriesHead, ...]:
    note = draw(st.sampled_from(("", "n = 27", "1.234 Beteiligungen")))
    both = (SeriesHead("Projekte", "project", note), SeriesHead("Sonstige Aktivitäten", "activity", note))
    return both[: draw(st.integers(1, 2))]


@st.composite
def envelope_rows(draw: DrawFn) -> EnvelopeRows:
    heads = _heads(draw)
    groups = []
    for number in range(draw(st.integers(1, 6))):
        size = draw(st.integers(0, 4))
        columns = [draw(st.lists(counts, min_size=size, max_size=size)) for _ in heads]
        unions = tuple(draw(st.integers(max(c, default=0), sum(c) if c else 60)) for c in columns)
        rows = tuple(EnvelopeRow(draw(labels), tuple(column[row] for column in columns)) for row in range(size))
        groups.append(EnvelopeGroup(draw(st.sampled_from(("", str(number + 1)))), draw(labels), unions, rows))
    return EnvelopeRows(heads, tuple(groups))


@st.composite
def stacked_columns(draw: DrawFn) -> StackedColumns:
    number = draw(st.integers(1, 6))
    panels = [_panel(draw, number) for _ in range(draw(st.integers(1, 2)))]
    line = ShareLine("Anteil öffentlich gefördert", ("100\N{NO-BREAK SPACE}%",) * number, draw(labels))
    return StackedColumns(tuple(panels), "gesamt", draw(labels), draw(st.sampled_from((None, line))))


def _panel(draw: DrawFn, number: int) -> StackPanel:
    amounts = [draw(st.one_of(counts, st.integers(0, 400_000))) for _ in range(number)]
    columns = []
    for place, amount in enumerate(amounts):
        part = draw(st.integers(0, amount))
        year = _year(draw, place, amount, number - 1, FORMATTERS["de"].fraction(amount, 10))
        columns.append(StackColumn(year, Item("", part, FORMATTERS["de"].fraction(part, 10))))
    largest = amounts.index(max(amounts))
    outlier = Outlier(largest, amounts[largest] // 2, "davon 14,0 „Neue Halle für alles“; ohne: 11,3")
    marked = outlier if draw(st.booleans()) and amounts[largest] > 1 else None
    return StackPanel(draw(st.sampled_from(("Projektvolumen", "Volumen"))), "Mio. Euro", tuple(columns), marked)


@st.composite
def share_bars(draw: DrawFn) -> ShareBars:
    number = draw(st.integers(2, 4))
    segments = ("Brandenburg", "Berlin", "übriges Deutschland", "Ausland")[:number]
    groups = []
    for label, kind in _BOTH[: draw(st.integers(1, 2))]:
        values = draw(st.lists(st.lists(counts, min_size=number, max_size=number), min_size=1, max_size=4))
        groups.append(
            ShareGroup(label, kind, tuple(_share_bar(draw, v, place, values) for place, v in enumerate(values)))
        )
    return ShareBars(segments, "Akteure", tuple(groups))


_BOTH: tuple[tuple[str, Kind], ...] = (("Projekte", "project"), ("Sonstige Aktivitäten", "activity"))


def _share_bar(draw: DrawFn, values: list[int], place: int, bars: list[list[int]]) -> ShareBar:
    broken, current = place > 0 and draw(st.booleans()), place == len(bars) - 1
    share = FORMATTERS["de"].percent(values[0], sum(values))
    return ShareBar(str(2031 - len(bars) + place), tuple(values), share, current=current, break_above=broken)


@st.composite
def withheld_columns(draw: DrawFn) -> WithheldColumns:
    eras = [Counted((Year("2027", None), Year("2028", None)), draw(st.sampled_from(("", "gezählt nach Beginn"))))]
    eras.append(Counted((Year("2029", draw(counts)), Year("2030", draw(counts), current=True)), "gezählt nach Ende"))
    chosen = tuple(eras[draw(st.integers(0, 1)) :])
    return WithheldColumns(chosen, "nicht vergleichbar", draw(labels), draw(labels), "activity")


WORDS = MapWords(
    "Beteiligte Akteure",
    "an neu initiierten (an\N{NO-BREAK SPACE}laufenden) Projekten",
    "neu initiiert:",
    "– (keine)",
    "{} und mehr",
    "nicht ausgewertet",
    "kreisfreie Stadt",
    "50\N{NO-BREAK SPACE}km",
)
DISTRICTS = (
    ("12051", "Brandenburg an der Havel"), ("12052", "Cottbus"), ("12053", "Frankfurt (Oder)"), ("12054", "Potsdam"),
    ("12060", "Barnim"), ("12061", "Dahme-Spreewald"), ("12062", "Elbe-Elster"), ("12063", "Havelland"),
    ("12064", "Märkisch-Oderland"), ("12065", "Oberhavel"), ("12066", "Oberspreewald-Lausitz"),
    ("12067", "Oder-Spree"), ("12068", "Ostprignitz-Ruppin"), ("12069", "Potsdam-Mittelmark"), ("12070", "Prignitz"),
    ("12071", "Spree-Neiße"), ("12072", "Teltow-Fläming"), ("12073", "Uckermark"),
)  # fmt: skip


@st.composite
def district_map(draw: DrawFn) -> DistrictMap:
    most = draw(st.sampled_from((0, 1, 4, 9, 60, 999)))
    districts = []
    for ags, name in DISTRICTS:
        count = draw(st.integers(0, most))
        wider = count + draw(st.integers(0, most))
        districts.append(District(ags, name, count, wider, town=ags < "12060"))
    return DistrictMap(tuple(districts), {"11000": "Berlin"}, WORDS)


WORLDS = {
    "unit_chart": unit_chart(),
    "year_columns": year_columns(),
    "stacked_columns": stacked_columns(),
    "bar_blocks": bar_blocks(),
    "envelope_rows": envelope_rows(),
    "unit_rows": unit_rows(),
    "small_multiples": small_multiples(),
    "bars": bars(),
    "share_bars": share_bars(),
    "district_map": district_map(),
    "withheld_columns": withheld_columns(),
}
