"""Amounts in euros as tables write them, with a comma or a dot before the cents: ``102.691,05 €``, ``49534418.62``.

Which sign it is, the column shows: ``1.234,50`` proves the comma, ``49534418.62`` and ``1,234.50`` the dot, ``459000``
nothing, and ``1.234`` may be either. Where a column proves neither or both, it is asked once.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ewm.capture.forms.reading import AmbiguousError, UnreadableError, read_cents
from ewm.capture.imports.values.errors import CellError
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMA, DOT = ",", "."
_OTHER = {COMMA: DOT, DOT: COMMA}
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_CURRENCY = re.compile(r"(?i)^(?:€|eur(?:o)?)|(?:€|eur(?:o)?)$")
_NUMBER = re.compile(r"(?P<sign>[-\u2212+]?)(?P<number>\d[\d.,]*)(?P<unit>[a-zA-Z]*\.?)")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _bare(cell: object) -> re.Match[str] | None:
    if not isinstance(cell, str):
        return None
    return _NUMBER.fullmatch(_CURRENCY.sub("", _BLANKS.sub("", cell)).removesuffix(",-").removesuffix(",--"))


def proven_sign(cell: object) -> str | None:
    """Return the decimal sign that a cell proves: a comma, a dot, or None where it proves nothing."""
    match = _bare(cell)
    signs = re.sub(r"\d", "", match["number"]) if match else ""
    if match is None or not signs or (len(signs) == 1 and _EITHER.fullmatch(match["number"])):
        return None
    if len(set(signs)) == 1 and len(signs) > 1:
        return _OTHER[signs[0]]
    return signs[-1]


def may_be_either(cell: object) -> bool:
    """Tell whether a cell means one thing with a decimal comma and another with a decimal dot: ``1.234``."""
    match = _bare(cell)
    return match is not None and _EITHER.fullmatch(match["number"]) is not None


def sign_of_column(cells: Iterable[object]) -> tuple[str | None, str]:
    """Return the decimal sign of a column, and an empty text; or None and the cell about which somebody is asked.

    A column without any cell that says anything is read with the comma.
    """
    proven: dict[str, str] = {}
    either = ""
    for cell in cells:
        if (sign := proven_sign(cell)) is not None:
            proven.setdefault(sign, str(cell))
        elif not either and may_be_either(cell):
            either = str(cell)
    if len(proven) == 1 or not (proven or either):
        return next(iter(proven), COMMA), ""
    return None, either or proven[DOT]


def read_money(cell: object, sign: str) -> int:
    """Return an amount in cents, decimals beyond cents rounded; raises CellError."""
    if isinstance(cell, bool):
        raise _no_amount(str(cell))
    if isinstance(cell, (int, float)):
        return _checked(_in_cents(str(cell)), str(cell))
    text = str(cell)
    match = _bare(text)
    if match is None:
        raise _no_amount(text)
    whole, _, decimals = match["number"].partition(sign)
    groups = whole.split(_OTHER[sign])
    if sign in decimals or _OTHER[sign] in decimals or not _grouped(groups):
        raise CellError(
            worded(
                "„%(text)s“ passt nicht zu den Beträgen dieser Spalte: vor den Cent steht dort ein %(sign)s. "
                "Bitte den Betrag berichtigen.",
                text=text,
                sign=worded("Komma") if sign == COMMA else worded("Punkt"),
            )
        )
    number = f"{''.join(groups)}.{decimals or '0'}"
    if not match["unit"]:
        number = _in_cents(number)
    return _checked(f"{match['sign'].replace('+', '')}{number.replace(DOT, COMMA)}{match['unit']}", text)


def _in_cents(number: str) -> str:
    """Return a number as the forms write it, rounded to cents."""
    try:
        return str(Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(DOT, COMMA)
    except InvalidOperation:  # no number, or one with more digits than are counted
        raise _no_amount(number) from None


def _grouped(groups: list[str]) -> bool:
    first, *others = groups
    return first.isdecimal() and all(len(each) == 3 for each in others) and (not others or len(first) <= 3)


def _checked(written: str, text: str) -> int:
    """Return the amount that the forms read in this text, which has a comma and no dot."""
    try:
        return read_cents(written)
    except (UnreadableError, AmbiguousError):
        raise _no_amount(text) from None


def _no_amount(text: str) -> CellError:
    return CellError(
        worded("„%(text)s“ ist kein Betrag in Euro. Bitte eine Zahl eintragen oder die Zelle leeren.", text=text)
    )
