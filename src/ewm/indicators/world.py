"""The small world in which all cases of a methodology play, and the rows that a case adds to it.

``world.yaml`` holds a standard row per table (a case states only what differs), rows that every case finds, and the
names under which child rows stand below their parent. Ids are words; where the snapshot has numbers, words become
numbers in the order in which they appear, and results are read back as words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import yaml

from ewm.errors import ContentError
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ewm.snapshot.schema import Column, Table

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TYPES: dict[str, type] = {"int64": int, "int32": int, "text": str, "date": date, "bool": bool}
_WORLD_KEYS = {"years", "cluster", "standard", "nested", "rows"}

Row = dict[str, Any]
"""A row of a snapshot table by column; ids are words."""

Rows = dict[str, list[Row]]
"""Rows by table."""


@dataclass(frozen=True, slots=True)
class Nested:
    """Child rows below their parent: their table, the column that their word fills and that a bare value fills."""

    table: str
    word: str
    value: str


@dataclass(frozen=True, slots=True)
class World:
    """The small world: reporting years, standard rows, names of child rows, and the rows that every case finds.

    ``cluster`` is the cluster whose results a case compares where it names no other.
    ``taxonomies`` maps a taxonomy to the ids of its terms; what stands in a row is checked against them.
    """

    years: tuple[int, ...]
    cluster: str
    standard: Mapping[str, Row]
    nested: Mapping[str, Mapping[str, Nested]]
    taxonomies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)

    def words(self, table: str) -> set[str]:
        """Return the ids that the world has in a table with a single key column."""
        return _words(self.rows, table)


def is_id(column: Column) -> bool:
    """Return whether a column holds the number of a record, for which cases write a word."""
    return column.type == "int64" and column.name.endswith("_id")


def _words(rows: Rows, table: str) -> set[str]:
    (key, *_) = TABLES[table].key
    return {row[key] for row in rows.get(table, [])}


def years_rows(years: Iterable[int]) -> list[Row]:
    """Return the rows of the table ``years``."""
    return [
        {"reporting_year": year, "year_start": date(year, 1, 1), "year_end": date(year, 12, 31)} for year in years
    ]  # fmt: skip


def likely(name: str, known: Iterable[str]) -> str:
    """Return a hint to the name that was probably meant, or an empty text."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Gemeint „{close[0]}“?" if close else ""


