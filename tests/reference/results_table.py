"""A table of results made by hand: a test names the cells that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ewm.indicators.results import RESULT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

DEFAULTS: dict[str, object] = {
    "indicator_id": "P-01",
    "population": "new_project",
    "cluster_id": "metall",
    "reporting_year": 2020,
    "level": "total",
    "value_name": "n",
    "unit": "count",
    "state": "comparable",
    "filled": False,
}


def create_results(connection: duckdb.DuckDBPyConnection, cells: Iterable[dict[str, Any]]) -> None:
    """Create the table ``results`` with one row per cell; what a cell does not name is taken from the defaults."""
    columns = ", ".join(f"{column.name} {column.type}" for column in RESULT_COLUMNS)
    connection.execute(f"CREATE TABLE results ({columns})")
    table = connection.table("results")
    for cell in cells:
        row = {**DEFAULTS, **cell}
        table.insert([row.get(column.name) for column in RESULT_COLUMNS])
