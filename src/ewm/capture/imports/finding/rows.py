"""Each row as values by field, completed by the profile's defaults, with every problem at its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.finding.cells import Cell, read_cell
from ewm.capture.imports.found import Problem
from ewm.capture.imports.profiles.fields import FIELDS, ValueKind
from ewm.capture.imports.profiles.headers import columns_of, header_row, shown
from ewm.capture.imports.profiles.recognising import placed_columns
from ewm.capture.imports.values import CellError, readings_of
from ewm.capture.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ewm.capture.imports.finding.known import Known
    from ewm.capture.imports.profiles.fields import Field
    from ewm.capture.imports.profiles.model import Column, Profile
    from ewm.capture.imports.reading import Row, Table

FIRST_DAYS = ("support_start", "official_start", "activity_start")
_REFERENCE = re.compile(r"\{(\w+)\}")
_SEVERAL = (ValueKind.TERMS, ValueKind.IDENTIFIER)


@dataclass(frozen=True, slots=True)
class RowValues:
    """One row: values by field (fields without a value are missing), texts as written, problems.

    ``filled``: how many cells of the row say something at all.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    filled: int = 0

    def get(self, name: str) -> Any:
        """Return the value of a field, None where there is none."""
        return self.values.get(name)

    def first_day(self) -> date | None:
        """Return the first day of the record, as far as the row tells it."""
        return next((self.values[name] for name in FIRST_DAYS if name in self.values), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """A column of the table that fills a field."""

    index: int
    named: str
    column: Column
    field: Field
    reading: str


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one table by one profile."""

    table: Table
    profile: Profile
    known: Known
    corrections: Mapping[tuple[int, int], str]
    places: tuple[_Place, ...]

    @classmethod
    def of(
        cls,
        table: Table,
        profile: Profile,
        known: Known,
        answers: Mapping[str, str],
        corrections: Mapping[tuple[int, int], str],
    ) -> RowReader:
        """Return the reader; days stand first among its columns, since terms depend on them."""
        headers = {each.index: f"{each.letter}, {each.header}" for each in columns_of(table)}
        readings = readings_of(table, profile, answers)
        fields = FIELDS[profile.kind]
        placed = placed_columns(columns_of(table), profile)
        order = list(profile.columns)
        places = [
            _Place(index, headers[index], column, fields[column.field], readings.get(index, ""))
            for index, column in sorted(placed.items(), key=lambda each: order.index(each[1]))
            if column.field in fields
        ]
        places.sort(key=lambda each: each.field.kind != ValueKind.DAY)
        return cls(table, profile, known, corrections, tuple(places))

    def rows(self) -> Iterator[RowValues]:
        """Yield every row below the header."""
        header = header_row(self.table).number
        for row in self.table.rows:
            if row.number > header:
                yield self._row(row)

    def column_named(self, name: str) -> str:
        """Return the column that fills a field as people see it, empty where none does."""
        return next((each.named for each in self.places if each.field.name == name), "")

    def _row(self, row: Row) -> RowValues:
        found = RowValues(row.number, filled=sum(cell is not None for cell in row.cells))
        for place in self.places:
            cell = row.cells[place.index] if place.index < len(row.cells) else None
            corrected = self.corrections.get((row.number, place.index))
            value = cell if corrected is None else corrected.strip() or None
            if value is not None:
                self._take(
                    found, place, Cell(value, place.field, place.column.options, place.reading, corrected is not None)
                )
        self._complete(found)
        return found

    def _take(self, found: RowValues, place: _Place, cell: Cell) -> None:
        name, text = place.field.name, shown(cell.value)
        found.texts[name] = f"{found.texts[name]} {text}" if name in found.texts else text
        try:
            value = read_cell(cell, self.known, found.first_day())
        except CellError as error:
            found.problems.append(Problem(found.number, place.named, text, error.message, name))
            return
        if value is None:
            return
        if name not in found.values:
            found.values[name] = [value] if place.field.kind == ValueKind.IDENTIFIER else value
        elif place.field.kind == ValueKind.TEXT:
            found.values[name] = f"{found.values[name]}{cell.options.get('join', ' ')}{value}"
        elif place.field.kind in _SEVERAL:
            found.values[name] = [*found.values[name], *(value if isinstance(value, list) else [value])]

    def _complete(self, found: RowValues) -> None:
        """Add what the profile says of all rows; a default that cannot be read is told at each row."""
        broken = {each.field for each in found.problems}
        for name, default in self.profile.defaults.items():
            wanted = FIELDS[self.profile.kind].get(name)
            if wanted is None or name in found.values or name in broken:
                continue
            if isinstance(default, str) and (match := _REFERENCE.fullmatch(default)):
                if match[1] in found.values:
                    found.values[name] = found.values[match[1]]
                continue
            try:
                value = read_cell(Cell(default, wanted, {}), self.known, found.first_day())
            except CellError as error:
                found.problems.append(
                    Problem(
                        found.number,
                        "",
                        str(default),
                        worded("Vorgabe „%(field)s“: %(why)s", field=worded(wanted.label_de), why=error.message),
                        name,
                    )
                )
            else:
                if value is not None:
                    found.values[name] = value
