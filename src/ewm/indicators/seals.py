"""Seals: what a published year's sheets said and did, as two hashes per sheet, one of the text and one of the rule.

Both look only at the sentences in force in that year, so a rule that changes later leaves the seal whole. A sealed
sheet that changes all the same must be declared in ``corrections.yaml``, with the figures that it moves. A seal itself
is never written again: corrections lead from its hash to today's. A sheet that a seal does not know is new; it moves
nothing that was published, because published sheets would have to change in order to use it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

from ewm.errors import ContentError
from ewm.indicators.compare import sheets_below
from ewm.indicators.corrections import KINDS, Correction, read_corrections
from ewm.indicators.sheet import FIRST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ewm.indicators.methodology import Methodology
    from ewm.indicators.sheet import Fragment, Sentence, Sheet

FOLDER = "seals"
CORRECTIONS = "corrections.yaml"
_NAMES: dict[str, str] = {"text": "Der Wortlaut", "rule": "Die Regel"}

HashKind = Literal["text", "rule"]


@dataclass(frozen=True, slots=True)
class Hashes:
    """The two hashes of one sheet in one year (SHA-256, hexadecimal)."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The hashes of every sheet that was in force in a published year, by id."""

    year: int
    sheets: Mapping[str, Hashes]


@dataclass(frozen=True, slots=True)
class SealProblem:
    """A published year is no longer what was sealed; ``year`` is None where a correction itself is at fault."""

    year: int | None
    sheet_id: str
    message: str

    def __str__(self) -> str:
        where = f"Siegel {self.year}, {self.sheet_id}" if self.year else f"{CORRECTIONS}, {self.sheet_id}"
        return f"{where}: {self.message}"


def seal_year(methodology: Methodology, year: int) -> Seal:
    """Return the seal of a year; raises ContentError where the programme has no methodology for it."""
    if year not in methodology.years:
        known = ", ".join(map(str, methodology.years))
        raise ContentError(f"Für {year} gibt es keine Methodik, also nichts zu versiegeln. Vorhanden: {known}.")
    sheets = {sheet.id: sheet for sheet in methodology.sheets.values() if year in sheet.valid}
    return Seal(year, {sheet_id: sheet_hashes(methodology, sheet, year) for sheet_id, sheet in sorted(sheets.items())})


def sheet_hashes(methodology: Methodology, sheet: Sheet, year: int) -> Hashes:
    """Return the hashes of what a sheet says and does in a year."""
    return Hashes(_digest(_text(sheet, year)), _digest([*_rule(sheet, year), *_breaks(methodology, sheet, year)]))


def rule_digest(sheet: Sheet) -> str:
    """Return one hash over everything in a sheet that decides results, in all years, sentence by sentence."""
    dated = (
        f"{sentence.number} {sentence.years} {line}"
        for sentence in sheet.sentences
        for line in _fragment_lines(sentence)
    )
    return _digest([*_head(sheet), str(sheet.valid), *dated])


def _digest(lines: Iterator[str] | list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _text(sheet: Sheet, year: int) -> Iterator[str]:
    yield f"title {sheet.title}"
    yield f"source {sheet.source}"
    yield from (f"taxonomy {word} {name}" for word, name in sorted(sheet.taxonomies.items()))
    for sentence in _in_force(sheet, year):
        marks = "; ".join(f"{mark.kind}: {mark.name or ''}" for mark in sentence.marks)
        yield f"{sentence.number} {' '.join(sentence.text.split())} ({marks})"


def _rule(sheet: Sheet, year: int) -> Iterator[str]:
    """Yield head and fragments; not the sentences' numbers, under which the same rule may stand elsewhere tomorrow."""
    yield from _head(sheet)
    for sentence in _in_force(sheet, year):
        yield from _fragment_lines(sentence)


def _in_force(sheet: Sheet, year: int) -> list[Sentence]:
    return [sentence for sentence in sheet.sentences if year in sentence.years]


def _head(sheet: Sheet) -> Iterator[str]:
    yield f"{sheet.kind} {sheet.name}"
    yield f"of {', '.join(sheet.of)}"
    yield f"with {', '.join(sheet.joins)}"
    yield f"key {', '.join(f'{outer}: {inner}' for outer, inner in sheet.key.items())}"
    yield f"counts {', '.join(sheet.counts)}"
    yield f"by {', '.join(' > '.join(path) for path in sheet.by)}"
    yield f"gives {', '.join(sheet.gives)}"
    yield f"partial {sheet.partial}"


def _fragment_lines(sentence: Sentence) -> Iterator[str]:
    yield from (_fragment(fragment) for fragment in sentence.fragments)
    if constraint := sentence.named("durchgesetzt"):
        yield f"enforced {constraint}"


def _fragment(fragment: Fragment) -> str:
    levels = f" for {', '.join(fragment.levels)}" if fragment.levels else ""
    return f"{fragment.kind} {fragment.name or ''}{levels} | {fragment.rule}"


def _breaks(methodology: Methodology, sheet: Sheet, year: int) -> Iterator[str]:
    """Yield what ``on_break`` says about rules that have changed by this year; later changes are not published yet."""
    if not sheet.on_break:
        return
    for below in sheets_below(methodology, sheet):
        dated = [sentence.years for sentence in below.sentences if sentence.fragments]
        if any(FIRST_YEAR < years.first <= year or years.last < year for years in dated):
            yield f"on_break {below.id} {sheet.on_break.get(below.id, sheet.on_break.get('*'))}"


# -- files ----------------------------------------------------------------------------------------------------------


def write_seal(methodology: Methodology, folder: Path, year: int) -> tuple[Path, bool]:
    """Seal a year in ``folder``; returns the file and whether it is new.

    A seal that exists and holds is left as it is. Raises ContentError where it no longer holds: a published year is
    corrected by a declaration, not by another seal.
    """
    path = folder / f"{year}.yaml"
    if path.exists():
        problems = [problem for problem in check_seals(methodology, folder) if problem.year in (year, None)]
        if problems:
            raise ContentError("\n".join(map(str, problems)))
        return path, False
    seal = seal_year(methodology, year)
    sheets = {sheet_id: {"text": found.text, "rule": found.rule} for sheet_id, found in seal.sheets.items()}
    folder.mkdir(parents=True, exist_ok=True)
    header = f"# Siegel des Berichtsjahrs {year}: Prüfsummen von Text und Regel jedes Blatts. Nicht von Hand ändern.\n"
    path.write_text(header + yaml.safe_dump({"year": year, "sheets": sheets}, sort_keys=False), encoding="utf-8")
    return path, True


def read_seals(folder: Path) -> tuple[Seal, ...]:
    """Return the seals in ``folder`` by year; raises ContentError for a file that is none."""
    found: list[Seal] = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].yaml")):
        try:
            given = yaml.safe_load(path.read_text(encoding="utf-8"))
            sheets = {str(sheet_id): Hashes(**hashes) for sheet_id, hashes in given["sheets"].items()}
            found.append(Seal(int(given["year"]), sheets))
        except (yaml.YAMLError, TypeError, KeyError, AttributeError, ValueError) as error:
            raise ContentError(
                f"{path.name} ist kein Siegel ({error}). Bitte aus der Versionsverwaltung holen."
            ) from error
        if path.stem != str(found[-1].year):
            raise ContentError(f"{path.name}: Das Siegel ist für {found[-1].year}, nicht für {path.stem}.")
    return tuple(found)


