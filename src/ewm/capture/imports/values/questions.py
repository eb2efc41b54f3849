"""Columns whose cells can be read in two ways: asked once per column, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.capture.forms.reading import written_cents
from ewm.capture.imports.profiles.fields import FIELDS, ValueKind
from ewm.capture.imports.profiles.headers import columns_of, header_row
from ewm.capture.imports.profiles.recognising import placed_columns
from ewm.capture.imports.values.days import DAY_FIRST, MONTH_FIRST, order_of_column, read_cell_day
from ewm.capture.imports.values.errors import CellError
from ewm.capture.imports.values.money import COMMA, DOT, read_money, sign_of_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.capture.imports.profiles.model import Column, Profile
    from ewm.capture.imports.reading import Table

_READINGS = {ValueKind.MONEY: (COMMA, DOT), ValueKind.DAY: (DAY_FIRST, MONTH_FIRST)}
_OPTION = {ValueKind.MONEY: "decimal", ValueKind.DAY: "order"}


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be told from a column's cells.

    ``column`` is counted from 0. ``readings``: the answers, each with what the example then means. The answer goes
    into ``answers[str(column)]``.
    """

    column: int
    header: str
    example: str
    readings: tuple[tuple[str, str], ...]


def questions(table: Table, profile: Profile) -> list[Question]:
    """Return what has to be asked before the table can be read, in the order of its columns."""
    return [each for _, each in _looked_at(table, profile) if isinstance(each, Question)]


def readings_of(table: Table, profile: Profile, answers: Mapping[str, str]) -> dict[int, str]:
    """Return how each column of amounts and days is read: decimal sign, order of day and month.

    An answer comes first, then what the column proves, then what most files mean: a comma, the day before the month.
    """
    found: dict[int, str] = {}
    for index, each in _looked_at(table, profile):
        first = each.readings[0][0] if isinstance(each, Question) else each
        answer = answers.get(str(index), "")
        known = [reading for readings in _READINGS.values() for reading in readings]
        found[index] = answer if answer in known else first
    return found


def _looked_at(table: Table, profile: Profile) -> Iterator[tuple[int, str | Question]]:
    """Yield for each column of amounts or days how it is read, or what has to be asked."""
    columns = columns_of(table)
    headers = {each.index: each.header for each in columns}
    wanted = {
        index: (column, kind)
        for index, column in sorted(placed_columns(columns, profile).items())
        if (kind := _kind(profile, column)) in _READINGS
    }
    said = {index: column.options.get(_OPTION[kind]) for index, (column, kind) in wanted.items()}
    cells = _cells(table, [index for index, reading in said.items() if not reading])
    for index, (_, kind) in wanted.items():
        if said[index]:
            yield index, str(said[index])
            continue
        found = cells[index]
        reading, example = sign_of_column(found) if kind == ValueKind.MONEY else order_of_column(found)
        yield index, reading or Question(index, headers[index], example, _readings(kind, example))


def _cells(table: Table, columns: list[int]) -> dict[int, list[object]]:
    """Return the cells of columns below the header, each different one once; reads the table once."""
    found: dict[int, dict[object, None]] = {index: {} for index in columns}
    first = header_row(table).number
    for row in table.rows if columns else ():
        if row.number > first:
            for index in columns:
                if index < len(row.cells) and isinstance(row.cells[index], str):
                    found[index][row.cells[index]] = None
    return {index: list(cells) for index, cells in found.items()}


def _kind(profile: Profile, column: Column) -> ValueKind:
    field = FIELDS[profile.kind].get(column.field)
    return field.kind if field else ValueKind.TEXT


def _readings(kind: ValueKind, example: str) -> tuple[tuple[str, str], ...]:
    return tuple((reading, _meaning(kind, example, reading)) for reading in _READINGS[kind])


def _meaning(kind: ValueKind, example: str, reading: str) -> str:
    try:
        if kind == ValueKind.DAY:
            return f"{read_cell_day(example, reading):%d.%m.%Y}"
        return f"{written_cents(read_money(example, reading))} Euro"
    except CellError:  # in a column that proves both
        return "Komma vor den Cent" if reading == COMMA else "Punkt vor den Cent"
