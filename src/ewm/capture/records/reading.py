"""Read the files of a folder of records into rows of typed values; every miss names file, line and column."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from ewm.capture.records.tables import FILES, OPTIONAL, Column
from ewm.capture.records.values import CellError
from ewm.capture.refusing import Rule, refuse_all
from ewm.errors import MissingError, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ewm.capture.records.values import Value

Cell = str | list[str] | yaml.Node | None

FILE_MISSING = Rule(
    "file_missing", "Datei", "Diese Datei fehlt", "Bitte anlegen; sie darf leer sein bis auf die Kopfzeile (YAML: [])."
)
FILE_UNKNOWN = Rule("file_unknown", "Datei", "Diese Datei gehört nicht in den Ordner")
FILE_UNREADABLE = Rule("file_unreadable", "Datei", "Die Datei ist nicht lesbar")
COLUMN_MISSING = Rule("column_missing", "", "Diese Spalte fehlt", "Bitte ergänzen.")
COLUMN_UNKNOWN = Rule("column_unknown", "", "Diese Spalte gibt es in der Datei nicht")
COLUMN_TWICE = Rule("column_twice", "", "Diese Spalte steht zweimal in der Datei")
ROW_LENGTH = Rule("row_length", "Zeile", "Die Zeile hat nicht so viele Zellen wie die Kopfzeile Spalten")
NOT_A_MAPPING = Rule("list_of_mappings", "Datei", "Die Datei ist keine Liste von Einträgen der Form Schlüssel: Wert")
EMPTY = Rule("value_given", "", "Hier fehlt ein Wert", "Bitte angeben.")
NOT_A_VALUE = Rule("single_value", "", "Hier steht mehr als ein Wert")
NOT_KEYED = Rule("mapping_of_values", "", "Hier werden Angaben erwartet", "Bitte als {file: …, alt: …} schreiben.")
NOT_A_LIST = Rule("list_of_values", "", "Hier wird eine Liste von Werten erwartet", "Bitte als [a, b] schreiben.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, and its values by column.

    A value is None where empty, a list where several are allowed, a row of its own where there are keys.
    """

    place: str
    values: dict[str, Any]

    @property
    def label(self) -> str:
        """Return how messages call the row: its code, or the code of the record that it belongs to."""
        owner = next(iter(self.values.values()), None)
        return str(self.values.get("code") or owner or self.place)


Rows = dict[str, list[Row]]


def read_folder(folder: Path) -> Rows:
    """Read all files; raises MissingError where there is no such folder, RefusedError with everything that is wrong."""
    if not folder.is_dir():
        raise MissingError(f"Den Ordner {folder} gibt es nicht. Bitte den Ordner mit den Tabellen angeben.")
    refusals = list(_wrong_files(folder))
    rows = {name: _read(folder / name, refusals) for name in FILES if (folder / name).is_file()}
    refuse_all(refusals)
    return rows


def _wrong_files(folder: Path) -> Iterator[Refusal]:
    found = {path.name for path in folder.iterdir() if path.suffix in {".csv", ".yaml", ".yml"}}
    for name in FILES:
        if name not in found | OPTIONAL:
            yield FILE_MISSING.refuse(name)
    for name in sorted(found - FILES.keys()):
        yield FILE_UNKNOWN.refuse(name, _meant(name, list(FILES)))


def _meant(wanted: str, known: Sequence[str]) -> str:
    close = get_close_matches(wanted, known, 1)
    return f"gemeint {close[0]}?" if close else ""


def _read(path: Path, refusals: list[Refusal]) -> list[Row]:
    columns = FILES[path.name]
    reader = _Csv(path, columns, refusals) if path.suffix == ".csv" else _Yaml(path, columns, refusals)
    try:
        return [_row(columns, place, cells, refusals) for place, cells in reader.cells()]
    except (UnicodeDecodeError, csv.Error, yaml.YAMLError) as error:
        refusals.append(FILE_UNREADABLE.refuse(path.name, " ".join(str(error).split())))
        return []


def _row(columns: tuple[Column, ...], place: str, cells: dict[str, Cell], refusals: list[Refusal]) -> Row:
    row = Row(place, {})
    for column in columns:
        cell = cells.get(column.name)
        row.values[column.name] = _value(column, cell, row, refusals)
    return row


