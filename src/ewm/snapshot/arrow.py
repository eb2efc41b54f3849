"""The contract in Arrow's and Parquet's words: schemas for exporters, and the one way a table becomes a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ewm.snapshot.schema import ColumnType, Table

_TYPES: dict[ColumnType, pa.DataType] = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "text": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
}
# A multiple of DuckDB's vector, and its own default: scans are split among threads by row group.
_ROW_GROUP = 122_880


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a table: columns in the contract's order, with their nullability."""
    return pa.schema([pa.field(c.name, _TYPES[c.type], nullable=c.nullable) for c in table.columns])


def batch_of(table: Table, rows: Iterable[dict[str, object]]) -> pa.RecordBatch:
    """One record batch of rows given as dictionaries; a column that a row lacks is null.

    Raises ``pyarrow.ArrowInvalid`` or ``pyarrow.ArrowTypeError`` where a value does not fit its column.
    """
    fields = [field.with_nullable(nullable=True) for field in arrow_schema(table)]
    return pa.RecordBatch.from_pylist(list(rows), schema=pa.schema(fields))


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table so that equal rows in equal order give equal bytes, with a checksum on every page."""
    pq.write_table(
        table,
        path,
        row_group_size=_ROW_GROUP,
        version="2.6",
        compression="zstd",
        compression_level=3,
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=True,
        write_page_checksum=True,
        store_schema=False,
    )
