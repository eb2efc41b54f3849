"""Numbers as DIN 5008 writes them, rounded half up in integers."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.report.numbers import FORMATTERS, rounded

DE, EN = FORMATTERS["de"], FORMATTERS["en"]
NBSP = "\N{NO-BREAK SPACE}"


@given(st.integers(-(10**15), 10**15), st.integers(-(10**12), 10**12).filter(bool))
def test_rounding_is_half_up_away_from_zero(part: int, whole: int) -> None:
    exact = Decimal(part) / Decimal(whole) if part % whole == 0 else None
    expected = (Decimal(abs(part)) / Decimal(abs(whole))).quantize(Decimal(1), ROUND_HALF_UP)
    got = rounded(part, whole)
    if exact is not None:
        assert got == exact
    if abs(2 * abs(part) % (2 * abs(whole)) - abs(whole)) > 1:
        assert abs(got) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DE.integer(2462), "2.462"),
        (EN.integer(2462), "2,462"),
        (DE.integer(-3), "−3"),
        (DE.money(1_763_150_000), f"17,6{NBSP}Mio. Euro"),
        (EN.money(1_763_150_000), f"17.6{NBSP}million euros"),
        (DE.money(790_000_000_000), f"7,9{NBSP}Mrd. Euro"),
        (DE.money(99_999_900), f"999.999{NBSP}Euro"),
        (DE.money(100_000_000), f"1,0{NBSP}Mio. Euro"),
        (DE.money(99_999_999_999), f"1.000,0{NBSP}Mio. Euro"),
        (DE.money(100_000_000_000), f"1,0{NBSP}Mrd. Euro"),
        (DE.euros(1_763_150_000), f"17.631.500{NBSP}Euro"),
        (DE.euros(1050), f"10,50{NBSP}Euro"),
        (DE.percent(26, 34), f"76,5{NBSP}%"),
        (EN.percent(26, 34), "76.5%"),
        (DE.percent(1, 0), "–"),
        (DE.percent(1, 8, 0), f"13{NBSP}%"),
        (DE.percent(1, 2000), f"0,1{NBSP}%"),
        (DE.percent(1, 2001), f"0,0{NBSP}%"),
        (DE.signed(278, 10), "+27,8"),
        (DE.signed(-13, 10), "−1,3"),
        (DE.signed(0, 10), "0,0"),
        (DE.in_table(0), "–"),
        (DE.in_table(1), "1"),
        (DE.day(date(2020, 12, 31)), "31.12.2020"),
        (EN.day(date(2020, 12, 31)), f"31{NBSP}December{NBSP}2020"),
    ],
)
def test_numbers_are_written_by_the_rules_of_the_language(text: str, expected: str) -> None:
    assert text == expected
