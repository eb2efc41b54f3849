"""Loads a programme's methodology: all sheets, their words, and what must hold between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewm.errors import ContentError
from ewm.indicators.parse import parse_sheet
from ewm.indicators.scope import Scope, Source, table_source, term_source
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ewm.indicators.sheet import Sheet

SHEET_FOLDERS = ("terms", "indicators")


@dataclass(frozen=True, slots=True)
class Methodology:
    """All sheets of a programme.

    ``taxonomies`` maps a taxonomy to the ids of its terms, ``years`` are the reporting years that the programme covers.
    """

    sheets: Mapping[str, Sheet]
    years: tuple[int, ...]
    taxonomies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    terms: Mapping[str, Sheet] = field(default_factory=dict)
    words: Mapping[str, Sheet] = field(default_factory=dict)

    @property
    def indicators(self) -> tuple[Sheet, ...]:
        """The indicators in the order of their ids."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.kind == "indicator")

    @property
    def content_hash(self) -> str:
        """SHA-256 over the digests of all sheets in the order of their ids."""
        digest = hashlib.sha256()
        for sheet in self.sheets.values():
            digest.update(f"{sheet.id} {sheet.digest}\n".encode())
        return digest.hexdigest()

    def sheet(self, sheet_id: str) -> Sheet:
        """Return the sheet with this id; raises ContentError naming the known ones."""
        found = self.sheets.get(sheet_id.upper())
        if found is None:
            raise ContentError(f"Ein Blatt „{sheet_id}“ gibt es nicht. Vorhanden sind: {', '.join(self.sheets)}.")
        return found

    def indicator(self, indicator_id: str) -> Sheet:
        """Return the indicator with this id; raises ContentError for a term or an unknown id."""
        found = self.sheet(indicator_id)
        if found.kind != "indicator":
            raise ContentError(f"„{indicator_id}“ ist ein Begriff, kein Indikator.")
        return found

    def population(self, name: str) -> Sheet:
        """Return the population term of this name."""
        return self.terms[name]

    def source(self, name: str) -> Source:
        """Return the rows behind a name in ``of`` or ``with``: a snapshot table or a term (a population's base)."""
        if name in TABLES:
            return table_source(name)
        term = self.terms[name]
        return self.source(term.of[0]) if term.kind == "population" else term_source(term)

    def describe(self, name: str) -> str:
        """Return what a column or word means, in German: the column's description or the title of the word's term."""
        if name in self.words:
            return self.words[name].title
        described = (column.description for table in TABLES.values() for column in table.columns if column.name == name)
        return next(described, name)

    def scope(self, sheet: Sheet, population: Sheet | None = None) -> Scope:
        """Return the scope of a sheet's fragments; for an indicator over the rows of one of its populations."""
        first = (population.name,) if population else sheet.of[:1]
        return Scope(sheet, [self.source(name) for name in (*first, *sheet.joins)], self.words)


def place(sheet: Sheet, number: str, line: int) -> str:
    """Return how an error names a fragment: sheet, sentence, file and line."""
    return f"{sheet.id} {number} ({sheet.path.name}, Zeile {line})"


def read_sheets(folder: Path) -> list[Sheet]:
    """Parse every sheet of a methodology folder in the order of ids; raises ContentError listing all problems."""
    found: list[Sheet] = []
    problems: list[str] = []
    for name in SHEET_FOLDERS:
        for path in sorted((folder / name).glob("*.md")):
            try:
                found.append(parse_sheet(path))
            except ContentError as error:
                problems.append(str(error))
    if problems:
        raise ContentError("\n".join(problems))
    return sorted(found, key=lambda sheet: sheet.id)


def build_methodology(
    sheets: Iterable[Sheet], years: Iterable[int], taxonomies: Mapping[str, frozenset[str]]
) -> Methodology:
    """Put sheets together and check what must hold between them; raises ContentError listing all problems."""
    from ewm.indicators.checks import check_structure  # noqa: PLC0415  (checks know the methodology, not the reverse)

    listed = list(sheets)
    terms = {sheet.term: sheet for sheet in listed if sheet.term}
    words: dict[str, Sheet] = {}
    for sheet in listed:
        if sheet.term:
            for word in sheet.promises:
                words.setdefault(word, sheet)
    methodology = Methodology(
        sheets={sheet.id: sheet for sheet in listed},
        years=tuple(sorted(years)),
        taxonomies=taxonomies,
        terms=terms,
        words=words,
    )
    problems = check_structure(listed, methodology)
    if problems:
        raise ContentError("\n".join(problems))
    return methodology


def load_methodology(folder: Path, years: Iterable[int], taxonomies: Mapping[str, frozenset[str]]) -> Methodology:
    """Load the methodology kept in ``folder`` (``terms/`` and ``indicators/``).

    ``years`` are the reporting years, ``taxonomies`` the ids of each taxonomy's terms.
    Raises ContentError listing every problem with file, sentence, line and remedy.
    """
    if not folder.is_dir():
        raise ContentError(f"Die Methodik fehlt: Der Ordner {folder.name} ist nicht vorhanden.")
    return build_methodology(read_sheets(folder), years, taxonomies)
