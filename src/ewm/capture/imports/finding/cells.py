"""One cell becomes the value of a field, as the field's kind and the column's options say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.capture.actors.identifiers import CHECKED, as_registered, is_lei, is_ror, is_vat
from ewm.capture.actors.similar import folded
from ewm.capture.imports.profiles.fields import ValueKind
from ewm.capture.imports.values.days import DAY_FIRST, read_cell_day
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.money import COMMA, proven_sign, read_money
from ewm.capture.imports.values.plain import read_flag, read_rate, read_text
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.profiles.fields import Field

_IS_RIGHT: Mapping[str, Callable[[str], bool]] = {"lei": is_lei, "ror": is_ror, "vat": is_vat}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its field, the options of its column, and how the column is read; ``corrected`` by people."""

    value: object
    field: Field
    options: Mapping[str, Any]
    reading: str = ""
    corrected: bool = False


def read_cell(cell: Cell, known: Known, day: date | None) -> Any:
    """Return the value, None where the cell says nothing; terms are those in force on the day. Raises CellError."""
    return _READERS[cell.field.kind](cell, known, day)


def _text(cell: Cell, _known: Known, _day: date | None) -> str | None:
    return read_text(cell.value) or None


def _flag(cell: Cell, _known: Known, _day: date | None) -> bool:
    if (begins := cell.options.get("yes_if_begins")) is not None:
        return folded(read_text(cell.value)).startswith(tuple(map(folded, begins)))
    return read_flag(cell.value)


def _money(cell: Cell, _known: Known, _day: date | None) -> int | None:
    sign = cell.reading or COMMA
    cents = read_money(cell.value, (cell.corrected and proven_sign(cell.value)) or sign)
    return None if cents == 0 and cell.options.get("zero") == "unknown" else cents


def _day(cell: Cell, _known: Known, _: date | None) -> date:
    return read_cell_day(cell.value, cell.reading or DAY_FIRST, year=cell.options.get("year", ""))


def _rate(cell: Cell, _known: Known, _day: date | None) -> Any:
    return read_rate(cell.value)


def _term(cell: Cell, known: Known, day: date | None) -> str | None:
    text = read_text(cell.value)
    words = {folded(word): term for word, term in cell.options.get("words", {}).items()}
    if folded(text) in words:
        return words[folded(text)] or None
    try:
        return known.terms.one(text, (cell.field.taxonomy,), day, known.cluster)
    except CellError:
        if "otherwise" in cell.options:
            return cell.options["otherwise"] or None
        raise


def _terms(cell: Cell, known: Known, day: date | None) -> list[str]:
    return known.terms.several(read_text(cell.value), day, known.cluster)


def _place(cell: Cell, known: Known, _day: date | None) -> Any:
    try:
        return known.places.seat(read_text(cell.value))
    except CellError:
        if cell.options.get("otherwise") == "":
            return None
        raise


def _country(cell: Cell, known: Known, _day: date | None) -> str:
    return known.places.country(read_text(cell.value))


def _identifier(cell: Cell, _known: Known, _day: date | None) -> tuple[str, str] | None:
    """Return register and identifier; where the column's option says so, one that cannot be is not taken over."""
    scheme = str(cell.options.get("scheme", ""))
    text = as_registered(scheme, read_text(cell.value))
    if scheme in CHECKED and not _IS_RIGHT[scheme](text):
        if cell.options.get("otherwise") == "":
            return None
        raise CellError(
            worded(
                "„%(text)s“ kann keine Kennung dieses Verzeichnisses sein. Bitte berichtigen oder leeren.", text=text
            )
        )
    return scheme, text[:100]


_READERS: Mapping[ValueKind, Callable[[Cell, Known, date | None], Any]] = {
    ValueKind.TEXT: _text,
    ValueKind.DAY: _day,
    ValueKind.MONEY: _money,
    ValueKind.RATE: _rate,
    ValueKind.FLAG: _flag,
    ValueKind.TERM: _term,
    ValueKind.TERMS: _terms,
    ValueKind.PLACE: _place,
    ValueKind.COUNTRY: _country,
    ValueKind.IDENTIFIER: _identifier,
}
