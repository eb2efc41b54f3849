"""Dates and amounts as they are typed: read rightly, or asked about, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewm.capture.forms.reading import (
    LARGEST_CENTS,
    AmbiguousError,
    UnreadableError,
    Why,
    read_cents,
    read_day,
    written_cents,
    written_day,
)

TODAY = date(2020, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20.4.2020", date(2020, 4, 20)),
        (" 20.04.20 ", date(2020, 4, 20)),
        ("20.4.", date(2020, 4, 20)),
        ("200420", date(2020, 4, 20)),
        ("20042020", date(2020, 4, 20)),
        ("2020-04-20", date(2020, 4, 20)),
        ("h", TODAY),
        ("Heute", TODAY),
        ("29.2.2020", date(2020, 2, 29)),
        ("20.04.2020\u200f", date(2020, 4, 20)),
        ("1.1.50", date(2050, 1, 1)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "29.2.2019", "4/20/2020", "13.13.2020", "2020", "20.4.202", "1.1.0001", "morgen"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("4300000", 430_000_000),
        ("4.300.000", 430_000_000),
        ("4 300 000,50", 430_000_050),
        ("4,3 Mio", 430_000_000),
        ("4,3 Mio. Euro", 430_000_000),
        ("85 Tsd", 8_500_000),
        ("85 Tsd. €", 8_500_000),
        ("1.234,56", 123_456),
        ("1234,5", 123_450),
        ("0", 0),
        ("-12", -1200),
        ("€ 500", 50_000),
        ("500,- Euro", 50_000),
        ("1.500,– €", 150_000),
        ("\u202d1\u202f234,56\u202c", 123_456),  # as spreadsheets hand it over
        ("\ufeff12\u200b", 1200),
    ],
)
def test_an_amount_is_read(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "thousands", "decimals"),
    [("1.234", 123_400, 123), ("4.3", 4300, 430), ("4.30", 43_000, 430), ("4.3 Mio", 4_300_000_000, 430_000_000)],
)
def test_a_dot_alone_is_asked_about(text: str, thousands: int, decimals: int) -> None:
    with pytest.raises(AmbiguousError) as asked:
        read_cents(text)
    assert (asked.value.thousands, asked.value.decimals) == (thousands, decimals)


@pytest.mark.parametrize(
    "text", ["", "viel", "1,2,3", "1.23.456", "12.3456.7", "1,234.5", "0,001", "9" * 20, "1.", "."]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_cents(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("morgen", Why.NOTHING_KNOWN),
        ("31.02.2020", Why.NO_SUCH_DAY),
        ("29.2.2021", Why.NO_SUCH_DAY),
        ("1.1.0000", Why.OUTSIDE),
        ("1.1.1899", Why.OUTSIDE),
        ("1.1.9999", Why.OUTSIDE),
        ("1.1.51", Why.CENTURY),
        ("311299", Why.CENTURY),
    ],
)
def test_why_a_day_is_not_read_is_told(text: str, why: Why) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_day(text, TODAY)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1e9", Why.NOTHING_KNOWN),
        ("(5)", Why.NOTHING_KNOWN),
        ("1,234", Why.DECIMALS),
        ("10.000.000.000.000,01", Why.TOO_LARGE),
        ("11 000 000 Mio", Why.TOO_LARGE),
    ],
)
def test_why_an_amount_is_not_read_is_told(text: str, why: Why) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_cents(text)
    assert refused.value.why is why


@given(st.integers(-LARGEST_CENTS, LARGEST_CENTS))
@settings(max_examples=500)
def test_what_a_form_writes_it_reads_again(cents: int) -> None:
    assert read_cents(written_cents(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "text"), [(430_000_000, "4.300.000"), (8_500_000, "85.000,00"), (99_900, "999"), (5, "0,05"), (None, "")]
)
def test_an_amount_is_written_so_that_it_has_one_meaning(cents: int | None, text: str) -> None:
    assert written_cents(cents) == text


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
@settings(max_examples=500)
def test_a_written_day_is_read_again(day: date) -> None:
    assert read_day(written_day(day), TODAY) == day
