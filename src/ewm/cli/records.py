"""``ewm records``: a folder of record tables, brought into capture; what is incomplete or unusual in it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.exit_codes import FOUND
from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

app = group("Einträge: Akteure, Projekte, Sonstige Aktivitäten und was dazugehört.")

KINDS = {"projects": "Projekt", "activities": "Sonstige Aktivität", "actors": "Akteur"}
SEVERITIES = {"error": "Fehlt", "warning": "Warnung", "hint": "Hinweis"}


@app.command(cls=GermanCommand)
def load(
    folder: Annotated[Path, typer.Argument(metavar="ORDNER", help="Ordner mit den Tabellen (CSV, YAML).")],
    as_json: Json = False,
) -> None:
    """Lädt einen Ordner mit Einträgen: alles oder nichts, jede Abweisung mit Eintrag, Feld und Regel."""
    from ewm.cli.capture import run_capture

    with progress("Einträge werden geladen") as tell:
        done = run_capture("load_records", folder, tell=tell)
    emit(done, lambda: _show(done), as_json=as_json)


def _show(done: dict[str, Any]) -> None:
    rows = [
        (kind["kind"], len(kind["added"]), len(kind["changed"]), kind["unchanged"], len(kind["only_stored"]))
        for kind in done["kinds"]
    ]
    headings = ("Art", "neu", "geändert", "unverändert", "nur in der Erfassung")
    table(headings, rows, title=f"Geladen aus {done['folder']}", right=(1, 2, 3, 4))
    if not any(row[1] or row[2] for row in rows):
        say("Alles war schon so erfasst.")


@app.command(cls=GermanCommand)
def check(
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="CLUSTER", help="Nur Einträge dieses Heimatclusters.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="JAHR", min=1, max=9999, help="Nur Einträge, deren Zeitraum das Jahr berührt."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Endet mit 1, wenn es etwas zu melden gibt.")] = False,
    as_json: Json = False,
) -> None:
    """Nennt unvollständige und auffällige Einträge mit Grund und Methodenblatt."""
    from ewm.cli.capture import run_capture

    with progress("Einträge werden geprüft") as tell:
        done = run_capture("check_records", tell=tell, cluster=cluster, year=year)
    emit(done, lambda: _show_hints(done), as_json=as_json)
    if strict and done["hints"]:
        raise typer.Exit(FOUND)


def _show_hints(done: dict[str, Any]) -> None:
    hints = done["hints"]
    for _, found in groupby(hints, key=lambda hint: (hint["kind"], hint["record"])):
        _show_record(list(found))
    rows = [
        (check["name"], SEVERITIES[check["severity"]], check["count"], _places(check["sources"]))
        for check in done["checks"]
    ]
    table(("Prüfung", "Gewicht", "Anzahl", "verlangt von"), rows, right=(2,))
    records = len({(hint["kind"], hint["record"]) for hint in hints})
    checked = done["checked"]
    say(
        f"\nGeprüft: {checked['projects']} Projekte, {checked['activities']} Sonstige Aktivitäten, "
        f"{checked['actors']} Akteure. Gemeldet: {len(hints)}, bei {records} Einträgen. "
        "Gespeichert und gezählt wird davon unabhängig."
    )


def _show_record(hints: list[dict[str, Any]]) -> None:
    first = hints[0]
    say(f"{first['record']}  {first['title']} ({KINDS[first['kind']]})")
    for hint in hints:
        say(f"  {SEVERITIES[hint['severity']]}, {hint['field']}: {hint['message']}")
        say(f"    {hint['name']}, {_places(hint['sources'])}")
    say()


def _places(sources: list[dict[str, str]]) -> str:
    return ", ".join(f"{source['sheet']} {source['sentence']}".strip() or "Programm" for source in sources)
