"""The rule of ``ewm.cells`` in SQL, for tables that the engine itself writes."""

from __future__ import annotations

from ewm.cells import SIGNS

_SIGNS = ", ".join(f"chr({ord(sign)})" for sign in SIGNS)


def neutral_sql(column: str) -> str:
    """Return the expression of a text that no spreadsheet takes for a formula (DuckDB)."""
    return f"CASE WHEN left(ltrim({column}, ''''), 1) IN ({_SIGNS}) THEN '''' || {column} ELSE {column} END"
