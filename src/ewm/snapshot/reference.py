"""The tables and columns of a snapshot as a page of the user's reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.snapshot.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from ewm.snapshot.schema import Column, ColumnType, Table

_GERMAN: dict[ColumnType, str] = {
    "int64": "ganze Zahl (int64)",
    "int32": "ganze Zahl (int32)",
    "text": "Text",
    "date": "Datum",
    "bool": "ja/nein",
}


def describe_tables() -> str:
    """Markdown page: every table with its key, every column with type, emptiness and where its values come from."""
    head = (
        "# Tabellen eines Datenstands\n\n"
        f"Schemaversion {SCHEMA_VERSION}. Jede Tabelle ist eine Parquet-Datei `<Tabelle>.parquet`, ihre Zeilen sind "
        "nach dem Schlüssel sortiert. Geldbeträge stehen in Cent. Kontaktdaten von Personen kommen nicht vor."
    )
    return "\n\n".join([head, *map(_describe, TABLES.values())]) + "\n"


def _describe(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    rows = "\n".join(_row(column) for column in table.columns)
    return (
        f"## `{table.name}`\n\n{_sentence(table.description)} Schlüssel: {key}.\n\n"
        f"| Spalte | Art | leer | Werte aus | Bedeutung |\n|---|---|---|---|---|\n{rows}"
    )


def _row(column: Column) -> str:
    empty = "möglich" if column.nullable else "nie"
    return f"| `{column.name}` | {_GERMAN[column.type]} | {empty} | {_source(column)} | {column.description} |"


def _source(column: Column) -> str:
    if column.taxonomy:
        return f"Taxonomie `{column.taxonomy}`"
    return f"Tabelle `{column.references}`" if column.references else ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
