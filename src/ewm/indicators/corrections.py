"""Declared corrections of published sheets: what was changed after a year was sealed, why, and what it moves."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import yaml

from ewm.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

KINDS: tuple[Literal["text", "rule"], ...] = ("text", "rule")


@dataclass(frozen=True, slots=True)
class Correction:
    """One declared change of a sealed sheet.

    ``old`` and ``new`` are the sheet's hash of this kind before and after, ``sentence`` is the one that changed (or
    ``Kopf``), ``figures`` are the ids of the indicators that move: none for a text, none for a rule that only reads
    otherwise. ``by`` is the office that answers for it, not a person.
    """

    sheet: str
    years: tuple[int, ...]
    sentence: str
    kind: Literal["text", "rule"]
    old: str
    new: str
    reason: str
    figures: tuple[str, ...]
    declared_on: date
    by: str

    @property
    def place(self) -> str:
        """The sheet and sentence that changed."""
        return f"{self.sheet} {self.sentence}"


def read_corrections(path: Path) -> list[Correction]:
    """Return the declared corrections, none where the file lacks; raises ContentError listing every malformed entry."""
    if not path.exists():
        return []
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name} ist kein gültiges YAML: {error}") from error
    if not isinstance(given, list):
        raise ContentError(f"{path.name}: Erwartet wird eine Liste von Berichtigungen.")
    found: list[Correction] = []
    problems: list[str] = []
    for number, entry in enumerate(given, start=1):
        try:
            found.append(_correction(entry))
        except ValueError as error:
            problems.append(f"{path.name}, Eintrag {number}: {error}")
    if problems:
        raise ContentError("\n".join(problems))
    return found


def _correction(entry: Any) -> Correction:
    names = [field.name for field in fields(Correction)]
    if not isinstance(entry, dict) or set(entry) != set(names):
        raise ValueError(f"Nötig sind genau die Angaben {', '.join(names)}.")
    texts = {name: entry[name] for name in ("sheet", "sentence", "old", "new", "reason", "by")}
    for name, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} muss ein Text sein (Prüfsummen in Anführungszeichen).")
    kind, years, figures, day = (entry[name] for name in ("kind", "years", "figures", "declared_on"))
    if kind not in KINDS:
        raise ValueError(f"kind: „{kind}“ gibt es nicht. Möglich sind text und rule.")
    if not isinstance(years, list) or not years or not all(isinstance(year, int) for year in years):
        raise ValueError("years muss eine Liste von Berichtsjahren sein.")
    if not isinstance(figures, list) or (kind == "text" and figures):
        raise ValueError("figures ist eine Liste von Indikatoren, für kind: text eine leere.")
    if type(day) is not date:
        raise ValueError("declared_on muss ein Datum sein (JJJJ-MM-TT).")
    if texts["old"] == texts["new"]:
        raise ValueError("old und new sind gleich, es gibt also nichts zu berichtigen.")
    return Correction(
        **texts, kind=kind, years=tuple(years), figures=tuple(str(figure) for figure in figures), declared_on=day
    )
