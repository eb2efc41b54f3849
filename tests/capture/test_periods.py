"""Periods of days, compared with the plain sets of days that they stand for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.capture.periods import Period

ORIGIN = date(2020, 1, 1)
ENDS = st.none() | st.integers(min_value=0, max_value=20).map(lambda days: ORIGIN + timedelta(days=days))
PERIODS = st.builds(Period, ENDS, ENDS)
WINDOW = [ORIGIN + timedelta(days=days) for days in range(-5, 26)]


def days(period: Period) -> set[date]:
    return {day for day in WINDOW if (period.first or day) <= day <= (period.last or day)}


@given(one=PERIODS, other=PERIODS)
def test_overlapping_means_a_common_day(one: Period, other: Period) -> None:
    assert one.overlaps(other) == bool(days(one) & days(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(period=PERIODS)
def test_a_period_has_days_unless_it_ends_before_it_begins(period: Period) -> None:
    assert period.has_days == bool(days(period))


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(date(2020, 3, 1), date(2020, 3, 2)), "01.03.2020 bis 02.03.2020"),
        (Period(date(2020, 3, 1)), "01.03.2020 bis offen"),
        (Period(None, date(2020, 3, 1)), "offen bis 01.03.2020"),
        (Period.day(date(2020, 3, 1)), "01.03.2020"),
        (Period(), "offen bis offen"),
    ],
)
def test_in_words(period: Period, text: str) -> None:
    assert str(period) == text
