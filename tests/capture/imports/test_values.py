"""Days, amounts, shares and answers as tables write them; what has two meanings is asked, what has none refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewm.capture.forms.reading import written_cents, written_day
from ewm.capture.imports.values.days import DAY_FIRST, MONTH_FIRST, order_of_column, read_cell_day
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.money import COMMA, DOT, may_be_either, proven_sign, read_money, sign_of_column
from ewm.capture.imports.values.plain import read_flag, read_rate

EXAMPLES = pytest.mark.parametrize("examples", [100, pytest.param(2_000, marks=pytest.mark.soak)])


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("102.691,05 € ", 10_269_105),
        ("1 234,56", 123_456),
        ("1\u00a0234,56 EUR", 123_456),
        ("1'234,50", 123_450),
        ("1.234.567", 123_456_700),
        ("459000", 45_900_000),
        ("0", 0),
        ("-12,50", -1250),
        ("€ 5,5", 550),
        ("4,3 Mio", 430_000_000),
        ("4,3 Mio.", 430_000_000),
        ("500,-", 50_000),
        ("0,125", 13),
        (459000, 45_900_000),
        (0.1 + 0.2, 30),
        (1234.5, 123_450),
    ],
)
def test_amounts_with_a_comma(text: object, cents: int) -> None:
    assert read_money(text, COMMA) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("49534418.62", 4_953_441_862),
        ("1,234.56", 123_456),
        ("1,234,567", 123_456_700),
        ("7000", 700_000),
        ("1.234", 123),
        ("333333.333333", 33_333_333),
        ("4.3 Mio", 430_000_000),
    ],
)
def test_amounts_with_a_dot(text: str, cents: int) -> None:
    assert read_money(text, DOT) == cents


@pytest.mark.parametrize(
    "text", ["zwölf", "", "1.2.3,4", "12,34,56", "1.23,4", "1..2", "5 Äpfel", True, "1e9999", "9" * 40]
)
def test_what_is_no_amount(text: object) -> None:
    with pytest.raises(CellError, match="„"):
        read_money(text, COMMA)


def test_an_amount_against_its_column_is_told() -> None:
    with pytest.raises(CellError, match="vor den Cent steht dort ein Komma"):
        read_money("12.50", COMMA)


@pytest.mark.parametrize(
    ("cells", "sign", "asked"),
    [
        (["1.234"], None, "1.234"),
        (["1,234"], None, "1,234"),
        (["5", "1.234", "9"], None, "1.234"),
        (["1.234", "1.234,50"], COMMA, ""),
        (["1.234", "12.50"], DOT, ""),
        (["1.234", "1.234.567"], COMMA, ""),
        (["1,234", "1,234.50"], DOT, ""),
        (["12,50", "12.50"], None, "12.50"),
        (["1000.234"], DOT, ""),
        (["0.234"], DOT, ""),
        (["12", None, "x", 5], COMMA, ""),
        ([], COMMA, ""),
    ],
)
def test_the_sign_of_a_column(cells: list[object], sign: str | None, asked: str) -> None:
    assert sign_of_column(cells) == (sign, asked)


@EXAMPLES
def test_amounts_come_back_however_they_are_written(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.integers(-(10**15), 10**15))
    def holds(cents: int) -> None:
        written = written_cents(cents)
        assert read_money(written, COMMA) == cents
        plain = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
        assert read_money(plain, DOT) == cents
        assert read_money(f"{Decimal(cents) / 100:,.2f}", DOT) == cents
        assert proven_sign(plain) == DOT

    holds()


@EXAMPLES
def test_any_text_is_an_amount_or_told_and_never_both_ways_unasked(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.text("0123456789.,- €MioTsdEUR'\u00a0x", max_size=14))
    def holds(text: str) -> None:
        read: dict[str, int] = {}
        for sign in (COMMA, DOT):
            try:
                read[sign] = read_money(text, sign)
            except CellError:
                continue
        if len(set(read.values())) == 2:  # two meanings: a column of such cells is asked
            assert may_be_either(text)
            assert sign_of_column([text])[0] is None
        elif proven_sign(text) is not None and read:
            assert list(read) == [proven_sign(text)]

    holds()


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("20.04.2020", DAY_FIRST, date(2020, 4, 20)),
        ("20.4.20", DAY_FIRST, date(2020, 4, 20)),
        ("2020-04-20", DAY_FIRST, date(2020, 4, 20)),
        ("2020-04-20T00:00:00", DAY_FIRST, date(2020, 4, 20)),
        ("2020-04-20 12:30:00.000", DAY_FIRST, date(2020, 4, 20)),
        ("2020/4/20", DAY_FIRST, date(2020, 4, 20)),
        ("20/04/2020", DAY_FIRST, date(2020, 4, 20)),
        ("04/20/2020", MONTH_FIRST, date(2020, 4, 20)),
        ("20-04-2020", DAY_FIRST, date(2020, 4, 20)),
        ("3/4/20", MONTH_FIRST, date(2020, 3, 4)),
        ("20. April 2020", DAY_FIRST, date(2020, 4, 20)),
        ("1. März 2020", DAY_FIRST, date(2020, 3, 1)),
        ("20 Apr 2020", DAY_FIRST, date(2020, 4, 20)),
        ("April 20, 2020", DAY_FIRST, date(2020, 4, 20)),
        ("Dec 3rd 2020", DAY_FIRST, date(2020, 12, 3)),
        ("20042020", DAY_FIRST, date(2020, 4, 20)),
        ("20200420", DAY_FIRST, date(2020, 4, 20)),
        (date(2020, 4, 20), DAY_FIRST, date(2020, 4, 20)),
        (datetime(2020, 4, 20, 23, 59, tzinfo=timezone(timedelta(hours=2))), DAY_FIRST, date(2020, 4, 20)),
    ],
)
def test_days(cell: object, order: str, day: date) -> None:
    assert read_cell_day(cell, order) == day


@pytest.mark.parametrize(
    "cell",
    ["31.02.2020", "2020-13-01", "heute", "h", "20.4.", "20/13/2020", "2020", 43941, "", "30. Foo 2020", "1.1.1850"],
)
def test_what_is_no_day(cell: object) -> None:
    with pytest.raises(CellError, match=r"TT\.MM\.JJJJ"):
        read_cell_day(cell, DAY_FIRST)


def test_a_year_is_a_day_only_where_the_profile_says_which() -> None:
    assert read_cell_day("2009", DAY_FIRST, year="first") == date(2009, 1, 1)
    assert read_cell_day(2012, DAY_FIRST, year="last") == date(2012, 12, 31)
    for cell in ("209", "20090", "1899", "2200"):
        with pytest.raises(CellError):
            read_cell_day(cell, DAY_FIRST, year="first")


@pytest.mark.parametrize(
    ("cells", "order", "asked"),
    [
        (["03/04/2020"], None, "03/04/2020"),
        (["03/04/2020", "13/04/2020"], DAY_FIRST, ""),
        (["03/04/2020", "04/13/2020"], MONTH_FIRST, ""),
        (["03/04/2020", "13/04/2020", "04/13/2020"], None, "03/04/2020"),
        (["05/05/2020"], DAY_FIRST, ""),
        (["03.04.2020", "2020-04-03", None], DAY_FIRST, ""),
    ],
)
def test_the_order_of_a_column(cells: list[object], order: str | None, asked: str) -> None:
    assert order_of_column(cells) == (order, asked)


@EXAMPLES
def test_days_come_back_however_they_are_written(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    def holds(day: date) -> None:
        for written in (
            written_day(day),
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day:%d/%m/%Y}",
            f"{day:%Y%m%d}",
            f"{day:%d %B %Y}",
        ):
            assert read_cell_day(written, DAY_FIRST) == day, written
        assert read_cell_day(f"{day:%m/%d/%Y}", MONTH_FIRST) == day

    holds()


@EXAMPLES
def test_any_text_is_a_day_or_told(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.text("0123456789./- :TApril", max_size=14))
    def holds(text: str) -> None:
        read: set[date] = set()
        for order in (DAY_FIRST, MONTH_FIRST):
            try:
                read.add(read_cell_day(text, order))
            except CellError:
                continue
        if len(read) == 2:
            assert order_of_column([text]) == (None, text)

    holds()


@pytest.mark.parametrize(
    ("cell", "share"),
    [("80%", "0.8"), ("25%*", "0.25"), ("0.5", "0.5"), ("0,5", "0.5"), (0.8, "0.8"), ("80", "0.8"), ("12,5 %", "0.125"),
     (1, "1"), ("1 %", "0.01"), ("0", "0"), ("100 v.H.", "1")],
)  # fmt: skip
def test_shares(cell: object, share: str) -> None:
    assert read_rate(cell) == Decimal(share)


@pytest.mark.parametrize("cell", ["101 %", "viel", "-5%", "", True, "250"])
def test_what_is_no_share(cell: object) -> None:
    with pytest.raises(CellError, match="kein Anteil"):
        read_rate(cell)


def test_yes_and_no() -> None:
    assert [read_flag(cell) for cell in ("Ja", "x", "TRUE", 1, True)] == [True] * 5
    assert [read_flag(cell) for cell in ("nein", "No", "falsch", 0, "–")] == [False] * 5
    with pytest.raises(CellError, match="weder ja noch nein"):
        read_flag("vielleicht")