class RowBuilder:
    """Turns what a case (or the world) states into complete rows; every complaint begins with ``place``."""

    def __init__(self, world: World, place: str) -> None:
        self.world = world
        self.place = place
        self.rows: Rows = {}

    def fail(self, message: str) -> ContentError:
        """Return the error for a message."""
        return ContentError(f"{self.place}: {message}")

    def add_tables(self, given: Mapping[str, object]) -> Rows:
        """Add rows given as table, word and deviations; returns all rows, checked.

        Raises ContentError for an unknown table, column, reference or term, or a value of the wrong type.
        """
        for table, entries in given.items():
            if table not in TABLES or len(TABLES[table].key) != 1:
                raise self.fail(f"„{table}“ ist keine Tabelle mit einer eigenen Kennung.{likely(table, TABLES)}")
            if not isinstance(entries, dict):
                raise self.fail(f"„{table}“ muss Wörter mit ihren Abweichungen enthalten.")
            for word, deviations in entries.items():
                self._add(TABLES[table], str(word), deviations)
        for table, rows in self.rows.items():
            for row in rows:
                self._check_references(TABLES[table], row)
        return self.rows

    def _add(self, table: Table, word: str, deviations: object) -> None:
        if not isinstance(deviations, dict):
            raise self.fail(f"{table.name} · {word}: Erwartet werden Abweichungen in geschweiften Klammern.")
        if word in self.world.words(table.name):
            raise self.fail(f"{table.name} · {word} gibt es schon in der kleinen Welt. Bitte ein anderes Wort wählen.")
        nested = self.world.nested.get(table.name, {})
        own = {name: value for name, value in deviations.items() if name not in nested}
        self._add_row(table, {table.key[0]: word, **own}, word)
        for name, below in nested.items():
            for child in self._children(deviations.get(name), below, word):
                self._add_child(below.table, {table.key[0]: word, **child}, word)

    def _children(self, given: object, below: Nested, word: str) -> Iterator[Row]:
        if given is None:
            return
        if isinstance(given, list):
            yield from (item if isinstance(item, dict) else {below.word: item} for item in given)
        elif isinstance(given, dict):
            for key, value in given.items():
                yield {below.word: key, **(value if isinstance(value, dict) else {below.value: value})}
        else:
            raise self.fail(f"{word}: Zeilen von {below.table} stehen in einer Liste oder in geschweiften Klammern.")

    def _add_child(self, name: str, given: Row, parent: str) -> None:
        table = TABLES[name]
        (key, *more) = table.key
        if not more and key not in given:
            given = {key: f"{parent}/{name}/{len(self.rows.get(name, []))}", **given}
        self._add_row(table, given, parent)

    def _add_row(self, table: Table, given: Row, word: str) -> None:
        names = [column.name for column in table.columns]
        for name in given:
            if name not in names:
                raise self.fail(f"{word}: Die Spalte „{name}“ gibt es in {table.name} nicht.{likely(str(name), names)}")
        standard = self.world.standard.get(table.name, {})
        row: Row = {}
        for column in table.columns:
            if column.name not in given and column.name not in standard:
                raise self.fail(f"{word}: {table.name}.{column.name} fehlt, und die Standardzeile nennt es nicht.")
            row[column.name] = self._value(table, column, given.get(column.name, standard.get(column.name)), word)
        self.rows.setdefault(table.name, []).append(row)

    def _value(self, table: Table, column: Column, value: object, word: str) -> object:
        where = f"{word}: {table.name}.{column.name}"
        if value is None:
            if not column.nullable:
                raise self.fail(f"{where} darf nicht leer sein.")
            return None
        wanted = str if is_id(column) else _TYPES[column.type]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise self.fail(f"{where} = {value!r} ist kein Wert der Art {'Kennung' if is_id(column) else column.type}.")
        return value

    def _check_references(self, table: Table, row: Row) -> None:
        if table.name == "terms" and self.world.taxonomies:
            self._check_term("taxonomy/term_id", row["taxonomy"], row["term_id"])
        for column in table.columns:
            value = row[column.name]
            if value is None:
                continue
            if column.taxonomy and self.world.taxonomies:
                self._check_term(f"{table.name}.{column.name}", column.taxonomy, value)
            elif column.references:
                known = self.world.words(column.references) | _words(self.rows, column.references)
                if value not in known:
                    message = f"{table.name}.{column.name} nennt „{value}“, das weder der Fall noch die Welt kennt."
                    raise self.fail(f"{message}{likely(value, known)}")

    def _check_term(self, where: str, taxonomy: str, value: str) -> None:
        known = self.world.taxonomies.get(taxonomy, frozenset())
        if value not in known:
            raise self.fail(f"{where}: „{value}“ gibt es in der Taxonomie „{taxonomy}“ nicht.{likely(value, known)}")


def _nested(place: str, given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Nested]]:
    try:
        return {
            table: {name: Nested(**below) for name, below in names.items()} for table, names in given.items()
        }  # fmt: skip
    except TypeError as error:
        raise ContentError(f"{place}: nested braucht je Eintrag table, word und value ({error}).") from error


def _doubled(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield keys that stand twice in one mapping: YAML would silently drop the first."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _doubled(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled(item)


def read_yaml(path: Path) -> object:
    """Read a YAML file; raises ContentError naming the file where it is not YAML or a key stands twice."""
    text = path.read_text(encoding="utf-8")
    try:
        doubled = next(_doubled(yaml.compose(text, Loader=LOADER)), None)
        if doubled is not None:
            line = doubled.start_mark.line + 1
            raise ContentError(f"{path.name}, Zeile {line}: „{doubled.value}“ steht zweimal. Bitte umbenennen.")
        return yaml.load(text, Loader=LOADER)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name} ist kein gültiges YAML: {error}") from error


def load_world(path: Path, taxonomies: Mapping[str, frozenset[str]]) -> World:
    """Load ``world.yaml``; raises ContentError naming the entry that is wrong."""
    if not path.is_file():
        raise ContentError(f"Die kleine Welt der Fälle fehlt: {path.name}")
    given = read_yaml(path)
    if not isinstance(given, dict) or set(given) != _WORLD_KEYS:
        raise ContentError(f"{path.name}: Nötig sind genau {', '.join(sorted(_WORLD_KEYS))}.")
    empty = World(
        years=tuple(given["years"]),
        cluster=given["cluster"],
        standard=given["standard"],
        nested=_nested(path.name, given["nested"]),
        taxonomies=taxonomies,
    )
    rows = RowBuilder(empty, path.name).add_tables(given["rows"])
    return replace(empty, rows={"years": years_rows(empty.years), **rows})
