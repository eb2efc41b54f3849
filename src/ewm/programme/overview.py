"""Reads ``overview.toml`` of a programme: which figures the start page shows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.programme.model import LANGUAGES, Label
from ewm.programme.problems import Place, Problems
from ewm.programme.tables import TableReader

if TYPE_CHECKING:
    from ewm.programme.model import Programme

FILE = "overview.toml"
_KEY = "figures"
_FIGURE = ("label", "indicator", "population", "value", "note")
_NOTE = ("label", "value", "level", "term")


@dataclass(frozen=True, slots=True)
class Note:
    """A second value of the same indicator; ``{}`` in the label stands for it. ``level`` and ``term`` name a cell."""

    label: Label
    value: str
    level: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class OverviewFigure:
    """A total of one indicator, with its note."""

    label: Label
    indicator: str
    population: str
    value: str
    note: Note | None = None


def load_overview(programme: Programme) -> tuple[OverviewFigure, ...]:
    """Read the file of a loaded programme; a programme without the file shows no figures.

    Raises ContentError that lists every problem with its line. Whether the indicators exist, the methodology knows.
    """
    problems = Problems()
    path = programme.path / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        values = {}
        problems.add(Place(FILE, 1), f"kein gültiges TOML ({error}). Bitte die Stelle berichtigen.")
    found = _figures(TableReader(FILE, values, text, problems))
    problems.raise_if_any(programme.path.name)
    return found


def _figures(reader: TableReader) -> tuple[OverviewFigure, ...]:
    reader.only((_KEY,))
    listed = reader.values.get(_KEY, [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        reader.wrong(_KEY, f'"{_KEY}" ist keine Liste von Abschnitten [[{_KEY}]]. Bitte berichtigen.')
        return ()
    return tuple(_figure(TableReader(reader.file, each, reader.text, reader.problems)) for each in listed)


def _figure(reader: TableReader) -> OverviewFigure:
    reader.only(_FIGURE)
    indicator, population, value = (reader.word(key) for key in ("indicator", "population", "value"))
    note = None
    if "note" in reader.values:
        note = _note(reader)
    return OverviewFigure(_label(reader), indicator, population, value, note)


def _note(reader: TableReader) -> Note | None:
    given = reader.values["note"]
    if not isinstance(given, dict):
        reader.wrong("note", '"note" ist kein Abschnitt der Form {label = …, value = …}. Bitte berichtigen.')
        return None
    inner = TableReader(reader.file, given, reader.text, reader.problems)
    inner.only(_NOTE)
    level, term = (inner.word(key) if key in given else None for key in ("level", "term"))
    if (level is None) != (term is None):
        inner.wrong("note", '"level" und "term" nennen zusammen eine Zelle. Bitte beide angeben oder keines.')
    label = _label(inner)
    if any(text.count("{}") != 1 for text in (label.de, label.en)):
        inner.wrong("note", 'im Text der Anmerkung steht nicht genau einmal "{}" für den Wert. Bitte berichtigen.')
    return Note(label, inner.word("value"), level, term)


def _label(reader: TableReader) -> Label:
    value: Any = reader.values.get("label")
    names = value if isinstance(value, dict) else {}
    if set(names) != set(LANGUAGES) or not all(isinstance(name, str) and name.strip() for name in names.values()):
        reader.wrong("label", f'"label" braucht genau die Sprachen {" und ".join(LANGUAGES)}, je mit einem Text.')
        return Label("{}", "{}")
    return Label(names["de"], names["en"])
