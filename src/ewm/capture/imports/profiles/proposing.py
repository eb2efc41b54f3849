"""Guesses a profile for a layout nobody knows: each header goes to the field whose words it has, best match first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ewm.capture.actors.similar import folded
from ewm.capture.imports.found import RecordKind
from ewm.capture.imports.profiles.fields import FIELDS
from ewm.capture.imports.profiles.headers import columns_of, header_key
from ewm.capture.imports.profiles.model import Column, Profile
from ewm.capture.imports.profiles.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.capture.imports.profiles.model import HeaderColumn
    from ewm.capture.imports.reading import Table

PROPOSED = "proposed"
_WHOLE, _BEGINS, _WITHIN = 300, 200, 100


def propose(table: Table, kind: RecordKind) -> Profile:
    """Return the best guess; each field is filled by at most one column, columns that say nothing known by none."""
    columns = columns_of(table)
    free, taken = {each.index: each for each in columns}, dict[int, str]()
    wanted = sorted(_scored(columns, kind), key=lambda each: (-each[0], each[1]))
    used: set[str] = set()
    for _, index, field in wanted:
        if index in free and field not in used:
            taken[index] = field
            used.add(field)
            del free[index]
    return Profile(
        id=PROPOSED,
        label="Vorschlag nach den Kopfzeilen",
        source=_source(columns),
        kind=kind,
        columns=tuple(_column(columns, each, taken[each.index]) for each in columns if each.index in taken),
        defaults=_defaults(kind, used),
    )


def _scored(columns: list[HeaderColumn], kind: RecordKind) -> Iterator[tuple[int, int, str]]:
    """Yield how well each column fits each field: points, column, field. Longer words tell more."""
    for column in columns:
        header = folded(column.header)
        for field in FIELDS[kind]:
            words = WORDS.get(field, ())
            score = max((_score(header, folded(word)) for word in words), default=0)
            if score:
                yield score, column.index, field


def _score(header: str, word: str) -> int:
    if header == word:
        return _WHOLE + len(word)
    if header.startswith(word):
        return _BEGINS + len(word)
    return _WITHIN + len(word) if re.search(rf"\b{re.escape(word)}", header) else 0


def _column(columns: list[HeaderColumn], column: HeaderColumn, field: str) -> Column:
    key = header_key(column.header)
    same = [each.index for each in columns if header_key(each.header) == key]
    return Column((column.header,), field, same.index(column.index) + 1)


def _source(columns: list[HeaderColumn]) -> str:
    """Return a name made of the headers: files of one layout are one source until somebody names it."""
    return f"layout-{header_key(''.join(each.header for each in columns))[:60]}"


def _defaults(kind: RecordKind, used: set[str]) -> Mapping[str, object]:
    """Return what follows from other fields: the support begins with the project where nothing else is said."""
    if kind is RecordKind.PROJECTS and "support_start" not in used and "official_start" in used:
        return {"support_start": "{official_start}"}
    return {}
