"""Cases: a few rows, and what a sheet must make of them.

They stand beside their sheet (``….md``, ``….cases.yaml``) and name the sentences that they cover. An indicator's case
gives expected cells per year, a population's the ids per year, an attribute's key → value, a relation's the keys that
belong to a first key. What a case mentions is exact: a year, a cell or a key too much is a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.errors import ContentError
from ewm.indicators.sheet import ALWAYS, level_name
from ewm.indicators.world import RowBuilder, is_id, likely, read_yaml
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.indicators.world import Rows, World

SUFFIX = ".cases.yaml"
EMPTY = "~"
"""How a case writes a breakdown's empty key."""

Keys = tuple[str | None, ...]
Values = dict[str, object]
Cells = dict[str, dict[Keys, Values]]
"""Values by level and keys; ``total`` has no keys."""

IndicatorExpectation = dict[tuple[str, int], Cells]
"""Cells by population and year."""

TermExpectation = dict[int | None, dict[str, dict[Keys, Values]]]
"""Values by year (None: the same in every year), first key and further keys."""

PopulationExpectation = dict[int, frozenset[str]]
"""Ids by year."""

Expectation = IndicatorExpectation | TermExpectation | PopulationExpectation


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a sheet, ready to run.

    ``rows`` are those that it adds to the world, ``numbers`` gives every word its number, ``cluster`` is the one whose
    results are compared. ``expected`` has the form that belongs to the sheet's kind.
    """

    sheet_id: str
    number: int
    covers: tuple[tuple[str, str], ...]
    rows: Rows
    numbers: Mapping[str, int]
    cluster: str
    expected: Any
    shows: str | None = None

    @property
    def place(self) -> str:
        """How a message names the case and the sentences that it covers."""
        covered = ", ".join(number if sheet == self.sheet_id else f"{sheet} {number}" for sheet, number in self.covers)
        return f"{self.sheet_id}, Fall {self.number} ({covered})"


class _Reader:
    """Reads the cases of one sheet."""

    def __init__(self, methodology: Methodology, world: World, sheet: Sheet, numbers: Mapping[str, int]) -> None:
        self.methodology = methodology
        self.world = world
        self.sheet = sheet
        self.numbers = numbers
        self.place = ""

    def fail(self, message: str) -> ContentError:
        return ContentError(f"{self.place}: {message}")

    def read(self, path: Path) -> Iterator[Case]:
        given = read_yaml(path)
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            raise ContentError(f"{path.name}: Erwartet wird eine Liste von Fällen mit covers, Zeilen und expect.")
        for number, entry in enumerate(given, start=1):
            self.place = f"{path.name}, Fall {number}"
            yield self._case(number, dict(entry))

    def _case(self, number: int, entry: dict[str, Any]) -> Case:
        if "covers" not in entry or "expect" not in entry:
            raise self.fail("covers und expect sind nötig.")
        covers = tuple(self._cover(str(name)) for name in entry.pop("covers") or [])
        if not covers:
            raise self.fail("covers nennt keinen Satz.")
        expect, shows = entry.pop("expect"), entry.pop("shows", None)
        cluster = entry.pop("cluster", self.world.cluster)
        rows = RowBuilder(self.world, self.place).add_tables(entry)
        numbers = number_words(rows, self.numbers)
        expected = self._expected(expect, numbers)
        return Case(self.sheet.id, number, covers, rows, numbers, cluster, expected, shows)

    def _cover(self, name: str) -> tuple[str, str]:
        sheet_id, _, number = name.rpartition(" ")
        sheet_id = sheet_id or self.sheet.id
        sheet = self.methodology.sheets.get(sheet_id)
        if sheet is None:
            raise self.fail(f"covers: Das Blatt „{sheet_id}“ gibt es nicht.")
        known = {sentence.number for sentence in sheet.sentences} | ({"valid"} if sheet.valid != ALWAYS else set())
        if number not in known:
            raise self.fail(f"covers: „{number}“ gibt es in {sheet_id} nicht. Möglich sind {', '.join(sorted(known))}.")
        return sheet_id, number

    def _expected(self, given: object, numbers: Mapping[str, int]) -> Expectation:
        if not isinstance(given, dict):
            raise self.fail("expect muss aus Schlüsseln und Werten bestehen.")
        if self.sheet.kind == "indicator":
            return self._indicator(given)
        if self.sheet.kind == "population":
            return {self._year(year): frozenset(self._known(map(str, ids), numbers)) for year, ids in given.items()}
        return self._per_year(given, numbers)

    def _per_year(self, given: Mapping[Any, Any], numbers: Mapping[str, int]) -> TermExpectation:
        if given and all(isinstance(year, int) for year in given):
            return {self._year(year): self._term(entries, numbers) for year, entries in given.items()}
        return {None: self._term(given, numbers)}

    def _year(self, year: object) -> int:
        if not isinstance(year, int) or year not in self.world.years:
            raise self.fail(f"expect: „{year}“ ist kein Berichtsjahr der kleinen Welt.")
        return year

    def _known(self, words: Iterable[str], numbers: Mapping[str, int]) -> Iterator[str]:
        terms = self.world.words("terms") | self.world.words("clusters")
        for word in words:
            if word not in numbers and word not in terms:
                raise self.fail(f"expect: „{word}“ kennen weder der Fall noch die Welt.{likely(word, numbers)}")
            yield word

    def _term(self, given: Mapping[object, Any], numbers: Mapping[str, int]) -> dict[str, dict[Keys, Values]]:
        found: dict[str, dict[Keys, Values]] = {}
        entries = {str(word): below for word, below in given.items()}
        for word in self._known(entries, numbers):
            below = entries[word]
            if self.sheet.kind == "attribute":
                found[word] = {(): self._values(below)}
            elif isinstance(below, dict):
                found[word] = {_keys(rest): self._values(values) for rest, values in below.items()}
            else:
                found[word] = {_keys(rest): {} for rest in below or []}
        return found

    def _values(self, given: object) -> Values:
        names = self.sheet.promises
        if given is None:
            return dict.fromkeys(names)
        if not isinstance(given, dict):
            return {names[0]: given}
        self._check_names(given, names, "Wörter")
        return dict(given)

    def _check_names(self, given: Mapping[str, object], names: Iterable[str], what: str) -> None:
        for name in given:
            if name not in names:
                raise self.fail(
                    f"expect: „{name}“ gibt es nicht. {what}: {', '.join(names)}.{likely(str(name), names)}"
                )

    def _indicator(self, given: Mapping[Any, Any]) -> IndicatorExpectation:
        single = len(self.sheet.of) == 1
        populations = {self.sheet.of[0]: given} if single else given
        self._check_names(populations, self.sheet.of, "Grundgesamtheiten")
        if set(populations) != set(self.sheet.of):
            raise self.fail(f"expect: Nötig sind alle Grundgesamtheiten: {', '.join(self.sheet.of)}.")
        return {
            (population, self._year(year)): self._cells(cells)
            for population, years in populations.items()
            for year, cells in years.items()
        }

    def _cells(self, given: object) -> Cells:
        levels: dict[str, Any] = given if isinstance(given, dict) else {"total": given}
        self._check_names(levels, [level_name(path) for path in self.sheet.levels], "Stufen")
        if self._value_names("total") and "total" not in levels:
            raise self.fail("expect: total fehlt.")
        return {
            level: {(): self._cell(level, cells)}
            if level == "total"
            else {_keys(key): self._cell(level, value) for key, value in cells.items()}
            for level, cells in levels.items()
        }

    def _value_names(self, level: str) -> list[str]:
        return [
            fragment.name or ""
            for _, fragment in self.sheet.fragments("value")
            if not fragment.levels or level in fragment.levels
        ]

    def _cell(self, level: str, given: object) -> Values:
        names = self._value_names(level)
        if not isinstance(given, dict):
            if not names:
                raise self.fail(f"expect: Auf der Stufe „{level}“ gibt es keinen Wert.")
            return {names[0]: given}
        self._check_names(given, names, f"Werte auf der Stufe „{level}“")
        return dict(given)


def _keys(path: object) -> Keys:
    """Split a path at ``>`` into its keys; an empty key is None."""
    if path is None:
        return (None,)
    return tuple(None if part.strip() == EMPTY else part.strip() for part in str(path).split(" > "))


def number_words(rows: Rows, known: Mapping[str, int]) -> dict[str, int]:
    """Give every word in an id column a number, after those of ``known``, in the order of appearance."""
    numbers = dict(known)
    for table, listed in rows.items():
        names = [column.name for column in TABLES[table].columns if is_id(column)]
        for row in listed:
            for name in names:
                if row[name] is not None:
                    numbers.setdefault(row[name], len(numbers) + 1)
    return numbers


def load_cases(folder: Path, methodology: Methodology, world: World) -> tuple[Case, ...]:
    """Load the cases of every sheet; raises ContentError listing all files with a case of the wrong form."""
    numbers = number_words(world.rows, {})
    found: list[Case] = []
    problems: list[str] = []
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        sheet = next((s for s in methodology.sheets.values() if path.name.startswith(f"{s.path.stem}{SUFFIX}")), None)
        if sheet is None:
            problems.append(f"{path.name}: Ein Blatt dieses Namens gibt es nicht.")
            continue
        try:
            found.extend(_Reader(methodology, world, sheet, numbers).read(path))
        except ContentError as error:
            problems.append(str(error))
    if problems:
        raise ContentError("\n".join(problems))
    return tuple(found)


def uncovered(methodology: Methodology, cases: Iterable[Case]) -> list[str]:
    """Return every sentence with a fragment, and every ``valid``, that no case covers: sheet and number."""
    covered = {place for case in cases for place in case.covers}
    wanted = {
        (sheet.id, sentence.number)
        for sheet in methodology.sheets.values()
        for sentence in sheet.sentences
        if sentence.fragments
    } | {(sheet.id, "valid") for sheet in methodology.sheets.values() if sheet.valid != ALWAYS}
    return [f"{sheet_id} {number}" for sheet_id, number in sorted(wanted - covered)]
