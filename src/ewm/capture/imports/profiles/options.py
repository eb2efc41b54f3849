"""The options of a column: what they mean, and which kinds of fields know them.

``join``: what stands between the texts of several columns of one field (else a blank).
``order``: ``dmy`` or ``mdy``, where day and month stand between slashes; ``year``: a year alone is its ``first`` or
``last`` day. ``decimal``: the sign before the cents. ``zero``: ``unknown`` where 0 means that nothing is told. ``per``:
``record`` where each row of a group repeats the amount of the whole, which is else the sum of the rows.
``yes_if_begins``: a text is a yes if it begins with one of these, else a no.
``words``: terms by the words of the file; ``otherwise``: the term of all other words, empty for none.
``scheme``: the register of an identifier. ``otherwise``: for places and identifiers empty, where an impossible one is
not taken over. ``of``: ``project`` where a place is that of the project; the one named most often is then the seat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.capture.imports.profiles.fields import ValueKind

if TYPE_CHECKING:
    from collections.abc import Mapping

OPTIONS: Mapping[ValueKind, tuple[str, ...]] = {
    ValueKind.TEXT: ("join",),
    ValueKind.DAY: ("order", "year"),
    ValueKind.MONEY: ("decimal", "zero", "per"),
    ValueKind.RATE: (),
    ValueKind.FLAG: ("yes_if_begins",),
    ValueKind.TERM: ("words", "otherwise"),
    ValueKind.TERMS: (),
    ValueKind.PLACE: ("otherwise", "of"),
    ValueKind.COUNTRY: (),
    ValueKind.IDENTIFIER: ("scheme", "otherwise"),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "order": ("dmy", "mdy"),
    "year": ("first", "last"),
    "decimal": (",", "."),
    "zero": ("unknown",),
    "per": ("record",),
    "of": ("project",),
}
"""The possible values of options that have few."""
