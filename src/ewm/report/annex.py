"""The annex: which years compare, which rules changed, what was corrected, all indicators, the figures' data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from ewm.indicators.measure import column_unit
from ewm.indicators.sheet import ALWAYS, FIRST_YEAR
from ewm.report.document import (
    Block,
    Bullets,
    Cell,
    Emphasis,
    FigureBlock,
    Grid,
    Heading,
    Inlines,
    Paragraph,
    PlainTable,
    Row,
    Sign,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sentence, Sheet
    from ewm.report.bound import Language
    from ewm.report.facts import Facts
    from ewm.snapshot.corrections import Correction
    from ewm.snapshot.reader import Snapshot
    from ewm.snapshot.sql import Value

STATES = ("comparable", "footnote", "withhold", "not_recorded")
"""From the mildest to the strictest."""

SIGNS: Mapping[str, Literal["full", "half", "withheld", "none"]] = {
    "comparable": "full", "footnote": "half", "withhold": "withheld", "not_recorded": "none",
}  # fmt: skip


def _text(text: str) -> Inlines:
    return (Text(text),)


def _row(*cells: str, header: bool = False, kind: str = "plain") -> Row:
    return Row(tuple(Cell(_text(cell), header=header) for cell in cells), kind=kind)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Annex:
    """Makes the annex's blocks from the methodology, the snapshot and the fixed words of a language."""

    methodology: Methodology
    snapshot: Snapshot
    words: Mapping[str, str]
    facts: Facts
    language: Language

    @property
    def year(self) -> int:
        """The reporting year."""
        return self.facts.year

    def comparability(self) -> list[Block]:
        """A matrix: indicators by earlier years against the reporting year, with the sentences that changed."""
        years = [year for year in self.methodology.years if year <= self.year]
        titles = (self.words["rule"], self.words["number"], *map(str, years), self.words["changed_sentence"])
        head = (tuple(Cell(_text(title), header=True, strong=title == str(self.year)) for title in titles),)
        rows = [self._matrix_row(sheet, years) for sheet in self._sheets() if sheet.kind == "indicator"]
        widths = (0.1, 0.42, *(0.07 for _ in years), 0.48 - 0.07 * len(years))
        legend = tuple((self._sign(state), Text(f" {self.words[f'state_{state}']}")) for state in STATES)
        return [
            Heading("welche-zahlen", 2, _text(self.words["comparability_title"]), outlined=False),
            PlainTable(self.words["comparability_title"], Grid(head, tuple(rows), widths)),
            Bullets(legend),
        ]

    def _sheets(self) -> list[Sheet]:
        """The sheets that there were in the reporting year; what came later is none of this report's."""
        return [sheet for sheet in self.methodology.sheets.values() if sheet.valid.first <= self.year]

    def _sign(self, state: str) -> Sign:
        return Sign(SIGNS[state], self.words[f"state_{state}"])

    def _matrix_row(self, sheet: Sheet, years: Sequence[int]) -> Row:
        signs: list[Cell] = []
        changed: list[str] = []
        for year in years:
            state, sentences = self._state(sheet, year)
            signs.append(Cell((self._sign(state),)))
            changed.extend(sentences)
        named = (Cell(_text(sheet.id)), Cell(_text(sheet.title)))
        return Row((*named, *signs, Cell(_text(", ".join(dict.fromkeys(changed))))))

    def _state(self, sheet: Sheet, year: int) -> tuple[str, tuple[str, ...]]:
        """The strictest state of an indicator's values against the reporting year."""
        if year == self.year:
            return ("comparable" if year in sheet.valid else "not_recorded"), ()
        found = [pair for key, pair in self.facts.states.items() if (key[0], *key[3:]) == (sheet.id, year, self.year)]
        state, changed = max(found, key=lambda pair: STATES.index(pair[0]))
        return state, tuple(filter(None, changed.split(", ")))

    def changes(self) -> list[Block]:
        """Every sentence that began or ended within the years up to the reporting year, side by side."""
        blocks: list[Block] = [Heading("geaenderte-saetze", 2, _text(self.words["changes_title"]), outlined=False)]
        for sheet in self._sheets():
            for sentence in filter(self._has_changed, sheet.sentences):
                assumed = f" ({self.words['assumed']})" if sentence.has("angenommen") else ""
                shown = sentence.text if not assumed else self.words["older_rule_unknown"]
                lead = f"{sheet.id} {sentence.number}, {sentence.years}: "
                blocks.append(Paragraph((Text(lead), Emphasis(_text(shown)))))
        return blocks

    def _has_changed(self, sentence: Sentence) -> bool:
        began, ended = sentence.years.first != FIRST_YEAR, sentence.years.last < self.year
        return sentence.years.first <= self.year and (began or ended)

    def corrections(self) -> list[Block]:
        """The declared corrections of the snapshot, or the statement that there are none."""
        found = self.snapshot.corrections
        if not found:
            return [Paragraph(_text(self.words["no_corrections"]))]
        titles = ("record", "field", "old", "new", "reason", "decided")
        head = (tuple(Cell(_text(self.words[f"correction_{title}"]), header=True) for title in titles),)
        rows = tuple(_row(*self._correction(one)) for one in found)
        return [PlainTable(self.words["corrections_title"], Grid(head, rows, (0.16, 0.16, 0.14, 0.14, 0.24, 0.16)))]

    def _correction(self, one: Correction) -> Iterator[str]:
        yield one.code or ", ".join(map(str, one.key))
        yield self.words.get(f"column_{one.column}") or self.methodology.describe(one.column)
        yield self._value(one.column, one.old)
        yield self._value(one.column, one.new)
        yield one.reason
        yield f"{one.by}, {self.language.formatter.day(one.on)}"

    def _value(self, column: str, value: Value) -> str:
        form = self.language.formatter
        if value is None:
            return "\N{EN DASH}"
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, int):
            return form.euros(value) if column_unit(column) == "cents" else form.integer(value)
        return form.day(value) if isinstance(value, date) else self.language.label(value)

    def indicators(self) -> list[Block]:
        """Every indicator with its sentences and their terms, in words."""
        blocks: list[Block] = []
        for sheet in self._sheets():
            blocks.append(Heading(f"blatt-{sheet.id.lower()}", 2, _text(f"{sheet.id} {sheet.title}"), outlined=False))
            items = tuple(
                _text(f"{sentence.number}{_validity(sentence.years)} {sentence.text}")
                for sentence in sheet.sentences
                if sentence.years.first <= self.year and not (sentence.has("angenommen") and sentence.years != ALWAYS)
            )
            blocks.append(Bullets(items))
            blocks.append(Paragraph(_text(f"{self.words['source']}: {sheet.source}")))
        return blocks

    def hashes(self) -> list[Block]:
        """What a reader needs to recompute: snapshot, predecessor, methodology and programme by their hashes."""
        info = self.snapshot.info
        pairs_ = (
            (self.words["snapshot"], info.name),
            (self.words["snapshot_hash"], info.content_hash),
            (self.words["previous_snapshot"], info.previous_hash or "–"),
            (self.words["methodology_hash"], self.methodology.content_hash),
            (self.words["programme_hash"], info.programme_hash),
        )
        rows = tuple(_row(name, value) for name, value in pairs_)
        head = (tuple(Cell(_text(self.words[key]), header=True) for key in ("hash_of", "hash_value")),)
        return [
            Heading("pruefwerte", 2, _text(self.words["hashes_title"]), outlined=False),
            PlainTable(self.words["hashes_title"], Grid(head, rows, (0.3, 0.7))),
        ]


def _validity(years: object) -> str:
    return "" if years == ALWAYS else f" ({years})"


def figure_data(figures: Iterable[FigureBlock], words: Mapping[str, str]) -> list[Block]:
    """Return the data table of every figure that has one."""
    blocks: list[Block] = []
    for figure in figures:
        if figure.data is not None:
            title = f"{figure.label}: {figure.short}"
            blocks.append(Heading(f"daten-{figure.id}", 2, _text(title), outlined=False))
            blocks.append(PlainTable(f"{words['data_table']} {figure.label}", figure.data))
    return blocks
