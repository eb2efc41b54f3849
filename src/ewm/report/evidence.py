"""Where each printed number comes from: its sentences, funnel and records, for all facts of a report at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ewm.indicators.compile import Compiler
from ewm.indicators.explain import Explainer, ask
from ewm.indicators.funnel import CELL, COUNTED, RECORDED
from ewm.indicators.measure import column_unit
from ewm.report.document import Evidence, EvidenceLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import duckdb

    from ewm.indicators.explain import Explanation
    from ewm.indicators.funnel import Line
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet
    from ewm.report.facts import Fact
    from ewm.report.numbers import Formatter


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """What evidence needs of a language: formatter, labels of terms, and the fixed words of its funnel."""

    formatter: Formatter
    label: Callable[[str], str]
    words: Mapping[str, str]


class EvidenceWriter:
    """Explains facts for one cluster on a connection that holds the snapshot's tables."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, methodology: Methodology, cluster_id: str, language: EvidenceWords
    ) -> None:
        self.methodology = methodology
        self.cluster_id = cluster_id
        self.language = language
        self.explainer = Explainer(connection, Compiler(methodology))
        self._sql: dict[str, str] = {}

    def write(self, facts: Iterable[Fact]) -> dict[str, Evidence]:
        """Return the evidence of every fact by its id."""
        return {fact.id: self._evidence(fact) for fact in facts}

    def _evidence(self, fact: Fact) -> Evidence:
        query = fact.query
        question = ask(
            self.methodology,
            query.indicator,
            cluster_id=self.cluster_id,
            year=query.year,
            population=query.population,
            value=query.value,
            cell=query.cell,
        )
        found = self.explainer.answer(question, fact.value, fact.whole, records=True)
        sheet = question.sheet
        return Evidence(
            id=fact.id,
            value=self._value(fact),
            meaning=self._meaning(fact, sheet),
            indicator=sheet.id,
            title=sheet.title,
            source=str(sheet.source),
            validity=str(sheet.valid),
            sentences=tuple(self._sentences(found)),
            lines=tuple(self._lines(found)),
            record_head=tuple(self._head(name) for name in found.record_columns),
            records=tuple(
                tuple(self._cell(name, cell) for name, cell in zip(found.record_columns, row, strict=True))
                for row in found.records
            ),
            sql=self._statement(sheet),
            raw_value=fact.value,
            raw_whole=fact.whole,
            units=found.units,
            parts=tuple(adds[0] for adds in found.adds),
            wholes=tuple(adds[-1] for adds in found.adds),
        )

    def _value(self, fact: Fact) -> str:
        form = self.language.formatter
        if fact.unit == "share":
            parts = f"{form.integer(fact.value)} / {form.integer(fact.whole or 0)}"
            return f"{form.percent(fact.value, fact.whole or 0)} ({parts})"
        if fact.whole is not None:
            return f"{form.euros(fact.value)} / {form.integer(fact.whole)}"
        return form.euros(fact.value) if fact.unit == "cents" else form.integer(fact.value)

    def _meaning(self, fact: Fact, sheet: Sheet) -> str:
        query = fact.query
        cells = [self.language.label(value) for value in (query.k1, query.k2) if value]
        population = self.methodology.population(str(query.population)).title
        return " · ".join([sheet.title, population, *cells, str(query.year)])

    def _statement(self, sheet: Sheet) -> str:
        if sheet.id not in self._sql:
            self._sql[sheet.id] = self.explainer.compiler.standalone(sheet)
        return self._sql[sheet.id]

    def _sentences(self, found: Explanation) -> Iterable[tuple[str, str, str]]:
        question = found.question
        for sheet in (question.population, question.sheet):
            for sentence in sheet.sentences:
                if question.year in sentence.years:
                    sql = "\n".join(fragment.text for fragment in sentence.fragments)
                    yield f"{sheet.id} {sentence.number}", sentence.text, sql

    def _lines(self, found: Explanation) -> Iterable[EvidenceLine]:
        form, words = self.language.formatter, self.language.words
        top: dict[tuple[str, ...], int] = {}
        for line in found.lines:
            whole = top.setdefault(line.unit, line.count + (line.removed if line.merges else 0)) or 1
            yield EvidenceLine(
                label=f"{line.sheet_id} {line.number}" if line.sheet_id else "",
                text=self._line_text(line),
                sql=self._line_sql(line, found.question.year),
                count=form.integer(line.count),
                removed=f"\N{MINUS SIGN}{form.integer(line.removed)}" if line.removed else "",
                amount=form.euros(line.amount) if line.amount is not None and found.unit == "cents" else "",
                share=min(1.0, line.count / whole),
                removed_share=min(1.0, max(0, line.removed) / whole),
                records=(*line.removed_records, *self._merges(line, found, words)),
            )

    def _line_text(self, line: Line) -> str:
        words = self.language.words
        if line.kind == RECORDED:
            return words["recorded"]
        if line.kind == COUNTED:
            return f"{words['counted_as']} {', '.join(self._head(name) for name in line.unit)}"
        if line.kind == CELL:
            pairs = (part.partition(" = ") for part in (line.text or "").split(", "))
            return f"{words['of_which']} " + ", ".join(
                f"{self._head(w)}: {self.language.label(v)}" for w, _, v in pairs
            )
        return line.text or ""

    def _line_sql(self, line: Line, year: int) -> str:
        if line.sheet_id is None:
            return ""
        sheet = self.methodology.sheet(line.sheet_id)
        return "\n".join(
            fragment.text
            for sentence in sheet.sentences
            if sentence.number == line.number and year in sentence.years
            for fragment in sentence.conditions
        )

    def _merges(self, line: Line, found: Explanation, words: Mapping[str, str]) -> Iterable[str]:
        names = found.names or {}
        for merge in line.merges:
            counted = names.get(merge.counted_as, merge.counted_as)
            yield f"{names.get(merge.unit, merge.unit)} {words['counts_as']} {counted}"

    def _head(self, name: str) -> str:
        return self.language.words.get(f"column_{name}") or self.methodology.describe(name)

    def _cell(self, name: str, value: Any) -> str:
        if value is None:
            return "\N{EN DASH}"
        if isinstance(value, bool):
            return self.language.words["yes" if value else "no"]
        if isinstance(value, int):
            return (
                self.language.formatter.euros(value)
                if column_unit(name) == "cents"
                else self.language.formatter.integer(value)
            )
        return self.language.label(str(value))
