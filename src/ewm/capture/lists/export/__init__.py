"""Exports of lists: the records as filtered and sorted, as XLSX, ODS, CSV or data package, and where they come from."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

from django.http import StreamingHttpResponse

from ewm.capture.lists.export.csv import csv_lines
from ewm.capture.lists.export.ods import write_ods
from ewm.capture.lists.export.package import write_package
from ewm.capture.lists.export.table import book_of
from ewm.capture.lists.export.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ewm.capture.lists.export.book import Book
    from ewm.capture.lists.reading import Reading

PIECE = 64 * 1024


def export(reading: Reading, form: str) -> StreamingHttpResponse:
    """Return what a list shows as a file of one of the formats; neither the rows nor the file lie in memory."""
    book = book_of(reading)
    content_type, ending, write = STREAMS[form]
    answer = StreamingHttpResponse(write(book), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{book.name}.{ending}"'
    return answer


def _packed(write: Callable[[Book, IO[bytes]], None]) -> Callable[[Book], Iterator[bytes]]:
    """Let a writer of packed files stream: they are complete only at their end, so they lie in a file until then."""

    def streamed(book: Book) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            write(book, file)
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece

    return streamed


STREAMS: Mapping[str, tuple[str, str, Callable[[Book], Iterator[Any]]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", _packed(write_xlsx)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "ods", _packed(write_ods)),
    "csv": ("text/csv; charset=utf-8", "csv", csv_lines),
    "datapackage": ("application/zip", "zip", _packed(write_package)),
}
"""By format: media type, ending of the file, what writes it."""
FORMATS = tuple(STREAMS)
