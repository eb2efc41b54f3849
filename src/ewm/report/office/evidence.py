"""The annex's explanation of one number: rule and source, its sentences as a table, what they took away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ewm.report.numbers import FORMATTERS
from ewm.report.office.items import Break, Para, Span, Tab, Table, TableCell, TableRow
from ewm.report.office.styles import TEXT_WIDTH
from ewm.report.office.widths import Lettering, beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ewm.report.document import Evidence, EvidenceLine, Meta
    from ewm.report.office.items import Item, Runs

_WIDTHS = tuple(share * TEXT_WIDTH for share in (0.1, 0.58, 0.19, 0.13))


def explanation(evidence: Evidence, anchors: tuple[str, ...], words: Mapping[str, str]) -> Iterator[Item]:
    """Yield heading, facts, funnel, validity and removed records of one number."""
    heading = (Span(evidence.value, "value"), beside(Lettering(evidence.value, 13)), Span(evidence.meaning))
    yield Para("evidence", heading, anchors)
    yield fact(f"{words['rule']} {evidence.indicator}", Span(evidence.title), keep=True)
    yield fact(words["source"], Span(evidence.source), keep=True)
    yield Table(evidence.meaning, _WIDTHS, (_head(words), *map(_row, evidence.lines)))
    if evidence.validity:
        yield fact(words["validity"], Span(evidence.validity))
    removed = [line for line in evidence.lines if line.records]
    if removed:
        yield Para("table_title", (Span(words["removed_records"]),))
        yield from (fact(line.label, Span(" · ".join(line.records))) for line in removed)


def fact(label: str, *value: Span, keep: bool = False) -> Para:
    """A label with what it means beside it; several values stand in lines of their own."""
    runs: list[Span | Tab | Break] = [Span(label, "label"), beside(Lettering(label, 9, 600))]
    for place, span in enumerate(value):
        runs += [Break(), span] if place else [span]
    return Para("fact", tuple(runs), keep=keep)


def snapshot_box(meta: Meta) -> Iterator[Item]:
    """Yield what identifies the snapshot behind all explanations."""
    form, words = FORMATTERS[meta.language], meta.words
    zone = meta.exported_at.tzname() or ""
    exported = f"{form.day(meta.exported_at.date())}, {meta.exported_at:%H:%M} {zone}".strip()
    digits = meta.snapshot_hash
    groups = " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))
    yield Para("table_title", (Span(words["snapshot"]),))
    yield fact(words["hash"], Span(groups, "code"))
    yield fact(words["cut_off"], Span(form.day(meta.cut_off)))
    yield fact(words["export"], Span(exported))


def _head(words: Mapping[str, str]) -> TableRow:
    def cell(style: str, word: str, span: int = 1) -> TableCell:
        return TableCell((Para(style, (Span(words[word]),)),), span, "ink")

    sentence = cell("table_head", "sentence", 2)
    return TableRow(
        (sentence, cell("table_head_number", "remaining"), cell("table_head_number", "removed")), header=True
    )


def _row(line: EvidenceLine) -> TableRow:
    condition = (Para("table_text", _code(line.sql)),) if line.sql else ()
    amount = (Para("table_number", (Span(line.amount),)),) if line.amount else ()
    return TableRow(
        (
            TableCell((Para("table_text", (Span(line.label, "label"),)),)),
            TableCell((Para("table_text", (Span(line.text),)), *condition)),
            TableCell((Para("table_number", (Span(line.count, "strong"),)), *amount)),
            TableCell((Para("table_number", (Span(line.removed),)),)),
        )
    )


def _code(sql: str) -> Runs:
    runs: list[Span | Break] = []
    for place, line in enumerate(sql.splitlines()):
        runs += [Break(), Span(line, "code")] if place else [Span(line, "code")]
    return tuple(runs)
