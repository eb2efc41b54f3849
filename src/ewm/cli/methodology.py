"""``ewm methodology``: the sheets checked with their cases, compared between years, written as SQL, sealed, mutated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ewm.indicators.compare import Pair
    from ewm.indicators.methodology import Methodology

app = group("Methodik: Blätter, Fälle, Vergleichbarkeit, Siegel.")


@app.command(cls=GermanCommand)
def check(as_json: Json = False) -> None:
    """Prüft Blätter und Begriffe und rechnet alle Fälle."""
    from ewm.cli import content
    from ewm.errors import ContentError, FindingsError
    from ewm.indicators.case_run import failures
    from ewm.indicators.cases import load_cases, uncovered
    from ewm.indicators.checks import check_meaning
    from ewm.indicators.world import load_world

    with progress("Blätter und Fälle werden geprüft"):
        methodology = content.methodology()
        if problems := check_meaning(methodology):
            raise ContentError("\n".join(problems))
        folder = content.methodology_folder()
        world = load_world(folder / "world.yaml", methodology.taxonomies)
        cases = load_cases(folder, methodology, world)
        findings = [f"Ohne Fall: {place}" for place in uncovered(methodology, cases)]
        findings += failures(methodology, world, cases)
    if findings and not as_json:
        raise FindingsError("\n".join(findings))
    data = {"sheets": len(methodology.sheets), "cases": len(cases), "findings": findings}
    text = f"{data['sheets']} Blätter sind in Ordnung, {data['cases']} Fälle gerechnet, jeder Satz hat seinen Fall."
    emit(data, lambda: say(text), as_json=as_json)
    if findings:
        raise typer.Exit(FindingsError.exit_code)


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
    folder: Annotated[Path | None, typer.Argument(metavar="ORDNER", help="sonst golden/ in der Methodik")] = None,
    check_only: Annotated[bool, typer.Option("--check", help="Schreibt nichts; nennt veraltete Dateien.")] = False,
) -> None:
    """Schreibt das übersetzte SQL jedes Indikators, zum Einchecken und Durchsehen."""
    from ewm.cli import content
    from ewm.errors import FindingsError
    from ewm.indicators.golden import golden_differences, write_golden

    target = folder or content.methodology_folder() / "golden"
    methodology = content.methodology()
    if not check_only:
        changed = write_golden(methodology, target)
        say(f"{target}: {', '.join(changed) or 'nichts'} geändert, {len(methodology.indicators)} Dateien aktuell.")
    elif stale := golden_differences(methodology, target):
        raise FindingsError(f"{target}: nicht aktuell: {', '.join(stale)}. Bitte: ewm methodology golden")
    else:
        say(f"{target}: {len(methodology.indicators)} Dateien aktuell.")