def check_seals(methodology: Methodology, folder: Path) -> list[SealProblem]:
    """Return every undeclared change of a sealed sheet and every correction that leads nowhere."""
    corrections = read_corrections(folder / CORRECTIONS)
    used: set[tuple[Correction, int]] = set()
    problems: list[SealProblem] = []
    for seal in read_seals(folder):
        problems.extend(_broken(methodology, seal, corrections, used))
    problems.extend(_faults(methodology, corrections))
    for correction in corrections:
        for year in sorted({year for year in correction.years if (correction, year) not in used}):
            message = "Die Berichtigung führt nicht vom Siegel zum heutigen Blatt. Bitte old, new und years prüfen."
            problems.append(SealProblem(None, f"{correction.place}, {year}", message))
    return problems


def _broken(
    methodology: Methodology, seal: Seal, corrections: list[Correction], used: set[tuple[Correction, int]]
) -> Iterator[SealProblem]:
    for sheet_id, sealed in seal.sheets.items():
        sheet = methodology.sheets.get(sheet_id)
        if sheet is None or seal.year not in sheet.valid:
            message = f"Das Blatt fehlt oder gilt für {seal.year} nicht mehr. Was veröffentlicht ist, bleibt."
            yield SealProblem(seal.year, sheet_id, message)
            continue
        current = sheet_hashes(methodology, sheet, seal.year)
        for kind in KINDS:
            own = [c for c in corrections if c.sheet == sheet_id and c.kind == kind and seal.year in c.years]
            steps, reached = _followed(own, getattr(sealed, kind))
            used.update((step, seal.year) for step in steps)
            if reached != getattr(current, kind):
                yield SealProblem(seal.year, sheet_id, _undeclared(kind, reached, getattr(current, kind)))


def _followed(corrections: list[Correction], sealed: str) -> tuple[list[Correction], str]:
    """Return the corrections that lead on from a sealed hash, in order, and the hash at their end."""
    steps: list[Correction] = []
    reached = sealed
    while step := next((c for c in corrections if c.old == reached and c not in steps), None):
        steps.append(step)
        reached = step.new
    return steps, reached


def _undeclared(kind: str, old: str, new: str) -> str:
    figures = ", figures" if kind == "rule" else ""
    return (
        f"{_NAMES[kind]} ist verändert, seit das Jahr veröffentlicht ist. Bitte zurücknehmen, den Satz mit einer neuen "
        f"Fassung ab dem nächsten Berichtsjahr ändern oder die Berichtigung in {FOLDER}/{CORRECTIONS} erklären "
        f"(kind: {kind}, old: {old}, new: {new}, dazu sentence, reason{figures}, declared_on, by)."
    )


def _faults(methodology: Methodology, corrections: list[Correction]) -> Iterator[SealProblem]:
    for correction in corrections:
        sheet = methodology.sheets.get(correction.sheet)
        if sheet is None:
            yield SealProblem(None, correction.place, "Ein Blatt dieser Kennung gibt es nicht.")
            continue
        numbers = {sentence.number for sentence in sheet.sentences} | {"Kopf"}
        if correction.sentence not in numbers:
            yield SealProblem(None, correction.place, f"Den Satz gibt es nicht. Möglich: {', '.join(sorted(numbers))}.")
        resting = {i.id for i in methodology.indicators if sheet in sheets_below(methodology, i)}
        for figure in sorted(set(correction.figures) - resting):
            yield SealProblem(None, correction.place, f"figures: {figure} beruht nicht auf {sheet.id}.")
