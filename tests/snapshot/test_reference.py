"""The generated page of tables and columns says what the contract says."""

from __future__ import annotations

import pytest

from ewm.snapshot.reference import describe_tables
from ewm.snapshot.schema import TABLES


def test_every_table_and_column_is_described() -> None:
    sections = describe_tables().split("\n## ")[1:]
    assert [section.split("\n")[0] for section in sections] == [f"`{name}`" for name in TABLES]
    for section, table in zip(sections, TABLES.values(), strict=True):
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == [column.name for column in table.columns]


def test_a_row_tells_type_emptiness_and_source() -> None:
    page = describe_tables()
    assert "| `size_class` | Text | möglich | Taxonomie `size_class` |" in page
    assert "| `parent_id` | ganze Zahl (int64) | möglich | Tabelle `actors` |" in page
    assert "| `support_start` | Datum | nie |  |" in page
    assert "Schlüssel: `project_id`, `actor_id`." in page


def test_a_column_is_found_by_name_or_not_at_all() -> None:
    assert TABLES["actors"].column("size_class").taxonomy == "size_class"
    with pytest.raises(KeyError, match="email"):
        TABLES["actors"].column("email")
