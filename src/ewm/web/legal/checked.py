"""The last automated check of accessibility: written by the run of axe-core over every page, read by the statement.

The file is JSON::

    {"checked_on": "2026-11-24", "tool": "axe-core 4.12.1", "pages": 41, "widths": [360, 1280],
     "themes": ["light", "dark"], "violations": [{"rule": "color-contrast", "help": "…", "page": "start"}]}

It ships with the software where the check has been run; without it the statement says so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ewm.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).resolve().parent / "checked.json"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a page breaks."""

    rule: str
    help: str
    page: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, with which tool, on which day, and what was found; widths are pixels."""

    checked_on: date
    tool: str
    pages: int
    widths: tuple[int, ...]
    themes: tuple[str, ...]
    violations: tuple[Violation, ...] = field(default=())


def read(file: Path = FILE) -> Checked | None:
    """Return the last check, None where there was none; raises ContentError where the file is no such result."""
    if not file.is_file():
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Checked(
            checked_on=date.fromisoformat(found["checked_on"]),
            tool=str(found["tool"]),
            pages=int(found["pages"]),
            widths=tuple(map(int, found["widths"])),
            themes=tuple(map(str, found["themes"])),
            violations=tuple(Violation(**each) for each in found["violations"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ContentError(
            f"{file}: kein Ergebnis einer Prüfung ({error}). Bitte die Prüfung neu laufen lassen."
        ) from None


def write(checked: Checked, file: Path = FILE) -> None:
    """Write a result; rules that many pages break come in the order of pages."""
    text = json.dumps({**asdict(checked), "checked_on": checked.checked_on.isoformat()}, ensure_ascii=False, indent=1)
    draft = file.with_suffix(".draft")
    draft.write_text(f"{text}\n", encoding="utf-8")
    draft.rename(file)


def merged(results: Sequence[Checked]) -> Checked:
    """Return several runs as one: by another role, in another theme; raises ValueError where there is none."""
    return Checked(
        checked_on=max(each.checked_on for each in results),
        tool=results[0].tool,
        pages=sum(each.pages for each in results) // max(1, len({each.themes for each in results})),
        widths=results[0].widths,
        themes=tuple(sorted({theme for each in results for theme in each.themes}, reverse=True)),
        violations=tuple(dict.fromkeys(found for each in results for found in each.violations)),
    )
