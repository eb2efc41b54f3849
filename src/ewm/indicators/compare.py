"""Which rules stand behind a value, and whether two reporting years may be compared.

Two years are comparable for a value at a level exactly when the same rules were in force. Rules are compared, not
sentence numbers, so a new wording of one rule does not break a series.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import Fragment, Sentence, Sheet, level_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ewm.indicators.methodology import Methodology

PairState = Literal["comparable", "footnote", "withhold", "not_recorded"]


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One rule in force: the sheet and sentence that state it and its normalised SQL (or enforced constraint)."""

    sheet_id: str
    number: str
    kind: str
    sql: str

    @property
    def place(self) -> str:
        """Sheet and sentence, as readers cite them."""
        return f"{self.sheet_id} {self.number}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Whether two reporting years may be compared; ``changed`` names the sentences in which they differ."""

    year_a: int
    year_b: int
    state: PairState
    changed: tuple[str, ...]


class _Collector:
    """Walks from names to the sheets and fragments that stand behind them."""

    def __init__(self, methodology: Methodology) -> None:
        self.methodology = methodology
        self.found: dict[tuple[str, str | None], Sheet] = {}
        self.fragments: dict[tuple[str, str, int], tuple[Sheet, Sentence, Fragment]] = {}

    def take(self, sheet: Sheet, sentence: Sentence, fragment: Fragment, population: Sheet | None = None) -> None:
        key = (sheet.id, sentence.number, fragment.line)
        if key in self.fragments:
            return
        self.fragments[key] = (sheet, sentence, fragment)
        if fragment.kind != "select":
            names = [column.name for part in fragment.parts for column in columns_of(part)]
            self.names(sheet, names, population)

    def names(self, sheet: Sheet, names: Sequence[str], population: Sheet | None = None) -> None:
        """Follow names used in a sheet to the words, and the relations, that they rest on."""
        scope = self.methodology.scope(sheet, population)
        for name in names:
            source = next((source for source in scope.sources if name in source.columns), None)
            if source is not None:
                if source.term is not None:
                    self.term(source.term, name)
                continue
            owner = scope.owner_of(name, sheet.id)
            self.term(owner, name)
            self.names(sheet, list(owner.key), population)

    def term(self, sheet: Sheet, word: str | None) -> None:
        """Take a term's conditions and order, its key, and the value behind one of its words."""
        if (sheet.id, word) in self.found:
            return
        self.found[sheet.id, word] = sheet
        wanted = {word, *sheet.key.values()}
        for sentence in sheet.sentences:
            for fragment in sentence.fragments:
                if fragment.kind != "value" or fragment.name in wanted:
                    self.take(sheet, sentence, fragment)
        if not sheet.fragments("select"):
            for source in self.methodology.scope(sheet).sources:
                if source.term is not None:
                    self.term(source.term, None)
            promised = sheet.value_names
            self.names(sheet, [inner for inner in sheet.key.values() if inner not in promised])


def _collect(
    methodology: Methodology, sheet: Sheet, path: tuple[str, ...], value: str | None
) -> _Collector:  # fmt: skip
    collector = _Collector(methodology)
    for name in sheet.of:
        population = methodology.population(name)
        for owner, wanted in ((population, None), (sheet, value)):
            for sentence in owner.sentences:
                for fragment in sentence.fragments:
                    mine = fragment.kind == "where" or (fragment.kind == "value" and fragment.name == wanted)
                    if mine or (wanted is None and owner is sheet):
                        collector.take(owner, sentence, fragment, population if owner is sheet else None)
        for source in methodology.scope(sheet, population).sources[1:]:
            if source.term is not None:
                collector.term(source.term, None)
        collector.names(sheet, [*sheet.counts, *path], population)
    return collector


def sheets_below(methodology: Methodology, sheet: Sheet) -> tuple[Sheet, ...]:
    """Return an indicator and every term that any of its values or levels rests on."""
    found: dict[str, Sheet] = {sheet.id: sheet}
    for path in sheet.levels:
        collector = _collect(methodology, sheet, path, None)
        for below, _, _ in collector.fragments.values():
            found.setdefault(below.id, below)
        for below in collector.found.values():
            found.setdefault(below.id, below)
    for name in sheet.of:
        population = methodology.population(name)
        found.setdefault(population.id, population)
    return tuple(found.values())


def _enforced(sheets: Sequence[Sheet], year: int) -> Iterator[Rule]:
    for sheet in sheets:
        for sentence in sheet.sentences:
            name = sentence.named("durchgesetzt")
            if name and year in sentence.years:
                yield Rule(sheet.id, sentence.number, "enforced", name)


def rules_by_year(
    methodology: Methodology, sheet: Sheet, path: tuple[str, ...], value: str
) -> dict[int, frozenset[Rule]]:
    """Return the rules behind one value of an indicator at one level, for each reporting year within ``valid``."""
    collector = _collect(methodology, sheet, path, value)
    sheets = [sheet, *(methodology.population(name) for name in sheet.of), *collector.found.values()]
    dated = [
        (sentence, Rule(below.id, sentence.number, f"{fragment.kind} {fragment.name or ''}".strip(), fragment.rule))
        for below, sentence, fragment in collector.fragments.values()
    ]
    return {
        year: frozenset({*(rule for sentence, rule in dated if year in sentence.years), *_enforced(sheets, year)})
        for year in methodology.years
        if year in sheet.valid
    }


def compare(sheet: Sheet, rules: Mapping[int, frozenset[Rule]], year_a: int, year_b: int) -> Pair:
    """Return whether two reporting years may be compared, given the rules in force in each.

    Where several rules changed, the strictest of the sheet's ``on_break`` decides. Outside ``valid`` a
    value is not recorded, which is not zero and never comparable.
    """
    if year_a not in rules or year_b not in rules:
        return Pair(year_a, year_b, "not_recorded", ())
    if rules[year_a] == rules[year_b]:
        return Pair(year_a, year_b, "comparable", ())
    differing = rules[year_a] ^ rules[year_b]
    actions = {sheet.on_break.get(rule.sheet_id, sheet.on_break.get("*", "withhold")) for rule in differing}
    changed = tuple(sorted({rule.place for rule in differing}))
    return Pair(year_a, year_b, "withhold" if "withhold" in actions else "footnote", changed)


def pairs(methodology: Methodology, sheet: Sheet) -> Iterator[tuple[str, str, Pair]]:
    """Yield level name, value name and pair for all pairs of reporting years, earlier year first."""
    for path in sheet.levels:
        for value in sheet.value_names:
            if not sheet.has_value_at(value, level_name(path)):
                continue
            rules = rules_by_year(methodology, sheet, path, value)
            for year_a, year_b in combinations(methodology.years, 2):
                yield level_name(path), value, compare(sheet, rules, year_a, year_b)
