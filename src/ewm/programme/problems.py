"""All that is wrong with a programme's files, gathered before anything is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ewm.errors import ContentError


class Place(NamedTuple):
    """A file, as seen from the programme's folder, and a line in it (counted from 1)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, Zeile {self.line}"


@dataclass(slots=True)
class Problems:
    """Gathers problems, each with its place and a German message that names the remedy."""

    found: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, message: str) -> None:
        """Note one problem and go on."""
        self.found.append((place, message))

    def raise_if_any(self, programme: str) -> None:
        """Raise a ContentError that lists every problem in the order of files and lines; do nothing without one."""
        if not self.found:
            return
        lines = [f"{place}: {message}" for place, message in sorted(self.found)]
        head = "1 Fehler" if len(lines) == 1 else f"{len(lines)} Fehler"
        raise ContentError("\n".join([f"Das Programm {programme} wurde nicht geladen ({head}):", *lines]))


def suggestion(word: str, known: list[str]) -> str:
    """Return `` Gemeint "…"?`` for the closest known word, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only needed where something is wrong

    close = get_close_matches(word, known, n=1)
    return f' Gemeint "{close[0]}"?' if close else ""
