"""TOML tables as typed values; what does not fit becomes a problem with its line, and the value counts as empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ewm.programme.problems import Place, Problems, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the keys of one table of a file; ``text`` is the whole file, in which problems find their line."""

    file: str
    values: Mapping[str, Any]
    text: str
    problems: Problems

    def wrong(self, key: str, message: str) -> None:
        """Note a problem with a key."""
        self.problems.add(self.place(key), message)

    def place(self, key: str) -> Place:
        """Return where the key stands, the first line where it does not."""
        found = re.search(rf"^\s*\[?\s*{re.escape(key)}\b", self.text, re.MULTILINE)
        return Place(self.file, self.text.count("\n", 0, found.end()) + 1 if found else 1)

    def only(self, keys: tuple[str, ...]) -> None:
        """Note every key that is none of these."""
        for key in self.values:
            if key not in keys:
                hint = suggestion(key, list(keys)) or f" Erlaubt: {', '.join(keys)}."
                self.wrong(key, f'unbekannter Schlüssel "{key}".{hint}')

    def word(self, key: str) -> str:
        """Return a text that is not blank."""
        value = self.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(key, f'"{key}" fehlt oder ist kein Text. Bitte angeben.')
        return ""

    def several(self, key: str, kind: type, example: str) -> list[Any]:
        """Return a list that is not empty, of values of one type; ``example`` shows the form."""
        value = self.values.get(key)
        if isinstance(value, list) and value and all(type(item) is kind for item in value):
            if len(set(value)) < len(value):
                self.wrong(key, f'"{key}" nennt etwas zweimal. Bitte jeden Eintrag nur einmal angeben.')
            return value
        self.wrong(key, f'"{key}" fehlt oder ist keine Liste der Form {example}. Bitte angeben.')
        return []

    def euros(self, key: str) -> int | None:
        """Return a whole amount above zero."""
        value = self.values.get(key)
        if type(value) is int and value > 0:
            return value
        self.wrong(key, f'"{key}" ist kein Betrag in ganzen Euro über 0. Bitte berichtigen.')
        return None

    def day(self, key: str) -> date | None:
        """Return a day."""
        value = self.values.get(key)
        if type(value) is date:  # a moment is a date, too
            return value
        self.wrong(key, f'"{key}" ist kein Datum. Bitte als JJJJ-MM-TT schreiben, ohne Anführungszeichen.')
        return None
