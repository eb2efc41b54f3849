"""Every mutant of a sheet: one small change each to a fragment, to a validity or to the head."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.fragments import DIALECT
from ewm.indicators.sheet import ALWAYS, FIRST_YEAR, LAST_YEAR, Years
from ewm.indicators.sql_mutants import changes, described, sql
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Fragment, Sentence, Sheet

HEAD = "Kopf"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A sheet with one change; ``number`` is the sentence that it touches (or ``Kopf``), ``name`` tells it apart."""

    sheet: Sheet
    number: str
    name: str


def mutants(methodology: Methodology, sheet: Sheet) -> Iterator[Mutant]:
    """Yield every mutant of a sheet; names are unique, a repeated change in one sentence is numbered."""
    seen: Counter[str] = Counter()
    for number, place, description, changed in _all(methodology, sheet):
        name = f"{sheet.id} {place} · {description}"
        seen[name] += 1
        yield Mutant(changed, number, name if seen[name] == 1 else f"{name} ({seen[name]})")


_Change = tuple[str, str, str, "Sheet"]
"""Sentence, place, description, changed sheet."""


def _all(methodology: Methodology, sheet: Sheet) -> Iterator[_Change]:
    neighbour = _neighbours(methodology, sheet)
    for index, sentence in enumerate(sheet.sentences):
        place = sentence.number if sentence.years == ALWAYS else f"{sentence.number} ({sentence.years})"
        for description, changed in _fragments(sentence, neighbour):
            yield sentence.number, place, description, _with_sentences(sheet, {index: changed})
    for number, description, changed_sheet in _validities(sheet):
        yield number, number, description, changed_sheet
    for description, changed_sheet in _heads(methodology, sheet):
        yield HEAD, HEAD, description, changed_sheet


def _with_sentences(sheet: Sheet, changed: dict[int, Sentence]) -> Sheet:
    sentences = tuple(changed.get(index, sentence) for index, sentence in enumerate(sheet.sentences))
    return replace(sheet, sentences=sentences)


# -- fragments ------------------------------------------------------------------------------------------------------


def _fragments(sentence: Sentence, neighbour: Callable[[exp.Column], str | None]) -> Iterator[tuple[str, Sentence]]:
    for index, fragment in enumerate(sentence.fragments):
        for description, changed in _of_fragment(fragment, neighbour):
            kept = list(sentence.fragments)
            kept[index : index + 1] = [changed] if changed else []
            yield description, replace(sentence, fragments=tuple(kept))


def _of_fragment(
    fragment: Fragment, neighbour: Callable[[exp.Column], str | None]
) -> Iterator[tuple[str, Fragment | None]]:
    if fragment.kind == "where":
        yield described("Bedingung", fragment.rule), None
    for index, part in enumerate(fragment.parts):
        rest = (*fragment.parts[:index], *fragment.parts[index + 1 :])
        if isinstance(part, exp.Ordered):
            yield described("Reihenfolge", sql(part)), replace(fragment, parts=rest) if rest else None
        for description, changed in changes(part, neighbour):
            yield description, _with_part(fragment, index, changed)


def _with_part(fragment: Fragment, index: int, part: exp.Expression) -> Fragment:
    parts = (*fragment.parts[:index], part, *fragment.parts[index + 1 :])
    text = part.sql(dialect=DIALECT) if fragment.kind == "select" else fragment.text
    return replace(fragment, parts=parts, text=text)


def _neighbours(methodology: Methodology, sheet: Sheet) -> Callable[[exp.Column], str | None]:
    """Return what names a column's neighbour: the next of its type in its table, or the next word of its term."""
    if selects := sheet.fragments("select"):
        query = selects[0][1].parts[0]
        named = [table.name for table in query.find_all(exp.Table) if table.name in TABLES]
        return lambda column: next((n for table in named if (n := _in_table(table, column.name))), None)
    population = methodology.population(sheet.of[0]) if sheet.kind == "indicator" else None
    scope = methodology.scope(sheet, population)

    def neighbour(column: exp.Column) -> str | None:
        source = next((source for source in scope.sources if column.name in source.columns), None)
        if source is not None and source.term is None:
            return _in_table(source.name, column.name)
        owner = methodology.words.get(column.name)
        return _after(tuple(source.columns) if source else owner.promises if owner else (), column.name)

    return neighbour


