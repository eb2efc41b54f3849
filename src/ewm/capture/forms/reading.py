"""Reads dates and amounts as they are typed in German. What has two meanings is never guessed: it is asked.

Dates: ``20.4.2020``, ``20.04.20``, ``200420``, ``20042020``, ``2020-04-20``, ``20.4.`` (this year), ``h`` (today).
Amounts in euros: ``4300000``, ``4.300.000``, ``4 300 000,50``, ``4,3 Mio``, ``85 Tsd``. A single dot without a comma
(``1.234``, ``4.30``) may separate thousands or decimals: AmbiguousError names both readings. Of a year without century
that lies far ahead (``1.1.99``) the century is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, auto

from ewm.capture.texts import without_unseen

LARGEST_CENTS = 10**15
_FACTORS = {"": 1, "mio": 10**6, "mill": 10**6, "million": 10**6, "millionen": 10**6, "tsd": 10**3, "mrd": 10**9}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_CURRENCY = re.compile(r"^(?:€|euro|eur)|(?:€|euro?\.?)$")
_NO_CENTS = re.compile(r",[-\u2013\u2014]{1,2}$")
_AMOUNT = re.compile(r"(?P<sign>[-\u2212]?)(?P<number>[\d.,]+)(?P<unit>[a-z]*)\.?")
_TODAY = frozenset({"h", "heute", "today"})


_FAR_AHEAD = 30
"""Years from today on; beyond, a year without century is more likely one of the last."""


class Why(Enum):
    """What keeps a text from being read."""

    NOTHING_KNOWN = auto()
    """It is written as no day and no amount is."""
    NO_SUCH_DAY = auto()
    """The month has no such day, or the year no such month."""
    OUTSIDE = auto()
    """The year lies outside those that are recorded."""
    CENTURY = auto()
    """The year has two digits and may be one of two centuries."""
    DECIMALS = auto()
    """There are parts of a cent."""
    TOO_LARGE = auto()
    """The amount is larger than any."""


class UnreadableError(ValueError):
    """The text is no date or no amount; ``why`` says what is wrong with it."""

    def __init__(self, text: str, why: Why = Why.NOTHING_KNOWN) -> None:
        super().__init__(text)
        self.why = why


@dataclass(eq=False)
class AmbiguousError(ValueError):
    """The text may be read in two ways; both are given in cents."""

    text: str
    thousands: int
    decimals: int


def read_day(text: str, today: date) -> date:
    """Return the day that a text means; raises UnreadableError for anything else."""
    given = without_unseen(text).strip().lower()
    if given in _TODAY:
        return today
    for pattern, order in _DAYS:
        if match := pattern.fullmatch(given):
            day, month, year = (match.groups()[at] for at in order)
            return _day(_year(year, today, text), int(month), int(day))
    raise UnreadableError(text)


_DAYS = (
    (re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2}|)"), (0, 1, 2)),
    (re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})"), (0, 1, 2)),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), (2, 1, 0)),
)


def _year(year: str, today: date, text: str) -> int:
    found = int(f"20{year}" if len(year) == 2 else year or today.year)
    if len(year) == 2 and found > today.year + _FAR_AHEAD:
        raise UnreadableError(text, Why.CENTURY)
    return found


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2199:
        raise UnreadableError(f"{day}.{month}.{year}", Why.OUTSIDE)
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError(f"{day}.{month}.{year}", Why.NO_SUCH_DAY) from None


def read_cents(text: str) -> int:
    """Return an amount in cents; raises AmbiguousError where a dot may be either, UnreadableError for no amount."""
    given = _NO_CENTS.sub(",0", _CURRENCY.sub("", _SPACES.sub("", without_unseen(text).lower())))
    match = _AMOUNT.fullmatch(given)
    if match is None or match["unit"] not in _FACTORS:
        raise UnreadableError(text)
    factor = _FACTORS[match["unit"]]
    sign = -1 if match["sign"] else 1
    number = match["number"]
    if number.count(".") == 1 and "," not in number:
        raise _two_readings(text, number, factor * sign)
    whole, comma, decimals = number.partition(",")
    if "," in decimals or (comma and not decimals.isdecimal()) or not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", whole):
        raise UnreadableError(text)
    return _cents(f"{whole.replace('.', '')}.{decimals or 0}", factor * sign, text)


def _two_readings(text: str, number: str, factor: int) -> ValueError:
    """Return the error for one dot; with other than three digits behind it, no thousands are meant, but who knows."""
    before, _, after = number.partition(".")
    if not (before.isdecimal() and after.isdecimal()):
        return UnreadableError(text)
    decimals = _cents(f"{before}.{after}", factor, text) if len(after) <= 2 or factor not in (1, -1) else None
    if len(after) == 3 and len(before) <= 3:
        thousands = _cents(before + after, factor, text)
        return AmbiguousError(text, thousands, decimals if decimals is not None else _rounded(number, factor))
    if decimals is None:
        return UnreadableError(text)
    return AmbiguousError(text, _cents(before + after, factor, text), decimals)


def _rounded(number: str, factor: int) -> int:
    return int((Decimal(number) * factor * 100).to_integral_value())


def _cents(number: str, factor: int, text: str) -> int:
    try:
        cents = Decimal(number) * factor * 100
    except InvalidOperation:
        raise UnreadableError(text) from None
    if abs(cents) > LARGEST_CENTS:
        raise UnreadableError(text, Why.TOO_LARGE)
    if cents != cents.to_integral_value():
        raise UnreadableError(text, Why.DECIMALS)
    return int(cents)


def written_day(day: date | None) -> str:
    """Return a day as forms show it: ``20.04.2020``."""
    return f"{day:%d.%m.%Y}" if day else ""


def written_cents(cents: int | None) -> str:
    """Return an amount as forms show it: ``4.300.000``, ``1.000.000,50``, ``85.000,00``."""
    if cents is None:
        return ""
    euros, rest = divmod(abs(cents), 100)
    written = f"{'-' if cents < 0 else ''}{euros:,}".replace(",", ".")
    return f"{written},{rest:02d}" if rest or written.count(".") == 1 else written
