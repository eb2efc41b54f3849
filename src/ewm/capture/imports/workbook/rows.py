"""The rows of a sheet: each cell belongs to a column of the workbook, is read by what that column holds, or is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ewm.capture.forms.reading import written_cents
from ewm.capture.imports.found import Problem
from ewm.capture.imports.profiles.headers import shown
from ewm.capture.imports.values.days import DAY_FIRST, read_cell_day
from ewm.capture.imports.values.errors import CellError, too_long
from ewm.capture.imports.values.money import COMMA, DOT, may_be_either, read_money
from ewm.capture.imports.values.plain import read_flag
from ewm.capture.imports.workbook.columns import SEPARATOR, SINCE_START, Column, Holds
from ewm.capture.imports.workbook.words import CLUSTER, COUNTRY, UnknownWordError
from ewm.capture.periods import Period
from ewm.capture.wording import joined, worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ewm.capture.imports.workbook.words import Words


@dataclass(frozen=True, slots=True)
class Given:
    """A cell that says something, and where it stands (``C, Beginn``)."""

    column: Column
    place: str
    value: object

    @property
    def text(self) -> str:
        """The cell as people read it."""
        return shown(self.value)


@dataclass(slots=True)
class SheetRow:
    """One row: its cells by the key of their column, and what is wrong with them.

    ``places`` says where each column stands, whether the row fills it or not; ``needed`` are the columns that
    a new record fills, with their headers.
    """

    number: int
    cells: Mapping[str, Given]
    places: Mapping[str, str]
    words: Words
    needed: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, key: str, message: str, value: object = None) -> None:
        """Tell what is wrong in a column."""
        given = self.cells.get(key)
        told = given.text if given and value is None else shown(value)
        name = next((part for part in reversed(key.split(":")) if not part.isdecimal()), key)
        self.problems.append(Problem(self.number, self.places.get(key, ""), told, message, name))

    def has(self, key: str) -> bool:
        """Tell whether a cell says something."""
        return key in self.cells

    def starting(self, part: str) -> list[str]:
        """Return the keys of a part's cells that say something, in the order of their columns."""
        return [key for key in self.cells if key.startswith(f"{part}:")]

    def value(self, key: str, days: Period | None = None) -> Any:
        """Return what a cell says, None where it says nothing or cannot be read; then that is told.

        Days, cents, yes or no, a term's id, texts; of several a list. ``days`` are those of the record.
        """
        given = self.cells.get(key)
        if given is None:
            return None
        try:
            return self._read(given, days or Period())
        except CellError as error:
            self.refuse(key, error.message)
        except UnknownWordError as error:
            self.refuse(key, error.of(given.text))
        return None

    def days(self, key: str, start: date | None) -> list[date]:
        """Return the days of a status; the mark stands for the first day of the record."""
        found = []
        for part in self._parts(key):
            try:
                if not isinstance(part, str) or part.casefold() != SINCE_START:
                    found.append(read_cell_day(part, DAY_FIRST))
                elif start is not None:
                    found.append(start)
            except CellError as error:
                since = worded("%(mark)s heißt: seit dem Beginn.", mark=SINCE_START)
                self.refuse(key, joined(error.message, " ", since))
        return found

    def several(self, key: str) -> list[str]:
        """Return the entries of a cell, each once."""
        return list(dict.fromkeys(str(part) for part in self._parts(key)))

    def _parts(self, key: str) -> Iterator[Any]:
        given = self.cells.get(key)
        if given is None:
            return
        if not isinstance(given.value, str):
            yield given.value
            return
        for part in given.value.replace("\n", SEPARATOR).split(SEPARATOR):
            if part.strip():
                yield " ".join(part.split())

    def _read(self, given: Given, days: Period) -> Any:
        holds = given.column.holds
        if holds is Holds.DAY:
            return read_cell_day(given.value, DAY_FIRST)
        if holds is Holds.MONEY:
            return _money(given.value)
        if holds is Holds.YES_NO:
            return read_flag(given.value)
        if holds is Holds.WORD:
            return self._word(given, given.text, days)
        if holds is Holds.SEVERAL:
            return [self._word(given, part, days) for part in self.several(given.column.key)]
        return self._text(given)

    def _word(self, given: Given, text: str, days: Period) -> str:
        if given.column.words == CLUSTER:
            return self.words.cluster_id(text)
        if given.column.words == COUNTRY:
            return self.words.country(text)
        return self.words.term(given.column.words, text, days)

    def _text(self, given: Given) -> str:
        text = given.value.strip() if isinstance(given.value, str) else given.text
        longest = given.column.longest
        if longest and len(text) > longest:
            raise CellError(too_long(text, longest))
        return text


def _money(cell: object) -> int:
    """Return cents; a text that means one thing with a decimal comma and another with a dot is asked about."""
    if may_be_either(cell) and "." in str(cell):
        one, other = (written_cents(read_money(cell, sign)) for sign in (COMMA, DOT))
        raise CellError(
            worded(
                "„%(text)s“ kann %(one)s Euro oder %(other)s Euro heißen. Bitte schreiben Sie es aus.",
                text=str(cell),
                one=one,
                other=other,
            )
        )
    return read_money(cell, COMMA)
