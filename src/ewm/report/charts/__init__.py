"""The chart forms of a report: data in, the same picture for paper (SVG) and browser (Vega) out.

A form knows no cluster, no indicator and no language; all its words come with its data.
"""

from __future__ import annotations

from typing import Any

from ewm.report.charts import (
    bar_blocks,
    bars,
    district_map,
    envelope_rows,
    share_bars,
    small_multiples,
    stacked_columns,
    unit_chart,
    unit_rows,
    withheld_columns,
    year_columns,
)
from ewm.report.charts.form import ChartForm, Datum, Figure, Item
from ewm.report.charts.style import Style, load_style

FORMS: dict[str, ChartForm[Any]] = {
    form.name: form
    for form in (
        unit_chart.FORM,
        year_columns.FORM,
        stacked_columns.FORM,
        bar_blocks.FORM,
        envelope_rows.FORM,
        unit_rows.FORM,
        small_multiples.FORM,
        bars.FORM,
        share_bars.FORM,
        district_map.FORM,
        withheld_columns.FORM,
    )
}

__all__ = ["FORMS", "ChartForm", "Datum", "Figure", "Item", "Style", "load_style"]
