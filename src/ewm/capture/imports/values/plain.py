"""Shares, yes and no, and plain text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from ewm.capture.imports.profiles.headers import shown
from ewm.capture.imports.values.errors import CellError
from ewm.capture.wording import worded

_YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "w", "1", "x", "✓", "✔"})
_NO = frozenset({"nein", "n", "no", "false", "falsch", "f", "0", "-", "–"})
_RATE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|v\.?\s?h\.?|prozent)?\s*\**")


def read_rate(cell: object) -> Decimal:
    """Return a share from 0 to 1: ``80%``, ``25%*``, ``0.5``, ``50``; raises CellError.

    Without a percent sign numbers up to 1 are shares, above they are percents.
    """
    match = _RATE.fullmatch(str(cell).strip().casefold().replace("\u00a0", " "))
    try:
        number = Decimal(match[1].replace(",", ".")) if match and not isinstance(cell, bool) else Decimal(-1)
    except InvalidOperation:  # more digits than a share has
        number = Decimal(-1)
    share = number / 100 if match and (match[2] or number > 1) else number
    if not 0 <= share <= 1:
        raise CellError(
            worded(
                "„%(text)s“ ist kein Anteil. Bitte Prozent zwischen 0 und 100 eintragen, etwa 80 %%.", text=str(cell)
            )
        )
    return share


def read_flag(cell: object) -> bool:
    """Return whether a cell says yes; raises CellError."""
    if isinstance(cell, bool):
        return cell
    text = str(cell).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError(worded("„%(text)s“ ist weder ja noch nein. Bitte eines von beiden eintragen.", text=str(cell)))


def read_text(cell: object) -> str:
    """Return a text in one line, numbers as people write them."""
    return shown(cell)
