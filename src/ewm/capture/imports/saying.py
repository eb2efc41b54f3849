"""What an import keeps about its rows, said in the language of the page: where, what is wrong, why it stays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.capture.imports.reading.whole import place_of
from ewm.capture.wording import Wording, said, worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.capture.imports.models import ImportItem


def place_worded(number: int) -> Wording:
    """Return where a row stands: ``Zeile 12``, ``Blatt „Akteure“, Zeile 3``."""
    sheet, row = place_of(number)
    if sheet:
        return worded("Blatt „%(sheet)s“, Zeile %(row)s", sheet=sheet, row=row)
    return worded("Zeile %(row)s", row=row)


def place_said(number: int) -> str:
    """Return where a row stands, in the language of the page."""
    place = place_worded(number)
    return said(place, place.parts)


def message_of(problem: Mapping[str, Any]) -> str:
    """Return what a stored problem says."""
    return said(problem["message"], problem.get("parts"))


def reason_of(item: ImportItem) -> str:
    """Return why a record is not (yet) taken over, empty where it is."""
    return said(item.reason, item.match.get("reason"))
