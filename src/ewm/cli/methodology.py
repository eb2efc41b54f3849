"""``ewm methodology``: the sheets checked with their cases, compared between years, written as SQL, sealed, mutated."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.indicators.compare import Pair
    from ewm.indicators.methodology import Methodology
    from ewm.indicators.mutation import Report, State

GOLDEN = Path("tests/golden/sql")

app = group("Methodik: Blätter, Fälle, Vergleichbarkeit, Siegel.")


@app.command(cls=GermanCommand)
def check(as_json: Json = False) -> None:
    """Prüft Blätter, Begriffe und Siegel und rechnet alle Fälle."""
    from ewm.cli import content
    from ewm.errors import ContentError, FindingsError
    from ewm.indicators.case_run import failures
    from ewm.indicators.cases import uncovered
    from ewm.indicators.checks import check_meaning
    from ewm.indicators.seals import FOLDER as SEALS
    from ewm.indicators.seals import check_seals

    with progress("Blätter und Fälle werden geprüft"):
        methodology = content.methodology()
        if problems := check_meaning(methodology):
            raise ContentError("\n".join(problems))
        world, cases = content.cases(methodology)
        findings = [f"Ohne Fall: {place}" for place in uncovered(methodology, cases)]
        findings += failures(methodology, world, cases)
        findings += [str(problem) for problem in check_seals(methodology, content.methodology_folder() / SEALS)]
    if findings and not as_json:
        raise FindingsError("\n".join(findings))
    data = {"sheets": len(methodology.sheets), "cases": len(cases), "findings": findings}
    text = f"{data['sheets']} Blätter und die Siegel sind in Ordnung, {data['cases']} Fälle gerechnet, keiner fehlt."
    emit(data, lambda: say(text), as_json=as_json)
    if findings:
        raise typer.Exit(FindingsError.exit_code)


@app.command(cls=GermanCommand)
def seal(
    year: Annotated[int, typer.Argument(metavar="JAHR", help="Berichtsjahr, dessen Ausgabe erschienen ist.")],
) -> None:
    """Versiegelt die Regeln eines veröffentlichten Jahres; danach fällt jede Änderung daran auf."""
    from ewm.cli import content
    from ewm.indicators.seals import FOLDER, write_seal

    methodology = content.methodology()
    path, new = write_seal(methodology, content.methodology_folder() / FOLDER, year)
    say(f"{path}: {'versiegelt' if new else 'war schon versiegelt, und das Siegel hält'}.")


@app.command(cls=GermanCommand)
def mutate(
    sheets: Annotated[list[str] | None, typer.Argument(metavar="BLATT", help="Kennungen; sonst alle.")] = None,
    lock: Annotated[
        bool, typer.Option("--lock", help="Hält den vollen Lauf fest; Tests verändern danach nur, was sich ändert.")
    ] = False,
    jobs: Annotated[int, typer.Option(metavar="ANZAHL", help="Prozesse nebeneinander.")] = 2,
    as_json: Json = False,
) -> None:
    """Verändert Blätter auf jede mögliche Art und prüft, ob ein Fall es merkt."""
    from ewm.cli import content
    from ewm.errors import FindingsError
    from ewm.indicators import mutation
    from ewm.indicators.mutation_lock import write_lock

    methodology = content.methodology()
    world, cases = content.cases(methodology)
    equivalents = mutation.read_equivalents(content.methodology_folder() / mutation.EQUIVALENTS)
    chosen = [methodology.sheet(name).id for name in sheets] if sheets else None
    with progress("Blätter werden verändert") as tell:
        report = mutation.mutate(
            methodology,
            world,
            cases,
            equivalents,
            only=chosen,
            jobs=jobs,
            progress=lambda done, total: tell(f"{done} von {total}", done, total),
        )
    emit(asdict(report), lambda: _show_report(report), as_json=as_json)
    if findings := report.findings():
        if not as_json:
            raise FindingsError("\n".join(findings))
        raise typer.Exit(FindingsError.exit_code)
    if lock:
        write_lock(report, methodology, content.methodology_folder())


def _show_report(report: Report) -> None:
    states: dict[State, str] = {
        "noticed": "bemerkt",
        "refused": "abgewiesen",
        "equivalent": "gleichwertig",
        "survived": "unbemerkt",
    }
    counted = Counter((outcome.sheet_id, outcome.state) for outcome in report.outcomes)
    rows = [
        (sheet_id, *(counted[sheet_id, state] for state in states))
        for sheet_id in dict.fromkeys(outcome.sheet_id for outcome in report.outcomes)
    ]
    table(("Blatt", *states.values()), rows, right=(1, 2, 3, 4))
    for outcome in report.having("equivalent"):
        say(f"  gleichwertig: {outcome.name}: {outcome.reason}")
    unnoticed = len(report.having("survived"))
    say(f"{len(report.outcomes)} Veränderungen, {unnoticed} davon unbemerkt.")


@app.command(cls=GermanCommand)
def comparability(
    indicator: Annotated[str | None, typer.Argument(metavar="INDIKATOR", help="Kennung; sonst alle.")] = None,
    as_json: Json = False,
) -> None:
    """Zeigt, zwischen welchen Berichtsjahren ein Wert verglichen werden darf, und welcher Satz sie trennt."""
    from ewm.cli import content
    from ewm.indicators.compare import pairs

    methodology = content.methodology()
    sheets = [methodology.indicator(indicator)] if indicator else list(methodology.indicators)
    found = [(sheet.id, level, value, pair) for sheet in sheets for level, value, pair in pairs(methodology, sheet)]
    data = [
        {
            "indicator": sheet_id,
            "level": level,
            "value": value,
            "years": [pair.year_a, pair.year_b],
            "state": pair.state,
            "changed": list(pair.changed),
        }
        for sheet_id, level, value, pair in found
    ]
    emit(data, lambda: _show_pairs(methodology, found), as_json=as_json)


STATES = {
    "comparable": "ja",
    "footnote": "Fußnote",
    "withhold": "nicht gegenübergestellt",
    "not_recorded": "nicht erhoben",
}


def _show_pairs(methodology: Methodology, found: Iterable[tuple[str, str, str, Pair]]) -> None:
    neighbours = list(zip(methodology.years, methodology.years[1:], strict=False))
    cells: dict[tuple[str, str, str], dict[tuple[int, int], str]] = {}
    for sheet_id, level, value, pair in found:
        if (pair.year_a, pair.year_b) in neighbours:
            changed = f": {', '.join(pair.changed)}" if pair.changed else ""
            cells.setdefault((sheet_id, level, value), {})[pair.year_a, pair.year_b] = STATES[pair.state] + changed
    rows = [(*place, *(row[years] for years in neighbours)) for place, row in _merged(cells).items()]
    table(("Indikator", "Stufe", "Wert", *(f"{a}/{b}" for a, b in neighbours)), rows)


def _merged(
    cells: dict[tuple[str, str, str], dict[tuple[int, int], str]],
) -> dict[tuple[str, str, str], dict[tuple[int, int], str]]:
    """Return one row for an indicator whose values and levels all agree, else its rows as they are."""
    merged: dict[tuple[str, str, str], dict[tuple[int, int], str]] = {}
    for sheet_id in dict.fromkeys(place[0] for place in cells):
        own = {place: row for place, row in cells.items() if place[0] == sheet_id}
        first = next(iter(own.values()))
        merged |= {(sheet_id, "alle", "alle"): first} if all(row == first for row in own.values()) else own
    return merged


@app.command(cls=GermanCommand)
def golden(
    folder: Annotated[Path, typer.Argument(metavar="ORDNER", help="sonst tests/golden/sql")] = GOLDEN,
    write: Annotated[bool, typer.Option("--write", help="Schreibt die Dateien neu.")] = False,
) -> None:
    """Vergleicht das übersetzte SQL jedes Indikators mit den eingecheckten Dateien, oder schreibt sie neu."""
    from ewm.cli import content
    from ewm.errors import FindingsError
    from ewm.indicators.golden import golden_differences, write_golden

    methodology = content.methodology()
    changed = write_golden(methodology, folder) if write else golden_differences(methodology, folder)
    if changed and not write:
        raise FindingsError(f"{folder}: nicht aktuell: {', '.join(changed)}. Bitte: ewm methodology golden --write")
    say(f"{folder}: {len(methodology.indicators)} Dateien aktuell; neu geschrieben: {', '.join(changed) or 'keine'}.")
