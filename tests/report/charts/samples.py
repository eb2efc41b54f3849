"""One hand-made data set per form; the numbers are invented."""

from __future__ import annotations

from typing import Any

from ewm.report.charts.bar_blocks import BarBlock, BarBlocks, BlockBar
from ewm.report.charts.bars import Bar, Bars
from ewm.report.charts.columns import Year
from ewm.report.charts.district_map import District, DistrictMap
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
from tests.report.charts.worlds import DISTRICTS, WORDS

HEADS = (SeriesHead("Projekte", "project", "n = 9"), SeriesHead("Sonstige Aktivitäten", "activity", "n = 12"))


def years(*values: int | None) -> tuple[Year, ...]:
    """Columns up to 2030, the last of them current."""
    last = len(values) - 1
    return tuple(Year(str(2030 - last + n), value, current=n == last) for n, value in enumerate(values))


def amounts(*pairs: tuple[int, int]) -> tuple[StackColumn, ...]:
    """Columns of whole and part, in tenths of a million."""
    shown = [(whole, part, f"{whole / 10:.1f}", f"{part / 10:.1f}") for whole, part in pairs]
    last = len(pairs) - 1
    return tuple(
        StackColumn(
            Year(str(2030 - last + n), whole, a.replace(".", ","), current=n == last),
            Item("", part, b.replace(".", ",")),
        )
        for n, (whole, part, a, b) in enumerate(shown)
    )


STATES = (UnitRow("läuft", 4), UnitRow("beendet", 1), UnitRow("beantragt", 2, filled=False))
SAMPLES: dict[str, Any] = {
    "unit_chart": UnitChart(
        "20 Projekte",
        "Ein Punkt steht für ein Projekt.",
        (
            UnitGroup("vorher begonnen", 13),
            UnitGroup("neu", 7, rows=STATES, bracket=UnitBracket(0, 1, "5 umgesetzt", "71,4 % von 7")),
        ),
        YearColumns("Neu je Jahr", years(5, 6, 8, 7)),
    ),
    "year_columns": YearColumns("Neu je Jahr", years(5, None, 0, 7)),
    "stacked_columns": StackedColumns(
        (
            StackPanel(
                "Volumen",
                "Mio. Euro",
                amounts((40, 30), (210, 150), (80, 20)),
                Outlier(1, 120, "davon 12,0 Halle; ohne: 9,0"),
            ),
            StackPanel("Förderung", "Mio. Euro", amounts((20, 20), (90, 60), (50, 4))),
        ),
        "gesamt",
        "davon Region",
        ShareLine("Anteil gefördert", ("50 %", "60 %", "70 %"), "des Volumens"),
    ),
    "bar_blocks": BarBlocks(
        (
            BarBlock(
                "Struktur der 7 Projekte",
                (
                    BlockBar("Verbund", 4, shares=("57,1 %", "40 %")),
                    BlockBar("einzeln", 3, shares=("42,9 %", "60 %"), outlined=Item("2 klein", 2)),
                ),
            ),
            BarBlock("Geldgeber", (BlockBar("Land", 7, shares=("100,0 %", "")), BlockBar("EU", 0, shares=("–", "")))),
        ),
        ("Anteil 2030", "2029"),
    ),
    "envelope_rows": EnvelopeRows(
        HEADS,
        (
            EnvelopeGroup("1", "Erstes", (7, 9), (EnvelopeRow("links", (5, 4)), EnvelopeRow("rechts", (3, 8)))),
            EnvelopeGroup("2", "Zweites", (0, 2), (EnvelopeRow("oben", (0, 1)), EnvelopeRow("unten", (0, 1)))),
            EnvelopeGroup("3", "Drittes", (3, None), ()),
        ),
    ),
    "unit_rows": UnitRows(
        HEADS,
        (
            UnitLines("Im Land", (UnitLine("Nachbar", (3, 5)), UnitLine("Ferner", (0, 0)))),
            UnitLines("Sonst", (UnitLine("Andere", (1, None)),)),
        ),
    ),
    "small_multiples": SmallMultiples(
        (Multiple("Werkstatt", years(3, 4, 6), "60 %"), Multiple("Netzwerk", years(1, 0, 4)))
    ),
    "bars": Bars(
        (Bar("Netzwerk", 9, share="75,0 %"), Bar("Werkstatt", 3, share="25,0 %"), Bar("Matrix", 0, share="–"))
    ),
    "share_bars": ShareBars(
        ("hier", "nebenan", "fern"),
        "Akteure",
        (
            ShareGroup(
                "Projekte",
                "project",
                (
                    ShareBar("2029", (7, 2, 1), "70,0 %"),
                    ShareBar("2030", (80, 18, 1), "80,8 %", current=True, break_above=True),
                ),
            ),
            ShareGroup("Sonstige Aktivitäten", "activity", (ShareBar("2030", (0, 0, 0), "–", current=True),)),
        ),
    ),
    "district_map": DistrictMap(
        tuple(District(ags, name, n % 5, n % 5 + n % 3, town=ags < "12060") for n, (ags, name) in enumerate(DISTRICTS)),
        {"11000": "Berlin"},
        WORDS,
    ),
    "withheld_columns": WithheldColumns(
        (Counted(years(None, None)), Counted((Year("2031", 8, current=True),), "gezählt nach Ende")),
        "nicht vergleichbar",
        "Satz 2: neue Fassung",
        "Beide Werte messen Verschiedenes.",
        "activity",
    ),
}
