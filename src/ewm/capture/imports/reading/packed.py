"""Tables of text in one zip, as some registers hand them out. Runs in the child process.

Such tables refer to each other by name: in ``organization.csv`` the column ``projectID`` names rows of ``project.csv``
by its column ``id``. Two that belong together are read as one: a row for each row of the second, behind the cells of
its row in the first, and every header with its table's name before it (``project.title``).
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from ewm.capture.imports.reading.texts import StopReadingError, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_ENDING = ".csv"
_OWN_KEY, _KEY_ENDING = "id", "id"
_HEAD = 1 << 16


def text_name(part: str) -> str:
    """Return the name of a part that is a table of text, without folders; empty for anything else."""
    name = part.rsplit("/", 1)[-1]
    return name if name.lower().endswith(_ENDING) and len(name) <= 100 else ""


def read_packed(path: Path, wanted: str, limits: dict[str, int]) -> Iterator[Any]:
    """Yield the head and the rows of the table named so, else of two that belong together, else of the largest."""
    with zipfile.ZipFile(path) as package:
        parts = {name: part for part in package.infolist() if (name := text_name(part.filename))}
        names = list(parts)
        try:
            if wanted not in parts and (pair := _pair(package, parts, limits)):
                first, second = (_rows(package, parts[name], limits) for name in pair)
                yield from _joined(first, second, pair, names)
                return
            name = wanted if wanted in parts else max(names, key=lambda each: parts[each].file_size)
            rows = _rows(package, parts[name], limits)
            yield {**next(rows), "sheet": name, "sheets": names}
            yield from rows
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise StopReadingError(f"Die Datei ist beschädigt ({error}). Bitte noch einmal herunterladen.") from error


def _rows(package: zipfile.ZipFile, part: zipfile.ZipInfo, limits: dict[str, int]) -> Iterator[Any]:
    return read_text(package.read(part), limits)


def _pair(
    package: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], limits: dict[str, int]
) -> tuple[str, str] | None:
    """Return two tables of which the second names rows of the first; of several second ones the one that says most."""
    headers = {name: _header(package, part, limits) for name, part in parts.items()}
    pairs = [
        (first, second)
        for first, second in ((one, other) for one in parts for other in parts if one != other)
        if _OWN_KEY in headers[first] and _reference(first) in headers[second]
    ]
    return max(pairs, key=lambda pair: len(headers[pair[1]]), default=None)


def _header(package: zipfile.ZipFile, part: zipfile.ZipInfo, limits: dict[str, int]) -> list[str]:
    """Return the names of a table's columns, folded, from its first bytes."""
    with package.open(part) as stream:
        head = stream.readline(_HEAD)
    try:
        return next((_folded(cells) for _, cells in _after_head(read_text(head, limits))), [])
    except StopReadingError:
        return []


def _after_head(rows: Iterator[Any]) -> Iterator[Any]:
    next(rows)
    return rows


def _folded(cells: list[Any]) -> list[str]:
    return [str(cell or "").casefold() for cell in cells]


def _reference(table: str) -> str:
    return f"{table[: -len(_ENDING)]}{_KEY_ENDING}".casefold()


def _joined(first: Iterator[Any], second: Iterator[Any], pair: tuple[str, str], names: list[str]) -> Iterator[Any]:
    """Yield the rows of the second table behind those of the first, numbered as there; then what none of them names."""
    next(first)
    _, left = next(first)
    ours, width = _by_key(first, left), len(left)
    yield {**next(second), "sheet": " + ".join(pair), "sheets": names}
    number, right = next(second)
    at = _folded(right).index(_reference(pair[0]))
    yield [number, [*_named(pair[0], left), *_named(pair[1], right)]]
    named = set()
    for number, cells in second:
        key = cells[at] if at < len(cells) else None
        named.add(key)
        start = ours.get(key, [])
        yield [number, [*start, *[None] * (width - len(start)), *cells]]
    for key, cells in ours.items():
        if key not in named:
            number += 1
            yield [number, cells]


def _by_key(rows: Iterator[Any], header: list[Any]) -> dict[Any, list[Any]]:
    at = _folded(header).index(_OWN_KEY)
    return {cells[at]: cells[: len(header)] for _, cells in rows if at < len(cells)}


def _named(table: str, header: list[Any]) -> list[str | None]:
    return [None if cell is None else f"{table[: -len(_ENDING)]}.{cell}" for cell in header]
