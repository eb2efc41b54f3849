"""Days as tables write them: ``20.04.2020``, ``2020-04-20``, ``20. April 2020``, ``20/04/2020``, a real date.

In ``04/05/2020`` day and month may come in either order; the column shows which (``20/04/2020``), or it is asked once.
A year without a century is one of this century, unless it lies far ahead, as in the forms. A year alone is a day only
where the profile says which (``year = "first"`` or ``"last"``).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from ewm.capture.forms.reading import read_day
from ewm.capture.imports.values.errors import CellError
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
_CLOCK = re.compile(r"(?i)[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([a-zä]+)\.?,?\s*(\d{4})|([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})")
_DOTTED = re.compile(r"\d{1,2}\.\s*\d{1,2}\.\s*(\d{4}|\d{2})|\d{6}|\d{8}")
_YEAR = re.compile(r"(19|2[01])\d{2}")
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "jan januar january jänner", "feb februar february", "mar mär märz march mrz", "apr april", "mai may",
            "jun juni june", "jul juli july", "aug august", "sep sept september", "okt oct oktober october",
            "nov november", "dez dec dezember december",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip


def _text(cell: object) -> str:
    return _CLOCK.sub("", str(cell).strip().casefold())


def proven_order(cell: object) -> str | None:
    """Return the order of day and month that a cell proves, None where it proves nothing."""
    match = _SLASHED.fullmatch(_text(cell))
    if match is None:
        return None
    if int(match[1]) > 12:
        return DAY_FIRST
    return MONTH_FIRST if int(match[3]) > 12 else None


def _either(cell: object) -> bool:
    match = _SLASHED.fullmatch(_text(cell))
    return match is not None and match[1].zfill(2) != match[3].zfill(2) and max(int(match[1]), int(match[3])) <= 12


def order_of_column(cells: Iterable[object]) -> tuple[str | None, str]:
    """Return the order of day and month in a column, and an empty text; or None and the cell about which is asked."""
    proven: set[str] = set()
    either = ""
    for cell in cells:
        if (order := proven_order(cell)) is not None:
            proven.add(order)
        elif not either and _either(cell):
            either = str(cell)
    if len(proven) == 1 or not either:
        return next(iter(proven)) if len(proven) == 1 else DAY_FIRST, ""
    return None, either


def read_cell_day(cell: object, order: str, *, year: str = "") -> date:
    """Return the day; ``year`` says which day a year alone means: ``first``, ``last`` or none. Raises CellError."""
    if isinstance(cell, datetime):
        return _within(cell.date(), str(cell))
    if isinstance(cell, date):
        return _within(cell, str(cell))
    text = _text(cell)
    if year and _YEAR.fullmatch(text):
        return date(int(text), 1, 1) if year == "first" else date(int(text), 12, 31)
    if isinstance(cell, (int, float)):
        raise _no_day(str(cell))
    return _within(_day(text, order, str(cell)), str(cell))


def _day(text: str, order: str, shown: str) -> date:
    numbers = _numbers(text, order)
    try:
        if numbers is not None:
            return date(*numbers)
        # Of what the forms read only days with a year: a table does not mean this year, nor today.
        return read_day(text if _DOTTED.fullmatch(text) else "", timezone.localdate())
    except ValueError:  # UnreadableError is one
        if match := _PACKED.fullmatch(text):
            return _day("-".join(match.groups()), order, shown)
        raise _no_day(shown) from None


def _numbers(text: str, order: str) -> tuple[int, int, int] | None:
    """Return year, month and day."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _SLASHED.fullmatch(text):
        day, month = (match[1], match[3]) if order == DAY_FIRST else (match[3], match[1])
        return int(match[4].rjust(4, "0")) + (2000 if len(match[4]) == 2 else 0), int(month), int(day)
    if match := _WORDS.fullmatch(text):
        day, word, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        return (int(year), _MONTHS[word], int(day)) if word in _MONTHS else None
    return None


def _within(day: date, shown: str) -> date:
    if not 1900 <= day.year <= 2199:
        raise _no_day(shown)
    return day


def _no_day(shown: str) -> CellError:
    return CellError(
        worded(
            "„%(text)s“ ist kein Tag. Bitte als TT.MM.JJJJ eintragen, etwa 20.04.2020, oder die Zelle leeren.",
            text=shown,
        )
    )
