"""Tables of text: encoding and delimiter are found out, rows are handed on one by one. Runs in the child process."""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ";,\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


class StopReadingError(Exception):
    """Why a table is not read to its end."""


def read_text(content: bytes, limits: dict[str, int]) -> Iterator[Any]:
    """Yield ``{"sheet", "sheets", "rows"}``, then ``[row, [cells]]``; raises StopReadingError with the row."""
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    lines = text.count("\n") + 1
    yield {"sheet": "", "sheets": [], "encoding": encoding, "delimiter": delimiter, "rows": lines}
    csv.field_size_limit(limits["field"])
    yield from _rows(_Lines(text, delimiter if _wrapped(text) else ""), delimiter)


def _rows(lines: _Lines, delimiter: str) -> Iterator[Any]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number, width = 1, 0
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = _mended(lines.read, delimiter, width)
            if not row:
                why = str(error)
                if "limit" in why:
                    why = "ein Feld ist zu lang, vielleicht fehlt ein Anführungszeichen"
                raise StopReadingError(f"Zeile {number}: {why}. Bitte dort nachsehen.") from error
        width = width or len(row)
        cells = [_text_cell(cell) for cell in row]
        if any(cell is not None for cell in cells):
            yield [number, cells]
        number = reader.line_num + 1


class _Lines:
    """Lines of a text, one by one, so that no list of them takes memory; keeps those of the row that is being read.

    Only line feeds and carriage returns end one: other separators may stand in a cell. Where every cell is wrapped
    (``="Name; Ort"``), it is handed on as a quoted one: else a delimiter in its text would end it.
    """

    def __init__(self, text: str, wrapped_by: str) -> None:
        self._found = _LINE.finditer(text)
        self._wrapped_by = wrapped_by
        self.read: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._found)[0]
        if self._wrapped_by:
            line = _unwrapped(line, self._wrapped_by)
        self.read.append(line)
        return line

    def begin(self) -> None:
        """A row begins."""
        self.read.clear()


def _wrapped(text: str) -> bool:
    """Tell whether the cells of a text are wrapped, so that spreadsheets leave them as they are."""
    return text.startswith('="')


def _unwrapped(line: str, delimiters: str) -> str:
    return re.sub(rf'(^|[{re.escape(delimiters)}])="', r'\1"', line)


def _mended(lines: list[str], delimiter: str, width: int) -> list[str]:
    """Return the row of one line whose quoted cells hold quotes that are not doubled: ``""Smart" city"``.

    Such a cell ends where a quote stands before the delimiter. Empty where the line does not come out with as many
    cells as the header: then nobody knows.
    """
    mark = re.escape(delimiter)
    cell = rf'(?:"(.*?)"|([^"{mark}]*))(?={mark}|$)'
    line = lines[0].rstrip("\r\n") if len(lines) == 1 else ""
    if re.fullmatch(rf"{cell}(?:{mark}{cell}){{{max(width - 1, 0)}}}", line) is None:
        return []
    return [(quoted or plain).replace('""', '"') for quoted, plain in re.findall(f"(?:^|{mark}){cell}", line)]


def _text_cell(cell: str) -> str | None:
    """Return a cell without the wrapping that keeps spreadsheets from turning texts into numbers (``="0123"``)."""
    bare = cell.strip()
    if bare.startswith('="') and bare.endswith('"') and len(bare) > 2:
        bare = bare[2:-1]
    return bare.strip() or None


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise StopReadingError(
                    f"Die Datei ist nicht wie angegeben in {encoding} geschrieben ({error})."
                ) from error
    if b"\0" in content:
        raise StopReadingError("Die Datei enthält Bytes, die in keinem Text stehen. Sie ist keine Tabelle.")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # ISO-8859-15 has no control characters between 0x80 and 0x9F; Windows writes quotes and the euro there.
        windows = any(0x80 <= byte <= 0x9F for byte in content)
        encoding = "cp1252" if windows else "iso-8859-15"
        return content.decode(encoding, "replace"), encoding


def delimiter_of(head: bytes) -> str:
    """Return the delimiter of a text of which this is the beginning."""
    try:
        return _delimiter(_decoded(head)[0])
    except StopReadingError:
        return DELIMITERS[0]


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the same number of columns, above one, in most of the first rows."""
    sample = [line[0] for line in islice(_LINE.finditer(text[:200_000]), 100)]
    if _wrapped(text):
        sample = [_unwrapped(line, DELIMITERS) for line in sample]
    best, found = (0, 0), ";"
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count) if widths else 0
        score = (widths.count(common), common) if common > 1 else (0, 0)
        if score > best:
            best, found = score, delimiter
    return found