def _in_table(table: str, name: str) -> str | None:
    columns = {column.name: column.type for column in TABLES[table].columns}
    return _after([other for other in columns if columns[other] == columns.get(name)], name)


def _after(names: Sequence[str], name: str) -> str | None:
    """Return the name after this one, the first after the last; None where there is no other."""
    if name not in names or len(names) < 2:
        return None
    return names[(names.index(name) + 1) % len(names)]


# -- validities -----------------------------------------------------------------------------------------------------


def _moved(years: Years, first: int, last: int) -> Years:
    return Years(
        years.first + first if years.first != FIRST_YEAR else FIRST_YEAR,
        years.last + last if years.last != LAST_YEAR else LAST_YEAR,
    )


def _validities(sheet: Sheet) -> Iterator[tuple[str, str, Sheet]]:
    """Yield the sheet with the border between two versions of a sentence, or a version's open end, a year off."""
    for number, group in groupby(enumerate(sheet.sentences), key=lambda item: item[1].number):
        versions = sorted(group, key=lambda item: item[1].years)
        for border in range(len(versions) + 1):
            before, after = versions[border - 1 : border] if border else [], versions[border : border + 1]
            for step in (1, -1):
                moved = {index: _moved(s.years, 0, step) for index, s in before}
                moved |= {index: _moved(s.years, step, 0) for index, s in after}
                changed = {i: replace(sheet.sentences[i], years=years) for i, years in moved.items()}
                if any(changed[i].years != sheet.sentences[i].years for i in changed):
                    old, new = (" / ".join(str(s.years) for s in found) for found in _versions(sheet, changed))
                    yield number, described("Gültigkeit", old, new), _with_sentences(sheet, changed)


def _versions(sheet: Sheet, changed: dict[int, Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    return [sheet.sentences[index] for index in changed], list(changed.values())


# -- heads ----------------------------------------------------------------------------------------------------------


def _heads(methodology: Methodology, sheet: Sheet) -> Iterator[tuple[str, Sheet]]:
    for step in (1, -1):
        for first, last in ((step, 0), (0, step)):
            valid = _moved(sheet.valid, first, last)
            if valid != sheet.valid:
                yield described("valid", str(sheet.valid), str(valid)), replace(sheet, valid=valid)
    for name in sheet.joins:
        yield described("with", name), replace(sheet, joins=tuple(other for other in sheet.joins if other != name))
    if sheet.kind in ("attribute", "relation"):
        yield from _keys(methodology, sheet)
    if sheet.kind != "indicator":
        return
    for name in sheet.of if len(sheet.of) > 1 else ():
        yield described("of", name), replace(sheet, of=tuple(other for other in sheet.of if other != name))
    for counts in _other_counts(methodology, sheet):
        yield described("counts", ", ".join(sheet.counts), ", ".join(counts)), replace(sheet, counts=counts)
    yield from _paths(sheet)


def _keys(methodology: Methodology, sheet: Sheet) -> Iterator[tuple[str, Sheet]]:
    neighbour = _neighbours(methodology, sheet)
    for outer, inner in sheet.key.items():
        if sheet.of and (other := neighbour(exp.column(inner))):
            yield described("key", inner, other), replace(sheet, key={**sheet.key, outer: other})


def _other_counts(methodology: Methodology, sheet: Sheet) -> list[tuple[str, ...]]:
    """Return other units that the sheet could count: the key of each source, its columns, parts of its own unit."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    try:
        sources = methodology.scope(sheet, methodology.population(sheet.of[0])).sources
    except ContentError:
        sources = ()
    for names in (sheet.counts, *(source.key for source in sources)):
        for size in range(1, len(names) + 1):
            for chosen in combinations(names, size):
                found.setdefault(frozenset(chosen), chosen)
    found.pop(frozenset(sheet.counts), None)
    return list(found.values())


def _paths(sheet: Sheet) -> Iterator[tuple[str, Sheet]]:
    for index, path in enumerate(sheet.by):
        rest = (*sheet.by[:index], *sheet.by[index + 1 :])
        yield described("by", " > ".join(path)), replace(sheet, by=rest)
        if len(path) > 1:
            turned = (*sheet.by[:index], path[::-1], *sheet.by[index + 1 :])
            yield described("by", " > ".join(path), " > ".join(path[::-1])), replace(sheet, by=turned)
