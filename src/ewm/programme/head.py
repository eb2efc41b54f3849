"""Reads programme.toml: what the programme is called, which languages, Länder and years it covers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.programme.model import LANGUAGES, Label, Language
from ewm.programme.problems import Place, Problems, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "programme.toml"
_KEYS = ("id", "version", "languages", "laender", "reporting_years", "title")


@dataclass(frozen=True, slots=True)
class Head:
    """The values of programme.toml; a value that was wrong (and noted as a problem) is empty."""

    id: str
    title: Label
    version: str
    languages: tuple[Language, ...]
    laender: tuple[str, ...]
    reporting_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _HeadReader:
    values: Mapping[str, Any]
    text: str
    problems: Problems

    def wrong(self, key: str, message: str) -> None:
        self.problems.add(self.place(key), message)

    def place(self, key: str) -> Place:
        found = re.search(rf"^\s*\[?\s*{re.escape(key)}\b", self.text, re.MULTILINE)
        return Place(FILE, self.text.count("\n", 0, found.end()) + 1 if found else 1)

    def word(self, key: str) -> str:
        value = self.values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.wrong(key, f'"{key}" fehlt oder ist kein Text. Bitte angeben.')
        return ""

    def several(self, key: str, kind: type, example: str) -> list[Any]:
        value = self.values.get(key)
        if isinstance(value, list) and value and all(type(item) is kind for item in value):
            if len(set(value)) < len(value):
                self.wrong(key, f'"{key}" nennt etwas zweimal. Bitte jeden Eintrag nur einmal angeben.')
            return value
        self.wrong(key, f'"{key}" fehlt oder ist keine Liste der Form {example}. Bitte angeben.')
        return []

    def title(self) -> Label:
        value = self.values.get("title")
        names = value if isinstance(value, dict) else {}
        if set(names) != set(LANGUAGES) or not all(isinstance(name, str) and name.strip() for name in names.values()):
            self.wrong("title", f'"title" braucht genau die Sprachen {" und ".join(LANGUAGES)}, je mit einem Text.')
            return Label("", "")
        return Label(names["de"], names["en"])

    def languages(self) -> tuple[Language, ...]:
        chosen = self.several("languages", str, '["de", "en"]')
        for unknown in (language for language in chosen if language not in LANGUAGES):
            self.wrong("languages", f'die Sprache "{unknown}" gibt es nicht. Erlaubt: {", ".join(LANGUAGES)}.')
        return tuple(language for language in LANGUAGES if language in chosen)


def read_head(content: bytes, problems: Problems) -> Head:
    """Read programme.toml; where it is no TOML, that is the one problem and the head is empty."""
    try:
        text = content.decode("utf-8")
        values = tomllib.loads(text)
    except ValueError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        problems.add(Place(FILE, line), f"kein gültiges TOML ({error}). Bitte die Stelle berichtigen.")
        return Head("", Label("", ""), "", (), (), ())
    return _head(_HeadReader(values, text, problems))


def _head(reader: _HeadReader) -> Head:
    for key in reader.values:
        if key not in _KEYS:
            hint = suggestion(key, list(_KEYS)) or f" Erlaubt: {', '.join(_KEYS)}."
            reader.wrong(key, f'unbekannter Schlüssel "{key}".{hint}')
    return Head(
        id=reader.word("id"),
        title=reader.title(),
        version=reader.word("version"),
        languages=reader.languages(),
        laender=tuple(reader.several("laender", str, '["11", "12"]')),
        reporting_years=tuple(sorted(reader.several("reporting_years", int, "[2019, 2020]"))),
    )


def check_laender(head: Head, content: bytes, known: set[str], problems: Problems) -> None:
    """Check that the programme's Länder are terms of the taxonomy ``land``."""
    reader = _HeadReader({}, content.decode("utf-8", "replace"), problems)
    for unknown in (land for land in head.laender if land not in known):
        reader.wrong("laender", f'das Land "{unknown}" steht nicht in taxonomies/land.yaml. Bitte berichtigen.')
