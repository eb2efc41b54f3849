"""The child process that opens a table: ``python -m ewm.capture.imports.reading.child KIND FILE OUT LIMITS SHEET PID``.

It has little memory and little time; what a hostile file does, it does to this process. It writes ``OUT`` as lines of
JSON: first ``{"kind", "sheet", "sheets"}``, then ``[row, [cells]]``, at the end ``{"cells"}``; ``{"error"}`` where it
must stop. A day is ``{"d": "2020-04-20"}``, a moment ``{"t": …}``. ``OUT.progress`` says how many rows of how many are
done. It ends with the process ``PID`` that started it.
"""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import resource
import signal
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ewm.capture.imports.reading.blanks import copy_of, with_blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ";,\t|"
_TOLD = 2_000
"""Rows between two words about how far it is."""
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(words: list[str]) -> int:
    """Read one table; returns 0 also where the table cannot be read: the last line says why."""
    kind, path, out, limits, sheet = words[0], Path(words[1]), Path(words[2]), json.loads(words[3]), words[4]
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    if not _ends_with(int(words[5])):
        return 1
    with out.open("w", encoding="utf-8") as stream:
        try:
            source = with_blanks(path, copy_of(out)) if kind == "ods" else path
            rows = _text(path, limits) if kind == "csv" else _workbook(source, sheet, limits)
            _write(kind, rows, stream, limits)
        except _StopError as error:
            stream.write(json.dumps({"error": str(error)}, ensure_ascii=False) + "\n")
        except MemoryError:
            stream.write(json.dumps({"error": "Die Tabelle braucht zu viel Arbeitsspeicher."}) + "\n")
        finally:
            copy_of(out).unlink(missing_ok=True)
    return 0


class _StopError(Exception):
    """Why the table is not read to its end."""


def _ends_with(parent: int) -> bool:
    """Let the kernel (of Linux) end this process with the one that started it; returns whether that one still lives."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    return os.getppid() == parent


def _write(kind: str, rows: Iterator[Any], stream: IO[str], limits: dict[str, int]) -> None:
    progress = Path(f"{stream.name}.progress")
    encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
    cells = at = total = 0
    for entry in rows:
        if isinstance(entry, list):
            number, row = entry
            _check(number, row, limits)
            cells += len(row)
            if cells > limits["cells"]:
                raise _StopError(f"Zeile {number}: bis hierher sind es mehr als {limits['cells']} Zellen.")
            at += 1
            if not at % _TOLD:
                progress.write_text(f"{number} {max(total, number)}", encoding="ascii")
        else:
            total, entry["kind"] = entry.pop("rows"), kind
        stream.write(encode(entry) + "\n")
    stream.write(json.dumps({"cells": cells}) + "\n")


def _check(number: int, row: list[Any], limits: dict[str, int]) -> None:
    if number > limits["rows"]:
        raise _StopError(f"Zeile {number}: gelesen werden höchstens {limits['rows']} Zeilen.")
    if len(row) > limits["columns"]:
        raise _StopError(f"Zeile {number}: {len(row)} Spalten, gelesen werden höchstens {limits['columns']}.")
    for at, cell in enumerate(row, 1):
        if isinstance(cell, str) and len(cell) > limits["field"]:
            raise _StopError(
                f"Zeile {number}, Spalte {at}: {len(cell)} Zeichen, höchstens {limits['field']} sind möglich."
            )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    raise TypeError(type(value).__name__)


def _workbook(path: Path, wanted: str, limits: dict[str, int]) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 (not for texts)

    try:
        book = CalamineWorkbook.from_path(str(path))
        names = [each.name for each in book.sheets_metadata if "Work" in str(each.typ)] or book.sheet_names
        if not names:
            raise _StopError("Die Mappe hat kein Blatt.")
        sheets = {name: book.get_sheet_by_name(name) for name in names[:50]}
        name = wanted if wanted in sheets else max(sheets, key=lambda each: sheets[each].height * sheets[each].width)
        sheet = sheets[name]
        yield {"sheet": name, "sheets": list(sheets), "rows": sheet.height}
        if sheet.height * sheet.width > 4 * limits["cells"]:
            raise _StopError(f"Blatt „{name}“: {sheet.height} Zeilen mal {sheet.width} Spalten sind zu viel.")
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_cell(cell) for cell in row]
            if any(cell is not None for cell in cells):
                yield [number, cells]
    except PasswordError:
        raise _StopError("Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.") from None
    except (CalamineError, OSError, ValueError) as error:
        raise _StopError(f"Die Tabelle ist nicht lesbar ({error}). Bitte noch einmal speichern.") from error


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 53:
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _text(path: Path, limits: dict[str, int]) -> Iterator[Any]:
    text, encoding = _decoded(path.read_bytes())
    delimiter = _delimiter(text)
    lines = text.count("\n") + 1
    yield {"sheet": "", "sheets": [], "encoding": encoding, "delimiter": delimiter, "rows": lines}
    csv.field_size_limit(limits["field"])
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = (
                "ein Feld ist zu lang, vielleicht fehlt ein Anführungszeichen" if "limit" in str(error) else str(error)
            )
            raise _StopError(f"Zeile {number}: {why}. Bitte dort nachsehen.") from error
        cells = [_text_cell(cell) for cell in row]
        if any(cell is not None for cell in cells):
            yield [number, cells]
        number = reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; only line feeds and carriage returns end one, other separators may stand in a cell."""
    return iter(io.StringIO(text, newline=""))


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
                raise _StopError(f"Die Datei ist nicht wie angegeben in {encoding} geschrieben ({error}).") from error
    if b"\0" in content:
        raise _StopError("Die Datei enthält Bytes, die in keinem Text stehen. Sie ist keine Tabelle.")
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
    except _StopError:
        return DELIMITERS[0]


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the same number of columns, above one, in most of the first rows."""
    sample = list(islice(_lines(text[:200_000]), 100))
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
