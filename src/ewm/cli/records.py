"""``ewm records``: a folder of record tables, brought into capture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ewm.cli.output import Json, emit, progress, say, table
from ewm.cli.usage import GermanCommand, group

app = group("Einträge: Akteure, Projekte, Sonstige Aktivitäten und was dazugehört.")


@app.callback()
def records() -> None:
    """Keep the group a group, though it has one command."""


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
