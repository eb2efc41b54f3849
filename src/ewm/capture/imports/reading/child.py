"""The child process that opens a table: ``python -m ewm.capture.imports.reading.child KIND FILE OUT LIMITS SHEET PID``.

It has little memory and little time; what a hostile file does, it does to this process. It writes ``OUT`` as lines of
JSON: first ``{"kind", "sheet", "sheets"}``, then ``[row, [cells]]``, at the end ``{"cells"}``; ``{"error"}`` where it
must stop. A day is ``{"d": "2020-04-20"}``, a moment ``{"t": …}``. ``OUT.progress`` says how many rows of how many are
done. It ends with the process ``PID`` that started it.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import signal
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ewm.capture.imports.reading import whole
from ewm.capture.imports.reading.blanks import copy_of, with_blanks
from ewm.capture.imports.reading.packed import read_packed
from ewm.capture.imports.reading.texts import StopReadingError, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            _write(kind, _read(kind, source, sheet, limits), stream, limits)
        except StopReadingError as error:
            stream.write(json.dumps({"error": str(error)}, ensure_ascii=False) + "\n")
        except MemoryError:
            stream.write(json.dumps({"error": "Die Tabelle braucht zu viel Arbeitsspeicher."}) + "\n")
        finally:
            copy_of(out).unlink(missing_ok=True)
    return 0


def _read(kind: str, path: Path, sheet: str, limits: dict[str, int]) -> Iterator[Any]:
    if kind == "csv":
        return read_text(path.read_bytes(), limits)
    return read_packed(path, sheet, limits) if kind == "csvs" else _workbook(path, sheet, limits)


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
                raise StopReadingError(
                    f"{whole.row_words(number)}: bis hierher sind es mehr als {limits['cells']} Zellen."
                )
            at += 1
            if not at % _TOLD:
                row_of_sheet = whole.place_of(number)[1]
                progress.write_text(f"{row_of_sheet} {max(total, row_of_sheet)}", encoding="ascii")
        else:
            total, entry["kind"] = entry.pop("rows"), kind
        stream.write(encode(entry) + "\n")
    stream.write(json.dumps({"cells": cells}) + "\n")


def _check(number: int, row: list[Any], limits: dict[str, int]) -> None:
    place = whole.row_words(number)
    if whole.place_of(number)[1] > limits["rows"]:
        raise StopReadingError(f"{place}: gelesen werden höchstens {limits['rows']} Zeilen.")
    if len(row) > limits["columns"]:
        raise StopReadingError(f"{place}: {len(row)} Spalten, gelesen werden höchstens {limits['columns']}.")
    for at, cell in enumerate(row, 1):
        if isinstance(cell, str) and len(cell) > limits["field"]:
            raise StopReadingError(
                f"{place}, Spalte {at}: {len(cell)} Zeichen, höchstens {limits['field']} sind möglich."
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
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))  # a path would be judged by its ending
        names = [each.name for each in book.sheets_metadata if "Work" in str(each.typ)] or book.sheet_names
        if not names:
            raise StopReadingError("Die Mappe hat kein Blatt.")
        sheets = {name: book.get_sheet_by_name(name) for name in names[:50]}
        together = whole.ours(sheets) if not wanted else []
        name = wanted if wanted in sheets else max(sheets, key=lambda each: sheets[each].height * sheets[each].width)
        called = f"{whole.NAME} {_version(sheets[whole.GUIDE])}" if together else name
        yield {"sheet": called, "sheets": list(sheets), "rows": sum(sheets[each].height for each in together or [name])}
        for each in together or [name]:
            start = whole.row_number(each, 0) if together else 0
            yield from ([start + number, cells] for number, cells in _rows(each, sheets[each], limits))
    except PasswordError:
        raise StopReadingError("Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.") from None
    except (CalamineError, OSError, ValueError) as error:
        raise StopReadingError(f"Die Tabelle ist nicht lesbar ({error}). Bitte noch einmal speichern.") from error


def _rows(name: str, sheet: Any, limits: dict[str, int]) -> Iterator[tuple[int, list[Any]]]:
    if sheet.height * sheet.width > 4 * limits["cells"]:
        raise StopReadingError(f"Blatt „{name}“: {sheet.height} Zeilen mal {sheet.width} Spalten sind zu viel.")
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(cell) for cell in row]
        if any(cell is not None for cell in cells):
            yield number, cells


def _version(guide: Any) -> str:
    """Return which version of our template a workbook says it is; 1 where somebody deleted the line."""
    first = ([_cell(cell) for cell in row[:2]] for row in guide.iter_rows())
    return next((str(cells[1]) for cells in first if len(cells) == 2 and cells[0] == whole.VERSION_LABEL), "1")


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 53:
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
