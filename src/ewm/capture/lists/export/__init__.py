"""Exports of lists: the records as filtered and sorted, as XLSX, ODS or CSV, with a note of where they come from."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.http import StreamingHttpResponse

from ewm.capture.lists.export.csv import csv_lines
from ewm.capture.lists.export.ods import write_ods
from ewm.capture.lists.export.table import table_of
from ewm.capture.lists.export.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.lists.export.table import Table
    from ewm.capture.lists.reading import Reading

PIECE = 64 * 1024


def export(reading: Reading, form: str) -> StreamingHttpResponse:
    """Return what a list shows as a file of one of the formats; neither the rows nor the file lie in memory."""
    table = table_of(reading)
    content_type, write = STREAMS[form]
    answer = StreamingHttpResponse(write(table), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.{form}"'
    return answer


def _packed(write: Callable[[Table, IO[bytes]], None]) -> Callable[[Table], Iterator[bytes]]:
    """Let a writer of packed files stream: they are complete only at their end, so they lie in a file until then."""

    def streamed(table: Table) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            write(table, file)
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece

    return streamed


STREAMS: Mapping[str, tuple[str, Callable[[Table], Iterator[Any]]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _packed(write_xlsx)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _packed(write_ods)),
    "csv": ("text/csv; charset=utf-8", csv_lines),
}
FORMATS = tuple(STREAMS)
