"""The file of declared corrections, read as it stands: form, names and types, without a look at the snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import yaml

from ewm.snapshot.schema import TABLES, Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ewm.snapshot.sql import Value

_FIELDS = ("table", "record", "column", "old", "new", "reason", "by", "on")
_GERMAN: dict[ColumnType, str] = {
    "int64": "eine ganze Zahl (Geld in Cent)",
    "int32": "eine ganze Zahl",
    "text": "ein Text (Ziffern in Anführungszeichen)",
    "date": "ein Datum (JJJJ-MM-TT)",
    "bool": "true oder false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the file, well formed; ``record`` maps columns to the values that pick the row."""

    line: int
    table: str
    record: Mapping[str, Value]
    column: str
    old: Value
    new: Value
    reason: str
    by: str
    on: date

    @property
    def name(self) -> str:
        """How a message names the record."""
        return f"{self.table} " + ", ".join(f"{name}={value}" for name, value in self.record.items())


def read_entries(path: Path) -> tuple[list[Entry], list[str]]:
    """The well-formed entries of a file, and one German line per problem of the others; nothing where it lacks."""
    if path.with_suffix(".yml").exists():
        return [], [f"{path.stem}.yml: Die Datei muss auf .yaml enden"]
    if not path.exists():
        return [], []
    try:
        items = _items(path.read_text(encoding="utf-8"))
    except (ValueError, yaml.YAMLError) as error:
        return [], [f"Die Datei ist nicht lesbar: {error}"]
    entries: list[Entry] = []
    problems: list[str] = []
    for line, item in items:
        try:
            entries.append(_entry(line, item))
        except ValueError as error:
            problems.append(f"Zeile {line}: {error}")
    return entries, problems


class _Loader(yaml.SafeLoader):
    """YAML as usual, but a name that occurs twice in one entry is an error instead of the later one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"„{name}“ steht doppelt", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def _items(text: str) -> list[tuple[int, object]]:
    """The entries with the lines on which they begin."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    finally:
        loader.dispose()
    if not isinstance(data, dict) or list(data) != ["corrections"] or not isinstance(data["corrections"], list):
        raise ValueError("erwartet wird „corrections:“ und darunter eine Liste")
    nodes = root.value[0][1].value if root else []
    return [(node.start_mark.line + 1, item) for node, item in zip(nodes, data["corrections"], strict=True)]


def _entry(line: int, item: object) -> Entry:
    if not isinstance(item, dict) or set(item) != set(_FIELDS):
        raise ValueError(f"Der Eintrag braucht genau diese Angaben: {', '.join(_FIELDS)}")
    table = TABLES.get(item["table"]) if isinstance(item["table"], str) else None
    if table is None:
        raise ValueError(f"table: Die Tabelle „{item['table']}“ gibt es nicht")
    column = _column(table, item["column"])
    old, new = (_value(name, item[name], column) for name in ("old", "new"))
    if old == new:
        raise ValueError("old und new sind gleich")
    return Entry(
        line=line,
        table=table.name,
        record=_record(table, item["record"]),
        column=column.name,
        old=old,
        new=new,
        reason=_text("reason", item["reason"]),
        by=_text("by", item["by"]),
        on=_day(item["on"]),
    )


def _column(table: Table, name: object) -> Column:
    found = [column for column in table.columns if column.name == name]
    if not found:
        raise ValueError(f"column: Die Spalte „{name}“ gibt es in {table.name} nicht")
    if name in (*table.key, "code"):
        raise ValueError(f"column: „{name}“ bezeichnet den Eintrag und lässt sich nicht korrigieren")
    return found[0]


def _record(table: Table, record: object) -> Mapping[str, Value]:
    has_code = any(column.name == "code" for column in table.columns)
    if isinstance(record, str) and has_code:
        return {"code": record}
    if not isinstance(record, dict) or set(record) != set(table.key):
        code = "die Kennung (code) oder " if has_code else ""
        raise ValueError(f"record: erwartet wird {code}der Schlüssel mit {', '.join(table.key)}")
    return {name: _value(f"record, {name}", record[name], table.column(name)) for name in table.key}


def _value(field: str, value: object, column: Column) -> Value:
    if value is None and column.nullable:
        return None
    if not _fits(value, column.type):
        raise ValueError(f"{field}: „{value}“ passt nicht zu {column.name}; verlangt ist {_GERMAN[column.type]}")
    return value  # type: ignore[return-value]  # _fits has just proved it


def _fits(value: object, kind: ColumnType) -> bool:
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "date":
        return _is_day(value)
    if kind == "text":
        return isinstance(value, str) and "\x00" not in value
    bits = 63 if kind == "int64" else 31
    return isinstance(value, int) and not isinstance(value, bool) and -(2**bits) <= value < 2**bits


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _text(field: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field}: Hier muss ein Text stehen")
    return value.strip()


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"on: „{value}“ ist kein Datum (JJJJ-MM-TT)")
