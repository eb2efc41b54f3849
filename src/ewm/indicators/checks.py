"""What must hold within a sheet and between sheets; every complaint names file, sentence, line and remedy."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from sqlglot import exp

from ewm.errors import ContentError
from ewm.indicators.compile import Compiler
from ewm.indicators.scope import columns_of
from ewm.indicators.sheet import ALWAYS, level_name
from ewm.indicators.units import MAX_DEPTH, RESERVED
from ewm.snapshot.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Sheet


def check_structure(sheets: Iterable[Sheet], methodology: Methodology) -> list[str]:
    """Return every problem within sheets and between their names; nothing is compiled."""
    listed = list(sheets)
    problems = [*_doubles(listed), *_words(listed)]
    for sheet in listed:
        problems.extend(f"{sheet.path.name}: {problem}" for problem in _within(sheet, methodology))
    return problems


def check_meaning(methodology: Methodology) -> list[str]:
    """Compile every sheet and check literals and breaks; returns every problem."""
    from ewm.indicators.literals import literal_problems  # noqa: PLC0415  (whoever only loads sheets does without)

    compiler = Compiler(methodology)
    problems: list[str] = []
    for sheet in methodology.sheets.values():
        try:
            if sheet.kind == "indicator":
                compiler.indicator(sheet)
                problems.extend(_empty_units(methodology, sheet))
            elif sheet.kind in ("attribute", "relation"):
                compiler.term(sheet.name)
            problems.extend(literal_problems(methodology, sheet))
        except ContentError as error:
            problems.append(str(error))
    if not problems:
        problems.extend(_breaks(methodology))
    return problems


def _doubles(sheets: list[Sheet]) -> Iterator[str]:
    ids: dict[str, Sheet] = {}
    terms: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet.id in ids:
            yield f"{sheet.path.name}: Die Kennung „{sheet.id}“ gibt es schon in {ids[sheet.id].path.name}."
        if sheet.term in terms:
            yield f"{sheet.path.name}: Den Begriff „{sheet.term}“ gibt es schon in {terms[sheet.term].path.name}."
        ids.setdefault(sheet.id, sheet)
        if sheet.term:
            terms.setdefault(sheet.term, sheet)


def _words(sheets: list[Sheet]) -> Iterator[str]:
    owners: dict[str, Sheet] = {}
    columns = {column.name: table.name for table in TABLES.values() for column in table.columns}
    for sheet in sheets:
        if sheet.term is None:
            continue
        for word in sheet.promises:
            if word in owners:
                yield (
                    f"{sheet.path.name}: Das Wort „{word}“ legt schon {owners[word].id} fest. Ein Wort gehört zu einem "
                    "Begriff; bitte umbenennen."
                )
            if word in columns:
                yield (
                    f"{sheet.path.name}: Das Wort „{word}“ heißt wie eine Spalte der Tabelle {columns[word]}. "
                    "Bitte umbenennen."
                )
            owners.setdefault(word, sheet)
        if sheet.term in TABLES or sheet.term in RESERVED:
            yield (
                f"{sheet.path.name}: Der Begriff „{sheet.term}“ heißt wie eine Tabelle des Datenstands oder wie ein "
                "Schritt der Auswertung. Bitte umbenennen."
            )


def _within(sheet: Sheet, methodology: Methodology) -> Iterator[str]:
    yield from _versions(sheet)
    yield from _head(sheet, methodology)
    yield from _levels(sheet)
    for word, taxonomy in sheet.taxonomies.items():
        if word not in (*sheet.promises, *sheet.key):
            yield f"taxonomy nennt „{word}“, das Blatt legt dieses Wort aber nicht fest."
        if methodology.taxonomies and taxonomy not in methodology.taxonomies:
            yield f"Die Taxonomie „{taxonomy}“ gibt es im Programm nicht."


def _versions(sheet: Sheet) -> Iterator[str]:
    numbers = [number for number, _ in groupby(sheet.sentences, key=lambda sentence: sentence.number)]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f"{number} steht an mehreren Stellen. Fassungen eines Satzes folgen aufeinander."
    for number, group in groupby(sheet.sentences, key=lambda sentence: sentence.number):
        years = sorted(sentence.years for sentence in group)
        for earlier, later in pairwise(years):
            if earlier.overlaps(later):
                yield f"{number}: Die Fassungen „{earlier}“ und „{later}“ überschneiden sich."
            elif earlier.last + 1 != later.first:
                yield f"{number}: Zwischen den Fassungen „{earlier}“ und „{later}“ fehlen Jahre."


def _head(sheet: Sheet, methodology: Methodology) -> Iterator[str]:
    for name in (*sheet.of, *sheet.joins):
        if name not in TABLES and name not in methodology.terms:
            yield f"„{name}“ ist weder eine Tabelle des Datenstands noch ein Begriff."
            return
    if sheet.kind == "indicator":
        yield from _indicator_head(sheet, methodology)
    else:
        yield from _term_head(sheet)


def _indicator_head(sheet: Sheet, methodology: Methodology) -> Iterator[str]:
    if not sheet.of or not sheet.counts:
        yield "Ein Indikator braucht of: (Grundgesamtheit) und counts: (Zähleinheit)."
    for name in sheet.of:
        if name not in methodology.terms or methodology.terms[name].kind != "population":
            yield f"of: „{name}“ ist keine Grundgesamtheit (Begriff mit Bedingungen und einer Kennung)."
    if not sheet.fragments("value"):
        yield "Ein Indikator braucht mindestens einen Abschnitt „value“."
    if sheet.fragments("first") or sheet.fragments("select"):
        yield "„first“ und „select“ sind nur in Begriffen möglich."
    for sentence, fragment in sheet.fragments("value"):
        if not all(part.find(exp.AggFunc) for part in fragment.parts):
            yield f"{sentence.number}: Ein Wert fasst Einheiten zusammen, etwa count(*) oder sum(…)."


def _term_head(sheet: Sheet) -> Iterator[str]:
    if not sheet.key:
        yield "Ein Begriff braucht key: (Kennung seiner Zeilen)."
    if sheet.counts or sheet.by or sheet.on_break or sheet.valid != ALWAYS:
        yield "counts, by, on_break und valid sind nur in Indikatoren möglich."
    selects = sheet.fragments("select")
    if selects and (len(selects) > 1 or sheet.value_names or not sheet.gives):
        yield "Ein Begriff mit „select“ hat genau diesen einen Abschnitt und nennt seine Spalten mit gives:."
    if not selects and len(sheet.of) != 1:
        yield "Ein Begriff braucht of: mit genau einer Tabelle oder einem Begriff."
    if sheet.kind == "population" and sheet.joins:
        yield "Eine Grundgesamtheit wählt Zeilen aus; with: ist dort nicht möglich."
    if any(fragment.levels for _, fragment in sheet.fragments("value")):
        yield "„for“ ist nur in einem Indikator möglich."


def _levels(sheet: Sheet) -> Iterator[str]:
    if any(len(path) > MAX_DEPTH for path in sheet.by):
        yield f"by: Eine Aufgliederung hat höchstens {MAX_DEPTH} Stufen."
    known = {level_name(path) for path in sheet.levels}
    for sentence, fragment in sheet.fragments("value"):
        for level in fragment.levels:
            if level not in known:
                yield f"{sentence.number}: Die Stufe „{level}“ gibt es nicht. Möglich sind {', '.join(sorted(known))}."


def _empty_units(methodology: Methodology, sheet: Sheet) -> Iterator[str]:
    """Refuse a recorded column as unit of count where it may be empty and no sentence asks for it."""
    populations = [methodology.population(name) for name in sheet.of]
    scope = methodology.scope(sheet, populations[0])
    for name in sheet.counts:
        source = scope.source_of(name, sheet.id)
        if source is None or source.name not in TABLES or not TABLES[source.name].column(name).nullable:
            continue
        if not _restricts(sheet, name) and not all(_restricts(population, name) for population in populations):
            yield (
                f"{sheet.path.name}: Die Zähleinheit „{name}“ kann leer sein ({source.name}); alle Leeren zählten dann "
                "als eine Einheit. Bitte leere Werte mit einem Satz ausschließen oder anders zählen."
            )


def _restricts(sheet: Sheet, name: str) -> bool:
    return any(column.name == name for _, one in sheet.fragments("where") for column in columns_of(one.parts[0]))


def _breaks(methodology: Methodology) -> Iterator[str]:
    from ewm.indicators.compare import sheets_below  # noqa: PLC0415  (whoever only loads sheets does without)

    for sheet in methodology.indicators:
        changed = {
            below.id: f"{below.id} {sentence.number}"
            for below in sheets_below(methodology, sheet)
            for sentence in below.sentences
            if sentence.years != ALWAYS and sentence.fragments
        }
        undecided = [label for sheet_id, label in changed.items() if not {sheet_id, "*"} & set(sheet.on_break)]
        if undecided:
            yield (
                f"{sheet.path.name}: Eine Regel hat sich geändert ({', '.join(undecided)}). Bitte on_break: footnote "
                "oder on_break: withhold in den Kopf schreiben."
            )
        for sheet_id in set(sheet.on_break) - {"*", *changed}:
            yield f"{sheet.path.name}: on_break nennt {sheet_id}, daran hat sich aber nichts geändert."
        if sheet.on_break and not changed:
            yield f"{sheet.path.name}: on_break ist überflüssig, es hat sich keine Regel geändert."
