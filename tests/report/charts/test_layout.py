"""Whatever the data are: no text meets another or a mark, nothing leaves the chart, every value is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewm.config import load_config
from ewm.report.charts import FORMS, load_style
from tests.report.charts.ink import faults
from tests.report.charts.worlds import WORLDS

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

STYLE = load_style(load_config().programme, "de")


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_text_meets_another_and_nothing_is_cut(name: str, data: DataObject) -> None:
    canvas = FORMS[name].draw(data.draw(WORLDS[name]), STYLE)
    assert faults(canvas.spec("")) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=2_000, deadline=None)
@given(data=st.data())
def test_no_text_meets_another_in_thousands_of_worlds(name: str, data: DataObject) -> None:
    canvas = FORMS[name].draw(data.draw(WORLDS[name]), STYLE)
    assert faults(canvas.spec("")) == []
