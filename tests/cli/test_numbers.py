"""Figures as a German reader expects them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.cli.numbers import euros, figure, percent, rounded, whole


@pytest.mark.parametrize(
    ("number", "spelled"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (2462, "2.462"), (1234567, "1.234.567"), (-1000, "−1.000")],
)
def test_thousands_have_dots(number: int, spelled: str) -> None:
    assert whole(number) == spelled


@pytest.mark.parametrize(
    ("cents", "spelled"), [(0, "0 Euro"), (100, "1 Euro"), (1_760_000_050, "17.600.000,50 Euro"), (5, "0,05 Euro")]
)
def test_amounts_are_in_euros(cents: int, spelled: str) -> None:
    assert euros(cents) == spelled.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("part", "total", "spelled"),
    [
        (13, 17, "76,5"),
        (1, 2, "50,0"),
        (1, 3, "33,3"),
        (2, 3, "66,7"),
        (1, 2000, "0,1"),
        (1, 2001, "0,0"),
        (5, 4, "125,0"),
    ],
)
def test_shares_have_one_decimal_rounded_half_up(part: int, total: int, spelled: str) -> None:
    assert percent(part, total) == f"{spelled}\N{NO-BREAK SPACE}%"


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12))
def test_rounding_is_half_away_from_zero(part: int, total: int) -> None:
    exact = Fraction(part, total)
    found = rounded(part, total)
    assert abs(found - exact) <= Fraction(1, 2)
    assert abs(found - exact) < Fraction(1, 2) or abs(found) > abs(exact)
    assert rounded(-part, total) == -found


@pytest.mark.parametrize(
    ("value", "total", "unit", "spelled"),
    [
        (27, None, "count", "27"),
        (None, None, "count", "–"),
        (0, 0, "share", "– (Nenner 0)"),
        (13, 17, "share", "76,5 % (13 von 17)"),
        (200, 3, "cents/count", "0,67 Euro (2 Euro / 3)"),
        (1000, None, "number", "1.000"),
    ],
)
def test_a_figure_by_its_unit(value: int | None, total: int | None, unit: str, spelled: str) -> None:
    assert figure(value, total, unit).replace("\N{NO-BREAK SPACE}", " ") == spelled
