"""Loads one sheet with what it rests on: a question about one number need not read the whole methodology.

A sheet rests on the terms whose names or words stand in its text. Looking for them in the bare text finds a few too
many and none too few, and takes a fraction of the time that parsing all sheets does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.indicators.methodology import SHEET_FOLDERS, build_methodology, load_methodology
from ewm.indicators.parse import parse_sheet
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ewm.indicators.methodology import Methodology

_PROMISED = re.compile(r"^term: *(\w+)|^```sql value (\w+)|^gives: *(.+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


def load_about(folder: Path, years: Iterable[int], sheet_id: str) -> Methodology:
    """Load the sheet of this id and every term that it may rest on; where there is no such sheet, all of them.

    What is loaded compiles to the same statements as the whole methodology would; its content hash is not that of the
    whole. Raises ContentError as ``load_methodology`` does, for the sheets that were loaded.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in _paths(folder)}
    start = next((path for path in texts if path.name.startswith(f"{sheet_id.upper()}-")), None)
    if start is None:
        return load_methodology(folder, years, {})
    sheets = [parse_sheet(path, texts[path]) for path in _reached(start, texts)]
    return build_methodology(sorted(sheets, key=lambda sheet: sheet.id), years, {})


def tables_about(methodology: Methodology) -> tuple[str, ...]:
    """Return the tables of a snapshot that the loaded sheets read, those that name what they read, and the years."""
    found = dict.fromkeys(("clusters", "years", "terms"))
    for sheet in methodology.sheets.values():
        selected = (table.name for _, part in sheet.fragments("select") for table in part.parts[0].find_all(exp.Table))
        found |= dict.fromkeys(name for name in (*sheet.of, *sheet.joins, *selected) if name in TABLES)
    targets = [column.target for name in found for column in TABLES[name].columns]
    return tuple(found | dict.fromkeys(filter(None, targets)))


def _paths(folder: Path) -> Iterator[Path]:
    for name in SHEET_FOLDERS:
        yield from sorted((folder / name).glob("*.md"))


def _reached(start: Path, texts: Mapping[Path, str]) -> set[Path]:
    owners: dict[str, list[Path]] = {}
    for path, text in texts.items():
        if path.parent.name == SHEET_FOLDERS[0]:
            for match in _PROMISED.finditer(text):
                for word in _WORD.findall(" ".join(filter(None, match.groups()))):
                    owners.setdefault(word, []).append(path)
    reached: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting.extend(owner for word in set(_WORD.findall(texts[path])) for owner in owners.get(word, ()))
    return reached
