"""Reads programme.toml: what the programme is called, which languages, Länder and years it covers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ewm.programme import hints
from ewm.programme.model import LANGUAGES, HintValues, Label, Language
from ewm.programme.problems import Place
from ewm.programme.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ewm.programme.problems import Problems
    from ewm.programme.taxonomy import Entry

FILE = "programme.toml"
_KEYS = ("id", "version", "languages", "laender", "reporting_years", "title", hints.KEY)


@dataclass(frozen=True, slots=True)
class Head:
    """The values of programme.toml; a value that was wrong (and noted as a problem) is empty."""

    id: str
    title: Label
    version: str
    languages: tuple[Language, ...]
    laender: tuple[str, ...]
    reporting_years: tuple[int, ...]
    hints: HintValues


def _title(reader: TableReader) -> Label:
    value = reader.values.get("title")
    names = value if isinstance(value, dict) else {}
    if set(names) != set(LANGUAGES) or not all(isinstance(name, str) and name.strip() for name in names.values()):
        reader.wrong("title", f'"title" braucht genau die Sprachen {" und ".join(LANGUAGES)}, je mit einem Text.')
        return Label("", "")
    return Label(names["de"], names["en"])


def _languages(reader: TableReader) -> tuple[Language, ...]:
    chosen = reader.several("languages", str, '["de", "en"]')
    for unknown in (language for language in chosen if language not in LANGUAGES):
        reader.wrong("languages", f'die Sprache "{unknown}" gibt es nicht. Erlaubt: {", ".join(LANGUAGES)}.')
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
        return Head("", Label("", ""), "", (), (), (), HintValues())
    return _head(TableReader(FILE, values, text, problems))


def _head(reader: TableReader) -> Head:
    reader.only(_KEYS)
    return Head(
        id=reader.word("id"),
        title=_title(reader),
        version=reader.word("version"),
        languages=_languages(reader),
        laender=tuple(reader.several("laender", str, '["11", "12"]')),
        reporting_years=tuple(sorted(reader.several("reporting_years", int, "[2019, 2020]"))),
        hints=hints.read_hints(reader),
    )


def check_head(head: Head, content: bytes, known: Mapping[str, Entry], problems: Problems) -> None:
    """Check what programme.toml says about terms: its Länder, and what the plausibility checks are to look at."""
    reader = TableReader(FILE, {}, content.decode("utf-8", "replace"), problems)
    laender = {term_id for term_id, entry in known.items() if entry.term.taxonomy == "land"}
    for unknown in (land for land in head.laender if land not in laender):
        reader.wrong("laender", f'das Land "{unknown}" steht nicht in taxonomies/land.yaml. Bitte berichtigen.')
    hints.check_hints(head.hints, reader, known)