def _value(column: Column, cell: Cell, row: Row, refusals: list[Refusal]) -> Value | list[str] | Row | None:
    def wrong(rule: Rule, detail: str = "") -> None:
        refusals.append(rule.refuse(row.label, detail, field=column.name, place=row.place))

    if isinstance(cell, yaml.Node):
        return _keyed(column, cell, row, refusals)
    if column.several:
        if isinstance(cell, str) or "" in (cell or ()):
            wrong(NOT_A_LIST)
        return list(cell or ())
    if column.keys and cell:
        wrong(NOT_KEYED)
    elif isinstance(cell, list):
        wrong(NOT_A_VALUE)
    elif cell is None or not cell.strip():
        if column.given:
            wrong(EMPTY)
    else:
        try:
            return column.parse(cell.strip())
        except CellError as error:
            wrong(error.rule, cell.strip())
    return None


def _keyed(column: Column, node: yaml.Node, row: Row, refusals: list[Refusal]) -> Row | None:
    """Return a row of the values under the column's keys, with the code of the record to which it belongs."""
    file, _, _ = row.place.partition(",")
    place = f"{file}, Zeile {node.start_mark.line + 1}"
    cells = {key.value: _cell(value) for key, value in node.value}
    if not _right_columns(place, [str(key) for key in cells], column.keys, refusals):
        return None
    inner = Row(place, {"code": row.label})
    for each in column.keys:
        inner.values[each.name] = _value(each, cells.get(each.name), inner, refusals)
    return inner


@dataclass(frozen=True, slots=True)
class _Csv:
    path: Path
    columns: tuple[Column, ...]
    refusals: list[Refusal]

    def cells(self) -> Iterator[tuple[str, dict[str, Cell]]]:
        with self.path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            header = next(lines, [])
            if not _right_columns(self.path.name, header, self.columns, self.refusals):
                return
            line = lines.line_num
            for cells in lines:
                place, line = f"{self.path.name}, Zeile {line + 1}", lines.line_num
                if len(cells) == len(header):
                    yield place, dict(zip(header, cells, strict=True))
                elif cells:
                    detail = f"{len(cells)} statt {len(header)}"
                    self.refusals.append(ROW_LENGTH.refuse(cells[0], detail, place=place))


def _right_columns(place: str, header: list[str], columns: tuple[Column, ...], refusals: list[Refusal]) -> bool:
    wanted = {column.name: column for column in columns}
    found = [
        *(
            COLUMN_UNKNOWN.refuse(place, _meant(name, list(wanted)), field=name)
            for name in header
            if name not in wanted
        ),
        *(COLUMN_TWICE.refuse(place, field=name) for name in sorted({n for n in header if header.count(n) > 1})),
        *(
            COLUMN_MISSING.refuse(place, field=name)
            for name, column in wanted.items()
            if name not in header and not column.optional
        ),
    ]
    refusals += found
    return not found


@dataclass(frozen=True, slots=True)
class _Yaml:
    path: Path
    columns: tuple[Column, ...]
    refusals: list[Refusal]

    def cells(self) -> Iterator[tuple[str, dict[str, Cell]]]:
        with self.path.open(encoding="utf-8") as stream:
            root = yaml.compose(stream, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.SequenceNode):
            self.refusals.append(NOT_A_MAPPING.refuse(self.path.name))
            return
        for node in root.value:
            place = f"{self.path.name}, Zeile {node.start_mark.line + 1}"
            if not isinstance(node, yaml.MappingNode):
                self.refusals.append(NOT_A_MAPPING.refuse(self.path.name, place=place))
                continue
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            if _right_columns(place, keys, self.columns, self.refusals):
                keyed = {column.name for column in self.columns if column.keys}
                yield place, {key.value: _cell(value, keyed=key.value in keyed) for key, value in node.value}


def _cell(node: yaml.Node, *, keyed: bool = False) -> Cell:
    """Return a scalar as it is written: what it means is its column's matter, as in a CSV file.

    A mapping stays what it is where the column is ``keyed``.
    """
    if keyed and isinstance(node, yaml.MappingNode):
        return node
    if not isinstance(node, yaml.ScalarNode):
        return [str(each.value) if isinstance(each, yaml.ScalarNode) else "" for each in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
