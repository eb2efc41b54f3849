"""How a cell is written in the tables of records, and what it means."""

from __future__ import annotations

import re
from datetime import date

from ewm.capture.refusing import Rule

Value = str | int | bool | date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EUROS = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")
_WHOLE = re.compile(r"-?\d{1,18}")
_FLAGS = {"true": True, "false": False}


class CellError(ValueError):
    """A cell is not written as its column wants it; carries the rule."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.sentence)
        self.rule = rule


DAY_FORM = Rule("day_form", "", "Das ist kein Tag", "Bitte als JJJJ-MM-TT schreiben.")
MONEY_FORM = Rule(
    "money_form",
    "",
    "Das ist kein Betrag in Euro",
    "Bitte ohne Tausenderzeichen schreiben, Cent nach einem Punkt: 1234.50.",
)
WHOLE_FORM = Rule("whole_number_form", "", "Das ist keine ganze Zahl")
FLAG_FORM = Rule("flag_form", "", "Das ist weder true noch false")


def text(cell: str) -> str:
    """Return the text without blanks around it."""
    return cell


def day(cell: str) -> date:
    """Return a day written as YYYY-MM-DD."""
    try:
        return date.fromisoformat(cell if _DAY.fullmatch(cell) else "")
    except ValueError:
        raise CellError(DAY_FORM) from None


def cents(cell: str) -> int:
    """Return an amount in cents, written in euros with a point before the cents."""
    found = _EUROS.fullmatch(cell)
    if found is None:
        raise CellError(MONEY_FORM)
    sign, euros, rest = found.groups()
    amount = int(euros) * 100 + int((rest or "").ljust(2, "0"))
    return -amount if sign else amount


def whole(cell: str) -> int:
    """Return a whole number."""
    if not _WHOLE.fullmatch(cell):
        raise CellError(WHOLE_FORM)
    return int(cell)


def flag(cell: str) -> bool:
    """Return true or false."""
    if cell not in _FLAGS:
        raise CellError(FLAG_FORM)
    return _FLAGS[cell]
